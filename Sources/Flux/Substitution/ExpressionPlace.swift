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
    // A generator takes in whole files, which have no place of their own.
    let whole = origin.span == .fileStart ? bytes.indices : nil
    guard let stretch = whole ?? LineOffsets.range(of: origin.span, in: bytes) else { return origin.span }
    let found = occurrences(of: expression, in: bytes[stretch])
    guard earlier < found.count else { return origin.span }
    let start = found[earlier]
    let startPosition = LineOffsets.position(of: start, from: stretch.lowerBound, at: origin.span.start, in: bytes)
    let end = LineOffsets.position(of: start + expression.count, from: start, at: startPosition, in: bytes)
    return SourceSpan(start: startPosition, end: end)
  }

  private func occurrences(of needle: ArraySlice<UInt8>, in bytes: ArraySlice<UInt8>) -> [Int] {
    guard let first = needle.first else { return [] }
    return bytes.indices.filter { bytes[$0] == first && bytes[$0...].starts(with: needle) }
  }
}
