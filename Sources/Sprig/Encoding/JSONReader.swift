import GoTemplate

/// JSON as Go's `encoding/json` reads it into `interface {}`: every number is a `float64`.
public struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  /// The first number that no `float64` can hold: Go reads on and complains at the end.
  private var complaint: String?

  /// Why a text is no JSON, in Go's words.
  public struct Malformed: Error {
    /// What is wrong.
    public var message: String
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The value of a text.
  public static func read(_ text: GoString) throws(Malformed) -> Value {
    let (value, complaint) = try readLeniently(text)
    if let complaint { throw Malformed(message: complaint) }
    return value
  }

  /// The value that a text starts with, and how many bytes it takes. A text that ends too early is told in the words
  /// of Go's decoder of streams.
  public static func readPrefix(_ text: GoString) throws(Malformed) -> (value: Value, count: Int) {
    var reader = JSONReader(text.bytes)
    do throws(Malformed) {
      let value = try reader.value(depth: 0)
      return (value, reader.position)
    } catch {
      guard reader.position >= reader.bytes.count else { throw error }
      throw Malformed(
        message: text.bytes.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) } ? "EOF" : "unexpected EOF")
    }
  }

  /// The value of a text with null for numbers out of range, and the complaint about the first of them.
  static func readLeniently(_ text: GoString) throws(Malformed) -> (value: Value, complaint: String?) {
    var reader = JSONReader(text.bytes)
    let value = try reader.value(depth: 0)
    reader.skipSpaces()
    guard reader.position == reader.bytes.count else { throw reader.invalid("after top-level value") }
    return (value, reader.complaint)
  }

  /// How deep values nest; Go allows more, at the cost of a deeper stack.
  static let deepest = 1_000

  private mutating func skipSpaces() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
  }

  private func invalid(_ context: String) -> Malformed {
    guard position < bytes.count else { return Malformed(message: "unexpected end of JSON input") }
    return Malformed(message: "invalid character \(JSONReader.quoted(bytes[position])) \(context)")
  }

  /// The complaint within a token: Go ends a text with a space, which does not belong there.
  private func invalidInToken(_ context: String) -> Malformed {
    position < bytes.count ? invalid(context) : Malformed(message: "invalid character ' ' \(context)")
  }

  private static func quoted(_ byte: UInt8) -> String {
    if byte == UInt8(ascii: "'") { return #"'\''"# }
    if byte == UInt8(ascii: "\"") { return "'\"'" }
    let text = Quoting.quote(GoString(scalars: [Unicode.Scalar(byte)])).text
    return "'" + text.dropFirst().dropLast() + "'"
  }

  private mutating func value(depth: Int) throws(Malformed) -> Value {
    skipSpaces()
    guard depth < JSONReader.deepest else { throw Malformed(message: "exceeded max depth") }
    guard position < bytes.count else { throw invalid("") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", true)
    case UInt8(ascii: "f"): return try literal("false", false)
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw invalid("looking for beginning of value")
    }
  }

  private mutating func literal(_ word: String, _ value: Value) throws(Malformed) -> Value {
    position += 1
    for byte in word.utf8.dropFirst() {
      guard position < bytes.count, bytes[position] == byte else {
        throw invalidInToken("in literal \(word) (expecting \(JSONReader.quoted(byte)))")
      }
      position += 1
    }
    return value
  }

  private mutating func object(_ depth: Int) throws(Malformed) -> Value {
    var entries: [GoString: Value] = [:]
    position += 1
    skipSpaces()
    if position < bytes.count, bytes[position] == UInt8(ascii: "}") {
      position += 1
      return .anyDict(entries)
    }
    while true {
      skipSpaces()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        throw invalid("looking for beginning of object key string")
      }
      let key = try string()
      skipSpaces()
      guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw invalid("after object key") }
      position += 1
      entries[key] = try value(depth: depth + 1)
      skipSpaces()
      guard position < bytes.count else { throw invalid("") }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "}") { return .anyDict(entries) }
      if bytes[position - 1] == UInt8(ascii: ",") { continue }
      position -= 1
      throw invalid("after object key:value pair")
    }
  }

  private mutating func array(_ depth: Int) throws(Malformed) -> Value {
    var elements: [Value] = []
    position += 1
    skipSpaces()
    if position < bytes.count, bytes[position] == UInt8(ascii: "]") {
      position += 1
      return .anyList(elements)
    }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpaces()
      guard position < bytes.count else { throw invalid("") }
      position += 1
      if bytes[position - 1] == UInt8(ascii: "]") { return .anyList(elements) }
      if bytes[position - 1] == UInt8(ascii: ",") { continue }
      position -= 1
      throw invalid("after array element")
    }
  }

  // MARK: Numbers

  private mutating func number() throws(Malformed) -> Value {
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    guard isDigit else { throw invalidInToken("in numeric literal") }
    if bytes[position] == UInt8(ascii: "0") { position += 1 } else { skipDigits() }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      guard isDigit else { throw invalidInToken("after decimal point in numeric literal") }
      skipDigits()
    }
    if position < bytes.count, "eE".utf8.contains(bytes[position]) {
      position += 1
      if position < bytes.count, "+-".utf8.contains(bytes[position]) { position += 1 }
      guard isDigit else { throw invalidInToken("in exponent of numeric literal") }
      skipDigits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard let number = Double(text), number.isFinite else {
      complaint = complaint ?? "json: cannot unmarshal number \(text) into Go value of type float64"
      return .null
    }
    return .double(number)
  }

  private var isDigit: Bool { position < bytes.count && (0x30...0x39).contains(bytes[position]) }

  private mutating func skipDigits() {
    while isDigit { position += 1 }
  }

  // MARK: Strings

  private mutating func string() throws(Malformed) -> GoString {
    position += 1
    var out: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return GoString(GoString(out).replacingInvalid)
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &out)
      case 0..<0x20: throw invalid("in string literal")
      default:
        out.append(byte)
        position += 1
      }
    }
    throw invalid("")
  }

  private mutating func escape(into out: inout [UInt8]) throws(Malformed) {
    guard position < bytes.count else { throw invalidInToken("in string escape code") }
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
    ]
    if let meant = plain[bytes[position]] {
      out.append(meant)
      position += 1
      return
    }
    guard bytes[position] == UInt8(ascii: "u") else { throw invalidInToken("in string escape code") }
    position += 1
    let first = try codeUnit()
    if UTF16.isLeadSurrogate(first), bytes[position...].starts(with: #"\u"#.utf8) {
      let start = position
      position += 2
      let second = try codeUnit()
      if UTF16.isTrailSurrogate(second) {
        let code = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        out.append(scalar: Unicode.Scalar(code) ?? "\u{FFFD}")
        return
      }
      position = start
    }
    out.append(scalar: Unicode.Scalar(first) ?? "\u{FFFD}")
  }

  private mutating func codeUnit() throws(Malformed) -> UInt16 {
    var code: UInt16 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
        throw invalidInToken("in \\u hexadecimal character escape")
      }
      code = code << 4 | UInt16(digit)
      position += 1
    }
    return code
  }
}
