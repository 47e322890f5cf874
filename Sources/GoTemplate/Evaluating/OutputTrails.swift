extension Output {
  /// A read of a marked map or list.
  public struct Read: Sendable, Hashable {
    /// The mark of the map or list.
    public let mark: Int32
    /// The key or index; nil where all of it was taken.
    public let key: GoString?
  }

  /// How a byte of the output came to be.
  public struct Trail: Sendable {
    /// The place in a template that wrote it.
    public let place: Place
    /// Whether it stands there as it is: no action wrote it.
    public let isCopied: Bool
    /// What the action that wrote it read.
    public let reads: [Read]
    /// What the innermost `if`, `with` or `range` around it read.
    public let causes: [Read]
  }
}

/// Leads bytes of an output back to what wrote them: first the template itself, then, where its action printed what
/// other templates gave, those, as deep as the line can be found in them.
public struct OutputTrails {
  private let output: Output
  /// The starts of the lines of the output (-1) and of included ones.
  private var lines: [Int: [Int]] = [:]
  /// Included templates are followed this deep.
  private static let deepest = 32
  /// As many templates included by one action are looked into.
  private static let mostIncluded = 16
  /// As many pieces of one stretch are looked at.
  private static let mostPieces = 8

  /// The trails of an output.
  public init(_ output: Output) {
    self.output = output
  }

  /// The trails of a stretch: for each level of templates, outermost first, the pieces in the order of the text.
  public mutating func levels(of range: Range<Int>) -> [[Output.Trail]] {
    var found: [[Output.Trail]] = []
    var pieces = [Piece(output: output, key: -1, range: range)]
    while !pieces.isEmpty, found.count < Self.deepest {
      var level: [Output.Trail] = []
      var inner: [Piece] = []
      for piece in pieces {
        for index in piece.output.segments(in: piece.range).prefix(Self.mostPieces) {
          let segment = piece.output.segments[index]
          let range = piece.output.range(ofSegment: index)
          let offset = max(range.lowerBound, piece.range.lowerBound)
          level.append(
            Output.Trail(
              place: piece.output.place(of: offset, in: segment), isCopied: segment.isCopied,
              reads: output.log.reads(in: segment.reads), causes: output.log.reads(in: segment.cause)))
          if let next = within(segment, range, piece, offset) { inner.append(next) }
        }
      }
      if !level.isEmpty { found.append(level) }
      pieces = inner.count <= Self.mostPieces ? inner : []
    }
    return found
  }

  /// The place in the template `name` that led to the byte at `offset`: where the template wrote nothing of it itself, the
  /// place behind what it wrote last.
  public func place(of offset: Int, in name: String) -> Output.Place? {
    guard var index = output.segmentIndex(of: offset) else { return nil }
    if output.segments[index].source.name == name { return output.place(of: offset) }
    while index > 0 {
      index -= 1
      let segment = output.segments[index]
      guard segment.source.name == name else { continue }
      return output.place(of: output.range(ofSegment: index).upperBound, in: segment)
    }
    return nil
  }

  /// A stretch of an output; -1 is the key of the template's own.
  private struct Piece {
    var output: Output
    var key: Int
    var range: Range<Int>
  }

  /// The stretch of an included output that holds what stands at `offset`.
  private mutating func within(
    _ segment: Output.Segment, _ range: Range<Int>, _ piece: Piece, _ offset: Int
  ) -> Piece? {
    var index = Int(segment.includedEnd) - 1
    guard index >= Int(segment.includedStart), index < output.log.included.count else { return nil }
    let bytes = piece.output.bytes
    let starts = lineStarts(of: piece.output, piece.key)
    let line = Self.line(of: offset, in: starts)
    let content = Self.trimmed(bytes, max(starts[line], range.lowerBound), range.upperBound)
    guard !content.isEmpty, content.indices.contains(offset) else { return nil }
    let distance = line - Self.line(of: Self.firstText(of: bytes, range), in: starts)
    let length = min(content.endIndex, piece.range.upperBound, range.upperBound) - offset
    for _ in 0..<Self.mostIncluded {
      guard index >= Int(segment.includedStart) else { return nil }
      if let start = find(content, in: index, at: distance) {
        let lower = start + offset - content.startIndex
        return Piece(
          output: output.log.included[index].output, key: index, range: lower..<(lower + max(length, 1)))
      }
      index = Int(output.log.included[index].first) - 1
    }
    return nil
  }

  /// Where a line stands in an included output: as many lines behind the first as it is in what was printed, or at the
  /// only place there is.
  private mutating func find(_ content: ArraySlice<UInt8>, in index: Int, at distance: Int) -> Int? {
    let included = output.log.included[index].output
    let bytes = included.bytes
    let starts = lineStarts(of: included, index)
    let aligned = Self.line(of: Self.firstText(of: bytes, bytes.indices), in: starts) + distance
    if starts.indices.contains(aligned) {
      let line = Self.trimmed(bytes, starts[aligned], bytes.count)
      if line == content { return line.startIndex }
    }
    var found: Int?
    for start in starts {
      let line = Self.trimmed(bytes, start, bytes.count)
      guard line == content else { continue }
      if found != nil { return nil }
      found = line.startIndex
    }
    return found
  }

  private mutating func lineStarts(of output: Output, _ key: Int) -> [Int] {
    if let known = lines[key] { return known }
    let bytes = output.bytes
    var starts = [0]
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { starts.append(index + 1) }
    lines[key] = starts
    return starts
  }

  private static func line(of offset: Int, in starts: [Int]) -> Int {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The first byte of a stretch that is no space.
  private static func firstText(of bytes: [UInt8], _ range: Range<Int>) -> Int {
    bytes[range].firstIndex { !isSpace($0) } ?? range.lowerBound
  }

  /// The line from `start`, up to `end` at most, without the spaces around it.
  private static func trimmed(_ bytes: [UInt8], _ start: Int, _ end: Int) -> ArraySlice<UInt8> {
    let stop = bytes[start..<end].firstIndex(of: UInt8(ascii: "\n")) ?? end
    var line = bytes[start..<stop]
    while let first = line.first, isSpace(first) { line = line.dropFirst() }
    while let last = line.last, isSpace(last) { line = line.dropLast() }
    return line
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
