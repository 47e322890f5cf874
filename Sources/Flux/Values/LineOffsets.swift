import Diagnostics

/// Positions of a file and its bytes.
enum LineOffsets {
  /// The bytes of a span; nil for an empty one.
  static func range(of span: SourceSpan, in bytes: [UInt8]) -> Range<Int>? {
    let (start, end) = (offset(of: span.start, in: bytes), offset(of: span.end, in: bytes))
    return start < end ? start..<end : nil
  }

  /// The offset of a position; the end of the file for one behind it.
  private static func offset(of position: SourcePosition, in bytes: [UInt8]) -> Int {
    var line: UInt32 = 1
    var offset = 0
    while line < position.line {
      guard let feed = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return bytes.count }
      offset = feed + 1
      line += 1
    }
    var column: UInt32 = 1
    while column < position.column, offset < bytes.count {
      offset += GoText.decode(bytes, at: offset).length
      column += 1
    }
    return offset
  }

  /// The position of the byte `target`, counted from `start`, which is at `place`.
  static func position(of target: Int, from start: Int, at place: SourcePosition, in bytes: [UInt8])
    -> SourcePosition
  {
    var place = place
    var offset = start
    while offset < target {
      if bytes[offset] == UInt8(ascii: "\n") {
        place = SourcePosition(line: place.line + 1, column: 1)
        offset += 1
      } else {
        place.column += 1
        offset += GoText.decode(bytes, at: offset).length
      }
    }
    return place
  }
}
