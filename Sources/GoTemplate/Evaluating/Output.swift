import Diagnostics

/// What a template wrote, and which of its places wrote which bytes.
public struct Output: Sendable {
  /// All that was written.
  public internal(set) var bytes: [UInt8] = []
  /// Runs of bytes with one origin, in order.
  var segments: [Segment] = []
  /// What was read along the way.
  var log = ReadLog(isKept: false)

  /// From `start` up to the next segment.
  struct Segment: Sendable {
    var start: Int
    var source: TemplateSource
    /// Where in the source.
    var position: Int
    /// Whether the bytes were copied from the source: then each has a place of its own.
    var isCopied: Bool
    /// What the action that wrote it read.
    var reads = ReadLog.Stretch.nothing
    /// What the innermost statement around it read that decides whether it is written.
    var cause = ReadLog.Stretch.nothing
    /// The outputs of templates that the action included.
    var includedStart: Int32 = 0
    var includedEnd: Int32 = 0
  }

  /// A place in a template.
  public struct Place: Sendable {
    /// The template's text.
    public let source: TemplateSource
    /// The byte in it.
    public let offset: Int

    /// The line, from 1.
    public var line: Int { source.line(of: offset).line }
    /// The place, where the template stands in a file.
    public var location: Location? { source.location(of: offset) }
  }

  /// The place that wrote the byte at `offset`. What an included template wrote passes through functions as a value,
  /// so it counts for the action that printed it.
  public func place(of offset: Int) -> Place? {
    segmentIndex(of: offset).map { place(of: offset, in: segments[$0]) }
  }

  func segmentIndex(of offset: Int) -> Int? {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// The segments that a stretch has a part in.
  func segments(in range: Range<Int>) -> Range<Int> {
    guard let first = segmentIndex(of: range.lowerBound) else { return 0..<0 }
    var end = first + 1
    while end < segments.count, segments[end].start < range.upperBound { end += 1 }
    return first..<end
  }

  func place(of offset: Int, in segment: Segment) -> Place {
    Place(source: segment.source, offset: segment.position + (segment.isCopied ? offset - segment.start : 0))
  }

  func range(ofSegment index: Int) -> Range<Int> {
    segments[index].start..<(index + 1 < segments.count ? segments[index + 1].start : bytes.count)
  }

  mutating func append(_ more: [UInt8], as segment: Segment) {
    guard !more.isEmpty else { return }
    segments.append(segment)
    bytes += more
  }

  /// This output without any occurrence of `text`, as Helm removes `<no value>` from what it rendered.
  public func removing(_ text: GoString) -> Output {
    guard let first = text.bytes.first else { return self }
    var (kept, index, from) = (Output(), 0, 0)
    kept.log = log
    while let found = bytes[index...].firstIndex(of: first) {
      if bytes[found...].starts(with: text.bytes) {
        kept.append(self, from..<found)
        index = found + text.count
        from = index
      } else {
        index = found + 1
      }
    }
    guard from > 0 else { return self }
    kept.append(self, from..<bytes.count)
    return kept
  }

  /// A stretch of this output with the places of its bytes.
  public func slice(_ range: Range<Int>) -> Output {
    var result = Output()
    result.log = log
    result.append(self, range)
    return result
  }

  private mutating func append(_ other: Output, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let shift = bytes.count - range.lowerBound
    if let index = other.segmentIndex(of: range.lowerBound) {
      var first = other.segments[index]
      first.position = other.place(of: range.lowerBound, in: first).offset
      first.start = bytes.count
      segments.append(first)
      for segment in other.segments[(index + 1)...].prefix(while: { $0.start < range.upperBound }) {
        var moved = segment
        moved.start += shift
        segments.append(moved)
      }
    }
    bytes += other.bytes[range]
  }
}
