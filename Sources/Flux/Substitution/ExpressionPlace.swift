import Diagnostics

/// Finds an expression of a text in the file the text was written in.
///
/// The text of a scalar is not the bytes of the file (quotes, indentation, escapes lie between), but an expression is
/// written the same in both nearly always: so it is the n-th of its kind in the file's stretch when it is the n-th in the text.
struct ExpressionPlace {
  let text: [UInt8]
  let use: Range<Int>

  /// The span of the expression; the whole of `origin` where it cannot be found.
  func span(in origin: Origin) -> SourceSpan {
    let bytes = origin.file.bytes
    let expression = text[use]
    let earlier = occurrences(of: expression, in: text[..<use.lowerBound]).count
    guard let stretch = Self.range(of: origin.span, in: bytes) else { return origin.span }
    let found = occurrences(of: expression, in: bytes[stretch])
    guard earlier < found.count else { return origin.span }
    let start = found[earlier]
    let startPosition = Self.position(of: start, from: stretch.lowerBound, at: origin.span.start, in: bytes)
    let end = Self.position(of: start + expression.count, from: start, at: startPosition, in: bytes)
    return SourceSpan(start: startPosition, end: end)
  }

  private func occurrences(of needle: ArraySlice<UInt8>, in bytes: ArraySlice<UInt8>) -> [Int] {
    guard let first = needle.first else { return [] }
    return bytes.indices.filter { bytes[$0] == first && bytes[$0...].starts(with: needle) }
  }

  private static func range(of span: SourceSpan, in bytes: [UInt8]) -> Range<Int>? {
    guard let start = offset(of: span.start, in: bytes), let end = offset(of: span.end, in: bytes), start < end else {
      return nil
    }
    return start..<end
  }

  /// The offset of a position; the end of the file for one behind it.
  private static func offset(of position: SourcePosition, in bytes: [UInt8]) -> Int? {
    var line: UInt32 = 1
    var offset = 0
    while line < position.line {
      guard let feed = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
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

  private static func position(of target: Int, from start: Int, at place: SourcePosition, in bytes: [UInt8])
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
