/// Cuts an expression into tokens, by the lexical rules of `CEL.g4`.
struct Lexer {
  private let bytes: [UInt8]
  private var offset = 0

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The tokens of an expression, with `end` behind the last.
  static func tokens(of bytes: [UInt8]) throws(CELProblem) -> [Token] {
    var lexer = Lexer(bytes)
    var tokens: [Token] = []
    repeat {
      tokens.append(try lexer.next())
    } while tokens.last?.kind != .end
    return tokens
  }

  private func peek(_ distance: Int = 0) -> UInt8? {
    let index = offset + distance
    return index < bytes.count ? bytes[index] : nil
  }

  private mutating func next() throws(CELProblem) -> Token {
    skipSpaceAndComments()
    let start = offset
    guard let byte = peek() else { return Token(kind: .end, range: start..<start) }
    if let literal = try quoted() { return Token(kind: literal, range: start..<offset) }
    let kind: Token.Kind
    switch byte {
    case _ where byte.isIdentifierStart:
      kind = word()
    case _ where byte.isDigit, UInt8(ascii: ".") where peek(1)?.isDigit ?? false:
      kind = number()
    case UInt8(ascii: "`"):
      kind = try quotedIdentifier()
    default:
      kind = try symbol()
    }
    return Token(kind: kind, range: start..<offset)
  }

  private mutating func skipSpaceAndComments() {
    while let byte = peek() {
      if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while let inner = peek(), inner != UInt8(ascii: "\n") { offset += 1 }
      } else if [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) {
        offset += 1
      } else {
        return
      }
    }
  }

  private mutating func word() -> Token.Kind {
    let start = offset
    while let byte = peek(), byte.isIdentifierStart || byte.isDigit { offset += 1 }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    return text == "in" ? .symbol(.isIn) : .identifier(text)
  }

  /// A name in back quotes: letters, digits, `_`, `.`, `-`, `/` and spaces.
  private mutating func quotedIdentifier() throws(CELProblem) -> Token.Kind {
    let start = offset
    offset += 1
    while let byte = peek(), byte.isIdentifierStart || byte.isDigit || [0x2E, 0x2D, 0x2F, 0x20].contains(byte) {
      offset += 1
    }
    guard peek() == UInt8(ascii: "`"), offset > start + 1 else { throw unrecognised(from: start) }
    offset += 1
    return .quotedIdentifier(String(decoding: bytes[start + 1..<offset - 1], as: UTF8.self))
  }

  private mutating func skipDigits() {
    while let byte = peek(), byte.isDigit { offset += 1 }
  }

  private mutating func number() -> Token.Kind {
    let start = offset
    if peek() == UInt8(ascii: "0"), peek(1) == UInt8(ascii: "x"), peek(2)?.hexValue != nil {
      offset += 2
      while peek()?.hexValue != nil { offset += 1 }
    } else {
      skipDigits()
      var isDouble = false
      if peek() == UInt8(ascii: "."), peek(1)?.isDigit ?? false {
        isDouble = true
        offset += 1
        skipDigits()
      }
      if let length = exponentLength() {
        isDouble = true
        offset += length
        skipDigits()
      }
      if isDouble { return .double(String(decoding: bytes[start..<offset], as: UTF8.self)) }
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard peek() == UInt8(ascii: "u") || peek() == UInt8(ascii: "U") else { return .integer(text) }
    offset += 1
    return .unsigned(text)
  }

  /// How many bytes an `e`, and its sign, take in front of the digits of an exponent.
  private func exponentLength() -> Int? {
    guard peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") else { return nil }
    let hasSign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
    let length = hasSign ? 2 : 1
    return peek(length)?.isDigit ?? false ? length : nil
  }

  private mutating func symbol() throws(CELProblem) -> Token.Kind {
    for length in [2, 1] where offset + length <= bytes.count {
      let text = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
      if let symbol = Token.Symbol(rawValue: text) {
        offset += length
        return .symbol(symbol)
      }
    }
    throw unrecognised(from: offset)
  }

  /// A text or bytes in quotes, with the letters in front that say how to read it; nil where there is none.
  private mutating func quoted() throws(CELProblem) -> Token.Kind? {
    var (isRaw, isBytes) = (false, false)
    var prefix = 0
    if let byte = peek(), byte | 0x20 == UInt8(ascii: "b") {
      isBytes = true
      prefix += 1
    }
    if let byte = peek(prefix), byte | 0x20 == UInt8(ascii: "r") {
      isRaw = true
      prefix += 1
    }
    guard let quote = peek(prefix), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else { return nil }
    let start = offset
    offset += prefix
    let isTriple = peek(1) == quote && peek(2) == quote
    offset += isTriple ? 3 : 1
    let content = try content(until: quote, isTriple: isTriple, isRaw: isRaw, from: start)
    do throws(QuotedText.Fault) {
      let text = QuotedText(bytes: bytes[content], isRaw: isRaw, isBytes: isBytes)
      let value = try text.value()
      return isBytes ? .bytes(value) : .string(String(decoding: value, as: UTF8.self))
    } catch {
      let place = error.range ?? start..<offset
      throw CELProblem(.syntax, error.message, at: place, in: bytes)
    }
  }

  /// The stretch between the quotes; leaves the offset behind the closing ones.
  private mutating func content(until quote: UInt8, isTriple: Bool, isRaw: Bool, from start: Int) throws(CELProblem)
    -> Range<Int>
  {
    let first = offset
    while let byte = peek() {
      if byte == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        let content = first..<offset
        offset += isTriple ? 3 : 1
        return content
      }
      if !isTriple, byte == 0x0A || byte == 0x0D { break }
      offset += byte == UInt8(ascii: "\\") && !isRaw ? 2 : 1
    }
    offset = min(offset, bytes.count)
    throw CELProblem(.syntax, "unterminated string literal", at: start..<offset, in: bytes)
  }

  private func unrecognised(from start: Int) -> CELProblem {
    var end = min(max(offset, start) + 1, bytes.count)
    while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return CELProblem(.syntax, "token recognition error at: '\(text)'", at: start..<end, in: bytes)
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  /// A letter or an underscore.
  var isIdentifierStart: Bool {
    (self | 0x20 >= UInt8(ascii: "a") && self | 0x20 <= UInt8(ascii: "z")) || self == UInt8(ascii: "_")
  }
  var hexValue: UInt32? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(self - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(self - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(self - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
