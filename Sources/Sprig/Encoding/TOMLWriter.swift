import GoTemplate

/// Values as TOML, byte for byte as the Go library behind Helm's `toToml` writes them: plain keys first, then tables,
/// indented by two spaces a level.
struct TOMLWriter {
  /// Why a value is no TOML.
  struct Unsupported: Error {
    var message: String
  }

  private var out: [UInt8] = []

  static func write(_ value: Value) throws(Unsupported) -> GoString {
    var writer = TOMLWriter()
    guard !value.isNil else { throw Unsupported(message: "reflect: call of reflect.Value.Type on zero Value") }
    if case .complex = value { throw Unsupported(message: "unsupported type for key '': complex128") }
    try writer.write(value, at: [], depth: 0)
    return GoString(writer.out)
  }

  /// A value under its path: the document itself where that is empty.
  private mutating func write(_ value: Value, at path: [GoString], depth: Int) throws(Unsupported) {
    switch (try TOMLWriter.shape(of: value, depth), value.underlying) {
    case (.table, .dict(let dict)):
      if path.count == 1 { breakLine() }
      if !path.isEmpty { header(path, "[", "]") }
      try table(dict, path, depth)
    case (.tables, .list(let list)):
      guard !path.isEmpty else { throw Unsupported(message: "toml: top-level values must be Go maps or structs") }
      for case .dict(let dict) in list.elements.map(\.underlying) {
        breakLine()
        header(path, "[[", "]]")
        try table(dict, path, depth)
      }
    default:
      if let key = path.last {
        indent(path.count - 1)
        out.append(TOMLWriter.key(key) + " = ")
      }
      try inline(value, depth)
      if !path.isEmpty { breakLine() }
    }
  }

  /// Between parts: nothing at the very start.
  private mutating func breakLine() {
    if !out.isEmpty { out.append(UInt8(ascii: "\n")) }
  }

  private mutating func table(_ dict: Dict, _ path: [GoString], _ depth: Int) throws(Unsupported) {
    for key in try TOMLWriter.ordered(dict, depth) {
      guard let value = dict[key], !value.isNilInGo else { continue }
      try write(value, at: path + [key], depth: depth + 1)
    }
  }

  private enum Shape { case plain, table, tables }

  /// Maps are tables, and so are lists that hold nothing but maps. Whoever looks at a list finds nils in it.
  private static func shape(of value: Value, _ depth: Int) throws(Unsupported) -> Shape {
    guard depth < JSONWriter.deepest else { throw Unsupported(message: "toml: nested too deep") }
    switch value.underlying {
    case .dict(let dict): return dict.isNil ? .plain : .table
    case .list(let list):
      var isOfTables = !list.elements.isEmpty
      for element in list.elements {
        guard !element.isNilInGo else { throw Unsupported(message: "toml: cannot encode array with nil element") }
        if try shape(of: element, depth + 1) != .table { isOfTables = false }
      }
      return isOfTables ? .tables : .plain
    case .complex: throw Unsupported(message: "unsupported type: complex128")
    default: return .plain
    }
  }

  /// The keys of a map: those of plain values before those of tables.
  private static func ordered(_ dict: Dict, _ depth: Int) throws(Unsupported) -> [GoString] {
    var (plain, tables) = ([GoString](), [GoString]())
    for key in dict.sortedKeys {
      if try shape(of: dict[key] ?? .null, depth + 1) == .plain { plain.append(key) } else { tables.append(key) }
    }
    return plain + tables
  }

  private mutating func indent(_ depth: Int) {
    for _ in 0..<max(depth, 0) { out.append("  ") }
  }

  private mutating func header(_ path: [GoString], _ open: String, _ close: String) {
    indent(path.count - 1)
    out.append(open + path.map(TOMLWriter.key).joined(separator: ".") + close + "\n")
  }

  private static func key(_ key: GoString) -> String {
    let isBare =
      !key.isEmpty
      && key.bytes.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
      }
    return isBare ? key.text : quoted(key)
  }

  private mutating func inline(_ value: Value, _ depth: Int) throws(Unsupported) {
    guard depth < JSONWriter.deepest else { throw Unsupported(message: "toml: nested too deep") }
    switch value {
    case .bool(let truth): out.append(truth ? "true" : "false")
    case .int(let integer, _): out.append(String(integer))
    case .uint(let integer, _): out.append(String(integer))
    case .double(let number): out.append(TOMLWriter.float(number))
    case .string(let text): out.append(TOMLWriter.quoted(text))
    case .object(let moment as Moment): if case .string(let text) = moment.marshaled { out += text.bytes }
    case .object(let object): try inline(object.marshaled, depth + 1)
    case .bytes(let bytes): try inline(.list(List(bytes.map { .int(Int($0)) })), depth + 1)
    case .list(let list):
      out.append(UInt8(ascii: "["))
      for (index, element) in list.elements.enumerated() {
        if index > 0 { out.append(", ") }
        try inline(element, depth + 1)
      }
      out.append(UInt8(ascii: "]"))
    case .dict(let dict): try inlineTable(dict, depth)
    case .missing, .null, .complex: throw Unsupported(message: "toml: unsupported type")
    }
  }

  /// The comma after a key depends on the keys that follow, also where their values are nil and left out.
  private mutating func inlineTable(_ dict: Dict, _ depth: Int) throws(Unsupported) {
    out.append(UInt8(ascii: "{"))
    let keys = try TOMLWriter.ordered(dict, depth)
    for (index, key) in keys.enumerated() {
      guard let value = dict[key], !value.isNilInGo else { continue }
      out.append(TOMLWriter.key(key) + " = ")
      try inline(value, depth + 1)
      if index + 1 < keys.count { out.append(", ") }
    }
    out.append(UInt8(ascii: "}"))
  }

  private static func float(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    let text = GoString(FloatText.format(number, "g")).text
    return text.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "e") } ? text : text + ".0"
  }

  private static func quoted(_ text: GoString) -> String {
    var out = "\""
    for scalar in text.replacingInvalid.unicodeScalars {
      switch scalar {
      case "\"": out += #"\""#
      case "\\": out += #"\\"#
      case "\n": out += #"\n"#
      case "\t": out += #"\t"#
      case "\r": out += #"\r"#
      case "\u{08}": out += #"\b"#
      case "\u{0C}": out += #"\f"#
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          out += "\\u" + Quoting.hex(scalar.value, 4)
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }
}

extension Value {
  /// Whether Go holds nil for it: a list or a map can be that too.
  fileprivate var isNilInGo: Bool {
    switch self {
    case .list(let list): list.isNil
    case .dict(let dict): dict.isNil
    default: isNil
    }
  }
}
