/// Chooses a scalar's style and writes it, as go-yaml's encoder and emitter do.
struct ScalarPrinter {
  private let isVersion3: Bool
  private let resolver: PlainResolver
  /// Longer lines are folded at a space; v3 does not fold.
  private let width: Int

  init(_ style: YAMLEmitter.Style) {
    isVersion3 = style == .toYAMLPretty
    resolver = PlainResolver(isVersion3 ? .goYAML3 : .goYAML2)
    width = isVersion3 ? .max : 80
  }

  func print(_ scalar: ScalarText, into output: inout EmitterOutput, indent: Int, isKey: Bool) {
    let text = scalar.text.utf8.span
    if scalar.isTame, !looksTyped(text) {
      output.copyWord(scalar.text)
      return
    }
    let analysis = TextAnalysis(text, tabsAreSpecial: !isVersion3)
    switch style(of: scalar, text, analysis, isKey: isKey) {
    case .plain: writeFolded(text, quote: nil, into: &output, indent: indent, isKey: isKey)
    case .singleQuoted: writeFolded(text, quote: "'", into: &output, indent: indent, isKey: isKey)
    case .literal: writeLiteral(text, into: &output, indent: indent)
    case .doubleQuoted, .folded: writeDoubleQuoted(text, into: &output, indent: indent, isKey: isKey)
    }
  }

  private func style(of scalar: ScalarText, _ text: Span<UInt8>, _ analysis: TextAnalysis, isKey: Bool) -> Scalar.Style
  {
    let wanted: Scalar.Style =
      if !scalar.isString { .plain } else if text.contains(UInt8(ascii: "\n")) { .literal } else {
        looksTyped(text) ? .doubleQuoted : .plain
      }
    switch wanted {
    case .plain:
      if analysis.allowsPlain, !(isKey && text.isEmpty) { return .plain }
      return analysis.allowsSingleQuotes ? .singleQuoted : .doubleQuoted
    case .literal:
      return analysis.allowsBlock && !isKey ? .literal : .doubleQuoted
    default:
      return wanted
    }
  }

  /// Whether a string would be read as something else if it stood plain.
  private func looksTyped(_ text: Span<UInt8>) -> Bool {
    resolver.isTyped(text) || Self.isSexagesimal(text) || (isVersion3 && PlainResolver.isOldBool(text))
  }

  /// `[-+]? digit [digit _]* (: [0-5]? digit)+ (. [digit _]*)?`: a number to YAML 1.1, such as `12:30:45`.
  private static func isSexagesimal(_ text: Span<UInt8>) -> Bool {
    var index = 0
    if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { index = 1 }
    guard index < text.count, GoNumber.isDigit(text[index]) else { return false }
    while index < text.count, GoNumber.isDigit(text[index]) || text[index] == UInt8(ascii: "_") { index += 1 }
    var groups = 0
    while index < text.count, text[index] == UInt8(ascii: ":") {
      var digits = 0
      while index + 1 + digits < text.count, GoNumber.isDigit(text[index + 1 + digits]) { digits += 1 }
      guard digits == 1 || (digits == 2 && text[index + 1] <= UInt8(ascii: "5")) else { return false }
      index += 1 + digits
      groups += 1
    }
    guard groups > 0 else { return false }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      while index < text.count, GoNumber.isDigit(text[index]) || text[index] == UInt8(ascii: "_") { index += 1 }
    }
    return index == text.count
  }

  /// Plain or in single quotes. Neither holds a line feed: such texts are literal or double-quoted.
  private func writeFolded(
    _ text: Span<UInt8>, quote: StaticString?, into output: inout EmitterOutput, indent: Int, isKey: Bool
  ) {
    if let quote {
      output.indicator(quote)
    } else if !output.endsWithSpace, !(isVersion3 && text.isEmpty) {
      output.put(UInt8(ascii: " "))
    }
    if output.column + text.count <= width, quote == nil {
      output.copy(text)
    } else {
      copyFolding(text, isQuoted: quote != nil, into: &output, indent: indent, isKey: isKey)
    }
    if let quote { output.indicator(quote, needsSpace: false) }
    output.endsWithSpace = false
    output.isIndentation = false
  }

  private func copyFolding(
    _ text: Span<UInt8>, isQuoted: Bool, into output: inout EmitterOutput, indent: Int, isKey: Bool
  ) {
    var index = 0
    var (afterSpace, afterBreak) = (false, false)
    while index < text.count {
      if text[index] == UInt8(ascii: " ") {
        let isInside = !isQuoted || (index > 0 && index < text.count - 1)
        if !isKey, !afterSpace, output.column > width, isInside, text[index + 1] != UInt8(ascii: " ") {
          output.indent(to: indent)
          index += 1
        } else {
          output.copyCharacter(text, &index)
        }
        afterSpace = true
      } else if UTF8Byte.isBreak(text, index) {
        // LS or PS: a line break to YAML 1.1, which is written as it is.
        output.copyBreak(text, &index)
        output.isIndentation = true
        afterBreak = true
      } else {
        if afterBreak { output.indent(to: indent) }
        if isQuoted, text[index] == UInt8(ascii: "'") { output.put(UInt8(ascii: "'")) }
        output.copyCharacter(text, &index)
        output.isIndentation = false
        (afterSpace, afterBreak) = (false, false)
      }
    }
  }

  private func writeDoubleQuoted(_ text: Span<UInt8>, into output: inout EmitterOutput, indent: Int, isKey: Bool) {
    output.indicator("\"")
    // go-yaml asks whether the *text* starts with a byte order mark wherever it looks at a character.
    let escapesAll = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
    var index = 0
    var afterSpace = false
    while index < text.count {
      let byte = text[index]
      if escapesAll || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || !UTF8Byte.isPrintable(text, index)
        || UTF8Byte.isBreak(text, index)
      {
        Escape.write(text, &index, into: &output)
        afterSpace = false
      } else if byte == UInt8(ascii: " ") {
        if !isKey, !afterSpace, output.column > width, index > 0, index < text.count - 1 {
          output.indent(to: indent)
          if text[index + 1] == UInt8(ascii: " ") { output.put(UInt8(ascii: "\\")) }
          index += 1
        } else {
          output.copyCharacter(text, &index)
        }
        afterSpace = true
      } else {
        output.copyCharacter(text, &index)
        afterSpace = false
      }
    }
    output.indicator("\"", needsSpace: false)
  }

  private func writeLiteral(_ text: Span<UInt8>, into output: inout EmitterOutput, indent: Int) {
    output.indicator("|")
    if text[0] == UInt8(ascii: " ") || UTF8Byte.isBreak(text, 0) { output.indicator("2", needsSpace: false) }
    switch Self.trailingBreaks(text) {
    case 0: output.indicator("-", needsSpace: false)
    case 1: break
    default: output.indicator("+", needsSpace: false)
    }
    output.putBreak()
    output.endsWithSpace = true
    output.isIndentation = true
    var index = 0
    var afterBreak = true
    while index < text.count {
      if UTF8Byte.isBreak(text, index) {
        output.copyBreak(text, &index)
        output.isIndentation = true
        afterBreak = true
      } else {
        if afterBreak { output.indent(to: indent) }
        output.copyCharacter(text, &index)
        output.isIndentation = false
        afterBreak = false
      }
    }
  }

  /// How many line breaks end the text: none, one, or more (2), which includes a text that is one break alone.
  private static func trailingBreaks(_ text: Span<UInt8>) -> Int {
    guard let last = start(ofCharacterBefore: text.count, text), UTF8Byte.isBreak(text, last) else { return 0 }
    guard let previous = start(ofCharacterBefore: last, text) else { return 2 }
    return UTF8Byte.isBreak(text, previous) ? 2 : 1
  }

  private static func start(ofCharacterBefore end: Int, _ text: Span<UInt8>) -> Int? {
    guard end > 0 else { return nil }
    var index = end - 1
    while index > 0, text[index] & 0xC0 == 0x80 { index -= 1 }
    return index
  }
}
