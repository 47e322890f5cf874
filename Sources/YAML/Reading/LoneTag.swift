import Diagnostics

/// The tag `!` alone, which makes a text of what follows in go-yaml and nothing in libyaml.
enum LoneTag {
  /// Whether it stands in front of a scalar. libyaml does not tell: the scalar then takes more room than its text.
  static func precedes(_ scalar: Scalar, _ span: SourceSpan) -> Bool {
    guard span.start.line == span.end.line, span.end.column > span.start.column else { return false }
    let width = Int(span.end.column - span.start.column)
    let length = scalar.text.utf8.count
    return width > length || width < length && width > scalar.text.unicodeScalars.count
  }
}
