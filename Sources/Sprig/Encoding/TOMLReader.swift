import GoTemplate

/// TOML 1.0 as values: integers are `int64`, dates stay texts of the moment they name.
struct TOMLReader {
  /// Why a text is no TOML.
  struct Malformed: Error {
    var message: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private let root = Dict()
  private var current: Dict
  /// Tables that a header or a dotted key has made, by identity: a second header is an error.
  private var defined: Set<ObjectIdentifier> = []

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    current = root
  }

  static func read(_ text: GoString) throws(Malformed) -> Dict {
    var reader = TOMLReader(text.bytes)
    try reader.run()
    return reader.root
  }

  private static let deepest = 200

  // MARK: Lines

  private mutating func run() throws(Malformed) {
    while true {
      skipBlank(acrossLines: true)
      guard let byte = peek else { return }
      if byte == UInt8(ascii: "[") { try header() } else { try pair(into: current, depth: 0) }
      skipBlank(acrossLines: false)
      guard peek == nil || peek == UInt8(ascii: "\n") || peek == UInt8(ascii: "\r") else {
        throw failure("expected a top-level item to end with a newline, comment, or EOF")
      }
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func failure(_ message: String) -> Malformed {
    let line = bytes[..<min(position, bytes.count)].lazy.filter { $0 == UInt8(ascii: "\n") }.count + 1
    return Malformed(message: "toml: line \(line): \(message)")
  }

  private mutating func skipBlank(acrossLines: Bool) {
    while let byte = peek {
      switch byte {
      case 0x20, 0x09: position += 1
      case 0x0A, 0x0D:
        guard acrossLines else { return }
        position += 1
      case UInt8(ascii: "#"):
        while let next = peek, next != 0x0A { _ = next; position += 1 }
      default: return
      }
    }
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(Malformed) {
    guard let next = peek, UInt32(next) == byte.value else { throw failure("expected '\(byte)'") }
    position += 1
  }

  private mutating func header() throws(Malformed) {
    position += 1
    let isArray = peek == UInt8(ascii: "[")
    if isArray { position += 1 }
    skipBlank(acrossLines: false)
    let path = try keyPath()
    try expect("]")
    if isArray { try expect("]") }
    var table = root
    for key in path.dropLast() { table = try child(of: table, key) }
    guard let last = path.last else { return }
    if isArray {
      let entry = Dict()
      if case .list(let list)? = table[last] {
        list.elements.append(.dict(entry))
      } else if table[last] == nil {
        table[last] = .list(List([.dict(entry)], of: .anyMap))
      } else {
        throw failure("key '\(last)' has already been defined")
      }
      current = entry
    } else {
      let inner = try child(of: table, last)
      guard defined.insert(ObjectIdentifier(inner)).inserted else {
        throw failure("key '\(last)' has already been defined")
      }
      current = inner
    }
  }

  private func child(of table: Dict, _ key: GoString) throws(Malformed) -> Dict {
    switch table[key] {
    case nil:
      let inner = Dict()
      table[key] = .dict(inner)
      return inner
    case .dict(let inner)?: return inner
    case .list(let list)?:
      if case .dict(let last)? = list.elements.last { return last }
      throw failure("key '\(key)' is not a table")
    default: throw failure("key '\(key)' has already been defined")
    }
  }

  private mutating func pair(into table: Dict, depth: Int) throws(Malformed) {
    let path = try keyPath()
    try expect("=")
    skipBlank(acrossLines: false)
    var target = table
    for key in path.dropLast() { target = try child(of: target, key) }
    guard let last = path.last else { return }
    guard target[last] == nil else { throw failure("key '\(last)' has already been defined") }
    target[last] = try value(depth)
  }

  private mutating func keyPath() throws(Malformed) -> [GoString] {
    var path: [GoString] = []
    while true {
      skipBlank(acrossLines: false)
      switch peek {
      case UInt8(ascii: "\""): path.append(try basicString())
      case UInt8(ascii: "'"): path.append(try literalString())
      default:
        let start = position
        while let byte = peek, TOMLReader.isBare(byte) { position += 1 }
        guard position > start else { throw failure("expected a key") }
        path.append(GoString(bytes[start..<position]))
      }
      skipBlank(acrossLines: false)
      guard peek == UInt8(ascii: ".") else { return path }
      position += 1
    }
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }

  // MARK: Values

  private mutating func value(_ depth: Int) throws(Malformed) -> Value {
    guard depth < TOMLReader.deepest else { throw failure("nested too deep") }
    switch peek {
    case UInt8(ascii: "\""): return .string(try basicString())
    case UInt8(ascii: "'"): return .string(try literalString())
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "{"): return try inlineTable(depth)
    default: return try scalar()
    }
  }

  private mutating func array(_ depth: Int) throws(Malformed) -> Value {
    position += 1
    var elements: [Value] = []
    while true {
      skipBlank(acrossLines: true)
      if peek == UInt8(ascii: "]") { break }
      elements.append(try value(depth + 1))
      skipBlank(acrossLines: true)
      guard peek == UInt8(ascii: ",") else { break }
      position += 1
    }
    try expect("]")
    return .anyList(elements)
  }

  private mutating func inlineTable(_ depth: Int) throws(Malformed) -> Value {
    position += 1
    let table = Dict()
    skipBlank(acrossLines: false)
    while peek != UInt8(ascii: "}") {
      try pair(into: table, depth: depth + 1)
      skipBlank(acrossLines: false)
      guard peek == UInt8(ascii: ",") else { break }
      position += 1
      skipBlank(acrossLines: false)
    }
    try expect("}")
    return .dict(table)
  }

  private mutating func scalar() throws(Malformed) -> Value {
    let start = position
    while let byte = peek, TOMLReader.isBare(byte) || "+.:".utf8.contains(byte) { position += 1 }
    // A date and its time may be apart by a space.
    if position - start == 10, peek == 0x20, position + 1 < bytes.count, (0x30...0x39).contains(bytes[position + 1]) {
      position += 1
      while let byte = peek, TOMLReader.isBare(byte) || "+.:".utf8.contains(byte) { position += 1 }
    }
    let text = GoString(bytes[start..<position])
    switch text {
    case "true": return true
    case "false": return false
    default: break
    }
    if let integer = TOMLReader.integer(text.bytes) { return .int64(integer) }
    if let date = TOMLReader.date(text.text) { return date }
    if let number = NumberText.float(text.bytes) { return .double(number) }
    throw failure("expected value but found \(Quoting.quote(text)) instead")
  }

  private static func integer(_ bytes: [UInt8]) -> Int64? {
    let digits = bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-") ? bytes[1...] : bytes[...]
    if digits.count > 1, digits.first == UInt8(ascii: "0"), (0x30...0x39).contains(digits[digits.startIndex + 1]) {
      return nil
    }
    return NumberText.integer(bytes)
  }

  private static func date(_ text: String) -> Value? {
    let layouts = [
      "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02 15:04:05",
      "2006-01-02", "15:04:05",
    ]
    for layout in layouts {
      if let moment = try? LayoutParser.parse(layout, text) { return .object(moment) }
    }
    return nil
  }

  // MARK: Strings

  private mutating func literalString() throws(Malformed) -> GoString {
    let isLong = bytes[position...].starts(with: "'''".utf8)
    let mark = Array((isLong ? "'''" : "'").utf8)
    position += mark.count
    if isLong { skipFirstNewline() }
    let start = position
    while position < bytes.count {
      if bytes[position...].starts(with: mark) {
        let text = GoString(bytes[start..<position])
        position += mark.count
        return text
      }
      guard isLong || bytes[position] != 0x0A else { break }
      position += 1
    }
    throw failure("unexpected end of a literal string")
  }

  private mutating func skipFirstNewline() {
    if peek == 0x0D { position += 1 }
    if peek == 0x0A { position += 1 }
  }

  private mutating func basicString() throws(Malformed) -> GoString {
    let isLong = bytes[position...].starts(with: "\"\"\"".utf8)
    let mark = Array((isLong ? "\"\"\"" : "\"").utf8)
    position += mark.count
    if isLong { skipFirstNewline() }
    var out: [UInt8] = []
    while let byte = peek {
      if bytes[position...].starts(with: mark) {
        position += mark.count
        return GoString(out)
      }
      if byte == UInt8(ascii: "\\") {
        try escape(into: &out, isLong)
      } else {
        guard isLong || byte != 0x0A else { throw failure("strings cannot contain newlines") }
        out.append(byte)
        position += 1
      }
    }
    throw failure("unexpected EOF; expected '\"'")
  }

  private mutating func escape(into out: inout [UInt8], _ isLong: Bool) throws(Malformed) {
    position += 1
    guard let kind = peek else { throw failure("unexpected EOF") }
    position += 1
    switch kind {
    case UInt8(ascii: "b"): out.append(8)
    case UInt8(ascii: "t"): out.append(9)
    case UInt8(ascii: "n"): out.append(10)
    case UInt8(ascii: "f"): out.append(12)
    case UInt8(ascii: "r"): out.append(13)
    case UInt8(ascii: "e"): out.append(27)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out.append(kind)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = kind == UInt8(ascii: "u") ? 4 : 8
      let digits = String(decoding: bytes[position..<min(position + count, bytes.count)], as: UTF8.self)
      guard digits.utf8.count == count, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
        throw failure("expected \(count) hexadecimal digits after '\\\(Unicode.Scalar(kind))'")
      }
      out.append(scalar: scalar)
      position += count
    case 0x20, 0x09, 0x0A, 0x0D:
      guard isLong else { throw failure("invalid escape in a string") }
      while let next = peek, [0x20, 0x09, 0x0A, 0x0D].contains(next) { position += 1 }
    default: throw failure("invalid escape character '\(Unicode.Scalar(kind))'")
    }
  }
}
