import Diagnostics

/// Where go-yaml v2, whose scanner is an older libyaml, reads plain scalars otherwise than libyaml does today.
enum PlainInFlow {
  /// A question mark ends a plain scalar inside of brackets and braces, and what follows fits nothing.
  static func check(_ scalar: Scalar, _ origin: Origin, isInMapping: Bool) throws(YAMLError) {
    guard scalar.text.utf8.dropFirst().contains(UInt8(ascii: "?")) else { return }
    let expected = isInMapping ? "',' or '}' while parsing a flow mapping" : "',' or ']' while parsing a flow sequence"
    throw YAMLError(
      .syntax("did not find expected \(expected) (go-yaml, which Flux uses, ends a word at '?' there)"),
      at: origin.location)
  }

  /// Whether `!` stands in front of a scalar, which libyaml does not tell: the scalar then takes more room than its text.
  static func hasLoneTag(_ scalar: Scalar, _ span: SourceSpan) -> Bool {
    guard span.start.line == span.end.line, span.end.column > span.start.column else { return false }
    let width = Int(span.end.column - span.start.column)
    let length = scalar.text.utf8.count
    return width > length || width < length && width > scalar.text.unicodeScalars.count
  }
}
