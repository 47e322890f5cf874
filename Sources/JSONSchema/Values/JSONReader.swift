import Diagnostics

/// Reads a JSON file as Go's encoding/json does, with its words for what is no JSON.
///
/// Helm takes nothing else for a schema. A reader of YAML would take more (comments, unquoted keys), and less: pairs
/// of `\u` escapes for one character.
struct JSONReader {
  private var scanner: JSONScanner

  /// The value that is the whole of `file`.
  static func read(_ file: SourceFile) throws(SchemaError) -> JSONValue {
    var reader = JSONReader(scanner: JSONScanner(file))
    reader.scanner.skipSpace()
    guard reader.scanner.next != nil else { throw SchemaError(.malformed("EOF"), at: Location(file: file)) }
    let value = try reader.value(depth: 0)
    reader.scanner.skipSpace()
    guard reader.scanner.next == nil else {
      let place = Location(file: file, span: reader.scanner.span(from: reader.scanner.position))
      throw SchemaError(.malformed("invalid character after top-level value"), at: place)
    }
    return value
  }

  private func origin(from start: SourcePosition) -> Origin {
    Origin(file: scanner.file, span: scanner.span(from: start))
  }

  private mutating func value(depth: Int) throws(SchemaError) -> JSONValue {
    let start = scanner.position
    guard depth < ValueReader.depthLimit else {
      throw SchemaError(.nestedTooDeeply, at: Location(file: scanner.file, span: scanner.span(from: start)))
    }
    let kind: JSONValue.Kind
    switch scanner.next {
    case UInt8(ascii: "{"): kind = .object(JSONObject(try members(depth: depth + 1)))
    case UInt8(ascii: "["): kind = .array(try items(depth: depth + 1))
    case UInt8(ascii: "\""): kind = .string(try string())
    case UInt8(ascii: "t"): kind = try word("true", .boolean(true))
    case UInt8(ascii: "f"): kind = try word("false", .boolean(false))
    case UInt8(ascii: "n"): kind = try word("null", .null)
    default: kind = try number()
    }
    return JSONValue(kind: kind, origin: origin(from: start))
  }

  private mutating func members(depth: Int) throws(SchemaError) -> [JSONObject.Member] {
    var found: [JSONObject.Member] = []
    var places: [String: Int] = [:]
    scanner.advance()
    scanner.skipSpace()
    if scanner.take("}") { return [] }
    while true {
      let start = scanner.position
      guard scanner.next == UInt8(ascii: "\"") else {
        throw scanner.unexpected("looking for beginning of object key string")
      }
      let name = try string()
      let nameOrigin = origin(from: start)
      scanner.skipSpace()
      guard scanner.take(":") else { throw scanner.unexpected("after object key") }
      scanner.skipSpace()
      let member = JSONObject.Member(name: name, nameOrigin: nameOrigin, value: try value(depth: depth))
      if let place = places[name] {
        found[place] = member  // the last one counts
      } else {
        places[name] = found.count
        found.append(member)
      }
      scanner.skipSpace()
      if scanner.take("}") { return found }
      guard scanner.take(",") else { throw scanner.unexpected("after object key:value pair") }
      scanner.skipSpace()
    }
  }

  private mutating func items(depth: Int) throws(SchemaError) -> [JSONValue] {
    var found: [JSONValue] = []
    scanner.advance()
    scanner.skipSpace()
    if scanner.take("]") { return [] }
    while true {
      found.append(try value(depth: depth))
      scanner.skipSpace()
      if scanner.take("]") { return found }
      guard scanner.take(",") else { throw scanner.unexpected("after array element") }
      scanner.skipSpace()
    }
  }

  private mutating func word(_ word: String, _ kind: JSONValue.Kind) throws(SchemaError) -> JSONValue.Kind {
    for scalar in word.unicodeScalars {
      guard scanner.take(scalar) else { throw scanner.unexpected("in literal \(word) (expecting '\(scalar)')") }
    }
    return kind
  }

  private mutating func number() throws(SchemaError) -> JSONValue.Kind {
    let (start, place) = (scanner.offset, scanner.position)
    if scanner.take("-"), scanner.next?.isDigit != true { throw scanner.unexpected("in numeric literal") }
    guard scanner.next?.isDigit == true else { throw scanner.unexpected("looking for beginning of value") }
    if !scanner.take("0") { skipDigits() }
    if scanner.take(".") {
      guard scanner.next?.isDigit == true else { throw scanner.unexpected("after decimal point in numeric literal") }
      skipDigits()
    }
    if scanner.take("e") || scanner.take("E") {
      _ = scanner.take("+") || scanner.take("-")
      guard scanner.next?.isDigit == true else { throw scanner.unexpected("in exponent of numeric literal") }
      skipDigits()
    }
    let text = String(decoding: scanner.file.bytes[start..<scanner.offset], as: UTF8.self)
    guard let number = JSONNumber(text) else {
      throw SchemaError(
        .malformed("number has too many digits"), at: Location(file: scanner.file, span: scanner.span(from: place)))
    }
    return .number(number, text: text)
  }

  private mutating func skipDigits() {
    while scanner.next?.isDigit == true { scanner.advance() }
  }

  private mutating func string() throws(SchemaError) -> String {
    var bytes: [UInt8] = []
    scanner.advance()
    while let byte = scanner.next, byte >= 0x20 {
      scanner.advance()
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &bytes)
      default: bytes.append(byte)
      }
    }
    throw scanner.unexpected("in string literal")
  }

  private mutating func escape(into bytes: inout [UInt8]) throws(SchemaError) {
    switch scanner.next {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(scanner.next ?? 0)
    case UInt8(ascii: "b"): bytes.append(0x08)
    case UInt8(ascii: "f"): bytes.append(0x0C)
    case UInt8(ascii: "n"): bytes.append(0x0A)
    case UInt8(ascii: "r"): bytes.append(0x0D)
    case UInt8(ascii: "t"): bytes.append(0x09)
    case UInt8(ascii: "u"):
      scanner.advance()
      bytes += Array(String(try character()).utf8)
      return
    default: throw scanner.unexpected("in string escape code")
    }
    scanner.advance()
  }

  /// What follows `\u`: four digits, or two halves of a character beyond them. Half a character alone is none.
  private mutating func character() throws(SchemaError) -> Unicode.Scalar {
    let first = try fourDigits()
    guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    var ahead = scanner
    guard ahead.take("\\"), ahead.take("u") else { return "\u{FFFD}" }
    var reader = JSONReader(scanner: ahead)
    let second = try reader.fourDigits()
    guard (0xDC00..<0xE000).contains(second) else { return "\u{FFFD}" }
    scanner = reader.scanner
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func fourDigits() throws(SchemaError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = scanner.next, byte.isHexadecimal else {
        throw scanner.unexpected(#"in \u hexadecimal character escape"#)
      }
      value = value << 4 + UInt32(byte.isDigit ? byte & 0x0F : byte & 0x0F + 9)
      scanner.advance()
    }
    return value
  }
}
