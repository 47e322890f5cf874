extension Lexer {
  /// Up to the next left delimiter.
  mutating func lexText() -> Step {
    guard let found = firstLeftDelimiter() else {
      position = input.count
      if position > start {
        countLines(start..<position)
        return emit(.text)
      }
      return emit(.end)
    }
    guard found > position else { return .next(.leftDelimiter) }
    position = found
    var trimmed = 0
    if hasLeftTrimMarker(at: found + left.count) {
      while position - trimmed > start, Lexer.isSpace(input[position - trimmed - 1]) { trimmed += 1 }
    }
    position -= trimmed
    countLines(start..<position)
    let token = take(.text)
    position += trimmed
    ignore()
    return token.text.isEmpty ? .next(.leftDelimiter) : .token(token)
  }

  private func firstLeftDelimiter() -> Int? {
    guard let first = left.first else { return nil }
    var index = position
    while index + left.count <= input.count {
      if input[index] == first, has(left, at: index) { return index }
      index += 1
    }
    return nil
  }

  private func hasLeftTrimMarker(at index: Int) -> Bool {
    index + 1 < input.count && input[index] == UInt8(ascii: "-") && Lexer.isSpace(input[index + 1])
  }

  mutating func lexLeftDelimiter() -> Step {
    position += left.count
    let marker = hasLeftTrimMarker(at: position) ? Lexer.trimMarkerLength : 0
    if has(Lexer.commentStart, at: position + marker) {
      position += marker
      ignore()
      return .next(.comment)
    }
    let token = take(.leftDelimiter)
    isInsideAction = true
    position += marker
    ignore()
    parenthesisDepth = 0
    return .token(token)
  }

  mutating func lexComment() -> Step {
    position += 2
    var index = position
    while index < input.count, !has(Lexer.commentEnd, at: index) { index += 1 }
    guard index < input.count else { return fail("unclosed comment") }
    position = index + 2
    let (isThere, trims) = atRightDelimiter()
    guard isThere else { return fail("comment ends before closing delimiter") }
    position += (trims ? Lexer.trimMarkerLength : 0) + right.count
    if trims { skipSpace() }
    ignore()
    return .next(.text)
  }

  private mutating func skipSpace() {
    while position < input.count, Lexer.isSpace(input[position]) { position += 1 }
  }

  mutating func lexRightDelimiter() -> Step {
    let trims = atRightDelimiter().trims
    if trims {
      position += Lexer.trimMarkerLength
      ignore()
    }
    position += right.count
    isInsideAction = false
    let token = take(.rightDelimiter)
    if trims {
      skipSpace()
      ignore()
    }
    return .token(token)
  }

  mutating func lexInsideAction() -> Step {
    if atRightDelimiter().isThere {
      return parenthesisDepth == 0 ? .next(.rightDelimiter) : fail("unclosed left paren")
    }
    guard let (scalar, length) = peek() else { return fail("unclosed action") }
    if scalar.isASCII && Lexer.isSpace(UInt8(scalar.value)) { return .next(.space) }
    position += length
    switch scalar {
    case "=": return emit(.assign)
    case ":": return accept("=") ? emit(.declare) : fail("expected :=")
    case "|": return emit(.pipe)
    case "\"": return .next(.quote)
    case "`": return .next(.rawQuote)
    case "$": return .next(.variable)
    case "'": return .next(.character)
    case "(":
      parenthesisDepth += 1
      return emit(.leftParenthesis)
    case ")":
      parenthesisDepth -= 1
      return parenthesisDepth < 0 ? fail("unexpected right paren") : emit(.rightParenthesis)
    default: return lexWord(scalar, length)
    }
  }

  private mutating func lexWord(_ scalar: Unicode.Scalar, _ length: Int) -> Step {
    let isDigit = { (byte: UInt8) in (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    if scalar == ".", position < input.count, !isDigit(input[position]) { return .next(.field) }
    if "+-.".unicodeScalars.contains(scalar) || scalar.isASCII && isDigit(UInt8(scalar.value)) {
      position -= length
      return .next(.number)
    }
    if Lexer.isAlphaNumeric(scalar) {
      position -= length
      return .next(.identifier)
    }
    if scalar.isASCII && scalar.isPrintableInGo { return emit(.character) }
    return fail("unrecognized character in action: \(Lexer.name(scalar))")
  }

  /// `U+0040 '@'`, as Go's `%#U`.
  static func name(_ scalar: Unicode.Scalar) -> String {
    let code = "U+" + Quoting.hex(scalar.value, 4, upper: true)
    return scalar.isPrintableInGo ? code + " '\(scalar)'" : code
  }

  mutating func lexSpace() -> Step {
    let first = position
    while position < input.count, Lexer.isSpace(input[position]) {
      if input[position] == UInt8(ascii: "\n") { line += 1 }
      position += 1
    }
    // A trim marker belongs to the delimiter: give its space back.
    if hasRightTrimMarker(at: position - 1), has(right, at: position - 1 + Lexer.trimMarkerLength) {
      position -= 1
      if input[position] == UInt8(ascii: "\n") { line -= 1 }
      if position == first { return .next(.rightDelimiter) }
    }
    return emit(.space)
  }

  mutating func lexIdentifier() -> Step {
    while let (scalar, length) = peek(), Lexer.isAlphaNumeric(scalar) { position += length }
    guard atTerminator() else { return failBadCharacter() }
    let word = String(decoding: input[start..<position], as: UTF8.self)
    if let keyword = Token.Keyword(rawValue: word), keyword != .dot {
      let isName = keyword == .break && !hasLoopKeywords.break || keyword == .continue && !hasLoopKeywords.continue
      return emit(isName ? .identifier : .keyword(keyword))
    }
    return emit(word == "true" || word == "false" ? .bool : .identifier)
  }

  mutating func lexFieldOrVariable(_ kind: Token.Kind) -> Step {
    if atTerminator() { return emit(kind == .variable ? .variable : .keyword(.dot)) }
    while let (scalar, length) = peek(), Lexer.isAlphaNumeric(scalar) { position += length }
    guard atTerminator() else { return failBadCharacter() }
    return emit(kind)
  }

  private mutating func failBadCharacter() -> Step {
    fail("bad character \(peek().map { Lexer.name($0.scalar) } ?? "")")
  }

  /// Whether what follows may follow a word.
  private func atTerminator() -> Bool {
    guard let (scalar, _) = peek() else { return true }
    if scalar.isASCII && Lexer.isSpace(UInt8(scalar.value)) { return true }
    switch scalar {
    case ".", ",", "|", ":", ")", "(": return true
    default: return has(right, at: position)
    }
  }

  mutating func lexQuoted(_ kind: Token.Kind, mark: UInt8, what: String) -> Step {
    while let scalar = advance() {
      if scalar == "\\" {
        guard let escaped = advance(), escaped != "\n" else { break }
      } else if scalar == "\n" {
        break
      } else if scalar.value == UInt32(mark) {
        return emit(kind)
      }
    }
    return fail("unterminated \(what)")
  }

  mutating func lexRawQuote() -> Step {
    while let scalar = advance() {
      if scalar == "`" { return emit(.rawString) }
    }
    return fail("unterminated raw quoted string")
  }

  mutating func lexNumber() -> Step {
    guard scanNumber() else { return failBadNumber() }
    if let sign = peek()?.scalar, sign == "+" || sign == "-" {
      guard scanNumber(), input[position - 1] == UInt8(ascii: "i") else { return failBadNumber() }
      return emit(.complex)
    }
    return emit(.number)
  }

  private mutating func failBadNumber() -> Step {
    fail("bad number syntax: \(Quoting.quote(GoString(input[start..<position])))")
  }

  /// Accepts more than numbers; what it accepts too much the parser notices.
  private mutating func scanNumber() -> Bool {
    _ = accept("+-")
    var digits = "0123456789_"
    if accept("0") {
      if accept("xX") {
        digits = "0123456789abcdefABCDEF_"
      } else if accept("oO") {
        digits = "01234567_"
      } else if accept("bB") {
        digits = "01_"
      }
    }
    while accept(digits) {}
    if accept(".") { while accept(digits) {} }
    if digits.utf8.count == 11 && accept("eE") {
      _ = accept("+-")
      while accept("0123456789_") {}
    }
    if digits.utf8.count == 23 && accept("pP") {
      _ = accept("+-")
      while accept("0123456789_") {}
    }
    _ = accept("i")
    if let (scalar, length) = peek(), Lexer.isAlphaNumeric(scalar) {
      position += length
      return false
    }
    return true
  }
}
