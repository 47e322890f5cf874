/// Quoted strings as Go's `strconv` writes and reads them.
public enum Quoting {
  /// `text` in double quotes, with Go's escapes; `asciiOnly` also escapes what is not ASCII.
  public static func quote(_ text: GoString, asciiOnly: Bool = false) -> GoString {
    quote(text, with: UInt8(ascii: "\""), asciiOnly: asciiOnly)
  }

  /// `text` in double quotes as text, for messages.
  public static func quote(_ text: String) -> String {
    quote(GoString(text)).text
  }

  /// A character in single quotes.
  public static func quote(rune: Unicode.Scalar) -> String {
    quote(rune: Int64(rune.value), asciiOnly: false).text
  }

  /// A character in single quotes; what is none is U+FFFD.
  static func quote(rune: Int64, asciiOnly: Bool) -> GoString {
    let scalar = UInt32(exactly: rune).flatMap(Unicode.Scalar.init) ?? "\u{FFFD}"
    return quote(GoString(scalars: [scalar]), with: UInt8(ascii: "'"), asciiOnly: asciiOnly)
  }

  private static func quote(_ text: GoString, with mark: UInt8, asciiOnly: Bool) -> GoString {
    var out = [mark]
    out.reserveCapacity(text.count + 2)
    var index = 0
    while index < text.bytes.count {
      let (scalar, length, isValid) = GoString.decode(text.bytes, at: index)
      if isValid {
        append(scalar, mark, asciiOnly, to: &out)
      } else {
        out.append("\\x" + hex(UInt32(text.bytes[index]), 2))
      }
      index += length
    }
    out.append(mark)
    return GoString(out)
  }

  private static func append(_ scalar: Unicode.Scalar, _ mark: UInt8, _ asciiOnly: Bool, to out: inout [UInt8]) {
    if scalar.value == UInt32(mark) || scalar == "\\" {
      out.append(UInt8(ascii: "\\"))
      out.append(UInt8(scalar.value))
      return
    }
    if scalar.isPrintableInGo && (scalar.isASCII || !asciiOnly) {
      out.append(scalar: scalar)
      return
    }
    if let escape = escapes[scalar] {
      out.append(escape)
      return
    }
    switch scalar.value {
    case 0..<0x20, 0x7F: out.append("\\x" + hex(scalar.value, 2))
    case 0..<0x10000: out.append("\\u" + hex(scalar.value, 4))
    default: out.append("\\U" + hex(scalar.value, 8))
    }
  }

  private static let escapes: [Unicode.Scalar: String] = [
    "\u{07}": "\\a", "\u{08}": "\\b", "\u{0C}": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\u{0B}": "\\v",
  ]

  /// `value` in hexadecimal with at least `width` digits.
  public static func hex(_ value: UInt32, _ width: Int, upper: Bool = false) -> String {
    let digits = String(value, radix: 16, uppercase: upper)
    return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
  }

  /// Whether the text can stand between backquotes.
  static func canBackquote(_ text: GoString) -> Bool {
    var index = 0
    while index < text.bytes.count {
      let (scalar, length, isValid) = GoString.decode(text.bytes, at: index)
      guard isValid, scalar != "\u{FEFF}", scalar != "`", scalar.value != 0x7F else { return false }
      if scalar.value < 0x20 && scalar != "\t" { return false }
      index += length
    }
    return true
  }

  /// The string that a literal of Go stands for, quotes included; nil when it is malformed.
  public static func unquote(_ literal: [UInt8]) -> GoString? {
    guard literal.count >= 2, let mark = literal.first, literal.last == mark else { return nil }
    let inner = Array(literal[1..<(literal.count - 1)])
    if mark == UInt8(ascii: "`") {
      return inner.contains(mark) ? nil : GoString(inner.filter { $0 != UInt8(ascii: "\r") })
    }
    guard mark == UInt8(ascii: "\"") else { return nil }
    var (out, index) = ([UInt8](), 0)
    while index < inner.count {
      if inner[index] == UInt8(ascii: "\n") { return nil }
      guard let next = unquoteCharacter(inner, at: &index, mark: mark) else { return nil }
      switch next {
      case .byte(let byte): out.append(byte)
      case .scalar(let scalar): out.append(scalar: scalar)
      }
    }
    return GoString(out)
  }

  enum Piece {
    case byte(UInt8)
    case scalar(Unicode.Scalar)
  }

  /// Reads one character or escape sequence at `index` and moves behind it.
  static func unquoteCharacter(_ bytes: [UInt8], at index: inout Int, mark: UInt8) -> Piece? {
    guard index < bytes.count, bytes[index] != mark else { return nil }
    if bytes[index] != UInt8(ascii: "\\") {
      if bytes[index] < 0x80 {
        index += 1
        return .byte(bytes[index - 1])
      }
      let (scalar, length, _) = GoString.decode(bytes, at: index)
      index += length
      return .scalar(scalar)
    }
    guard index + 1 < bytes.count else { return nil }
    let kind = bytes[index + 1]
    index += 2
    switch kind {
    case UInt8(ascii: "x"): return number(bytes, at: &index, count: 2, radix: 16).map { .byte(UInt8($0)) }
    case UInt8(ascii: "u"):
      return number(bytes, at: &index, count: 4, radix: 16).flatMap(Unicode.Scalar.init).map { .scalar($0) }
    case UInt8(ascii: "U"):
      return number(bytes, at: &index, count: 8, radix: 16).flatMap(Unicode.Scalar.init).map { .scalar($0) }
    case UInt8(ascii: "0")...UInt8(ascii: "7"):
      index -= 1
      return number(bytes, at: &index, count: 3, radix: 8).flatMap { UInt8(exactly: $0) }.map { .byte($0) }
    case UInt8(ascii: "\\"): return .byte(kind)
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return kind == mark ? .byte(kind) : nil
    default: return plainEscapes[kind].map { .byte($0) }
    }
  }

  private static let plainEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
    UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11,
  ]

  private static func number(_ bytes: [UInt8], at index: inout Int, count: Int, radix: Int) -> UInt32? {
    guard index + count <= bytes.count else { return nil }
    let digits = bytes[index..<(index + count)]
    guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    index += count
    return UInt32(String(decoding: digits, as: UTF8.self), radix: radix)
  }
}

extension Unicode.Scalar {
  /// Letters, marks, numbers, punctuation, symbols and the ASCII space: what Go's `unicode.IsPrint` says.
  public var isPrintableInGo: Bool {
    if isASCII { return value >= 0x20 && value < 0x7F }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }

  /// What Go's `unicode.IsLetter` says.
  public var isLetterInGo: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  /// What Go's `unicode.IsDigit` says.
  public var isDigitInGo: Bool { properties.generalCategory == .decimalNumber }

  /// What Go's `unicode.IsSpace` says.
  public var isSpaceInGo: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }
}
