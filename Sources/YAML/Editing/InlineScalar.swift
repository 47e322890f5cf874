/// Writes a scalar in one line, so that it is read back as the same value wherever it stands.
enum InlineScalar {
  /// - Parameter old: how the scalar was written that it replaces; its quotes are kept where they can be.
  static func text(_ scalar: Scalar, like old: Scalar.Style = .plain) -> [UInt8] {
    let text = scalar.text.utf8.span
    let analysis = TextAnalysis(text, tabsAreSpecial: false)
    let isTyped = scalar.style == .plain
    if isTyped, old == .plain || meansMore(text) { return Array(scalar.text.utf8) }
    let fitsSingleQuotes = analysis.allowsSingleQuotes && !analysis.hasLineBreaks
    switch old {
    case .singleQuoted where fitsSingleQuotes:
      return singleQuoted(text)
    case .plain, .literal, .folded:
      if analysis.allowsPlain, !meansMore(text), !holdsFlowIndicators(text) { return Array(scalar.text.utf8) }
    default: break
    }
    return doubleQuoted(text)
  }

  /// Whether the text alone would be read as a number, a boolean, a null or a date by any of go-yaml's versions.
  private static func meansMore(_ text: Span<UInt8>) -> Bool {
    PlainResolver(.goYAML2).isTyped(text) || PlainResolver(.goYAML3).isTyped(text)
  }

  /// A plain scalar may hold these outside of brackets only, and YAML 1.1 readers differ about the rest.
  private static func holdsFlowIndicators(_ text: Span<UInt8>) -> Bool {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
        UInt8(ascii: "?"):
        return true
      default: continue
      }
    }
    return false
  }

  private static func singleQuoted(_ text: Span<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "'")
    var bytes = [quote]
    for index in text.indices {
      if text[index] == quote { bytes.append(quote) }
      bytes.append(text[index])
    }
    return bytes + [quote]
  }

  private static func doubleQuoted(_ text: Span<UInt8>) -> [UInt8] {
    var output = EmitterOutput()
    output.put("\"")
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || UTF8Byte.isBreak(text, index)
        || !(UTF8Byte.isPrintable(text, index) || byte >= 0xF0)
      {
        Escape.write(text, &index, into: &output)
      } else {
        output.copyCharacter(text, &index)
      }
    }
    output.put("\"")
    return output.bytes
  }
}
