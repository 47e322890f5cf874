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
    guard case .dict(let dict) = value.underlying else {
      throw Unsupported(message: "toml: top-level values must be Go maps or structs")
    }
    try writer.table(dict, path: [], depth: 0)
    return GoString(writer.out)
  }

  private mutating func table(_ dict: Dict, path: [GoString], depth: Int) throws(Unsupported) {
    guard depth < JSONWriter.deepest else { throw Unsupported(message: "toml: nested too deep") }
    let keys = dict.sortedKeys.filter { !(dict[$0]?.isNil ?? true) }
    for key in keys where !TOMLWriter.isTable(dict[key]) {
      guard let value = dict[key] else { continue }
      indent(path.count)
      out.append(TOMLWriter.key(key) + " = ")
      try inline(value, depth)
      out.append(UInt8(ascii: "\n"))
    }
    for key in keys where TOMLWriter.isTable(dict[key]) {
      switch dict[key]?.underlying {
      case .dict(let inner):
        header(path + [key], "[", "]")
        try table(inner, path: path + [key], depth: depth + 1)
      case .list(let list):
        for case .dict(let inner) in list.elements {
          header(path + [key], "[[", "]]")
          try table(inner, path: path + [key], depth: depth + 1)
        }
      default: break
      }
    }
  }

  /// Maps are tables, and so are lists that hold nothing but maps.
  private static func isTable(_ value: Value?) -> Bool {
    switch value?.underlying {
    case .dict: return true
    case .list(let list):
      return !list.elements.isEmpty
        && list.elements.allSatisfy { element in
          if case .dict = element { return true }
          return false
        }
    default: return false
    }
  }

  private mutating func indent(_ depth: Int) {
    for _ in 0..<max(depth, 0) { out.append("  ") }
  }

  private mutating func header(_ path: [GoString], _ open: String, _ close: String) {
    if !out.isEmpty { out.append(UInt8(ascii: "\n")) }
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
    case .object(let object): try inline(object.marshaled, depth + 1)
    case .bytes(let bytes): try inline(.list(List(bytes.map { .int(Int($0)) })), depth + 1)
    case .list(let list):
      out.append(UInt8(ascii: "["))
      for (index, element) in list.elements.enumerated() {
        if index > 0 { out.append(", ") }
        guard !element.isNil else { throw Unsupported(message: "toml: cannot encode array with nil element") }
        try inline(element, depth + 1)
      }
      out.append(UInt8(ascii: "]"))
    case .dict(let dict):
      out.append(UInt8(ascii: "{"))
      for (index, key) in dict.sortedKeys.filter({ !(dict[$0]?.isNil ?? true) }).enumerated() {
        if index > 0 { out.append(", ") }
        out.append(TOMLWriter.key(key) + " = ")
        try inline(dict[key] ?? .null, depth + 1)
      }
      out.append(UInt8(ascii: "}"))
    case .missing, .null, .complex: throw Unsupported(message: "toml: unsupported type")
    }
  }

  private static func float(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    if number == 0 { return number.sign == .minus ? "-0.0" : "0.0" }
    let exponent = number.magnitude
    let text = GoString(FloatText.format(number, exponent < 1e-4 || exponent >= 1e21 ? "e" : "f")).text
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
