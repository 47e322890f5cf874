import Diagnostics

/// What a template wrote, and which of its places wrote which bytes.
public struct Output: Sendable {
  /// All that was written.
  public internal(set) var bytes: [UInt8] = []
  /// Runs of bytes with one origin, in order.
  var segments: [Segment] = []

  /// From `start` up to the next segment.
  struct Segment: Sendable {
    var start: Int
    var source: TemplateSource
    /// Where in the source.
    var position: Int
    /// Whether the bytes were copied from the source: then each has a place of its own.
    var isCopied: Bool
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
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].start <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let segment = segments[low - 1]
    return Place(
      source: segment.source, offset: segment.position + (segment.isCopied ? offset - segment.start : 0))
  }

  mutating func append(_ more: [UInt8], from source: TemplateSource, at position: Int, isCopied: Bool) {
    guard !more.isEmpty else { return }
    segments.append(Segment(start: bytes.count, source: source, position: position, isCopied: isCopied))
    bytes += more
  }

  /// This output without any occurrence of `text`, as Helm removes `<no value>` from what it rendered.
  public func removing(_ text: GoString) -> Output {
    guard let first = text.bytes.first else { return self }
    var (kept, index, from) = (Output(), 0, 0)
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
    result.append(self, range)
    return result
  }

  private mutating func append(_ other: Output, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let shift = bytes.count - range.lowerBound
    if let first = other.place(of: range.lowerBound) {
      let isCopied = other.segments.last { $0.start <= range.lowerBound }?.isCopied ?? false
      segments.append(
        Segment(start: bytes.count, source: first.source, position: first.offset, isCopied: isCopied))
    }
    for segment in other.segments where segment.start > range.lowerBound && segment.start < range.upperBound {
      var moved = segment
      moved.start += shift
      segments.append(moved)
    }
    bytes += other.bytes[range]
  }
}
