import YAML

/// Writes JSON as Go's `encoding/json` does: keys sorted, and `<`, `>`, `&` escaped.
struct JSONEncoder {
  private(set) var bytes: [UInt8] = []
  private var needsComma = false

  mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    needsComma = false
  }

  mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    needsComma = true
  }

  mutating func key(_ key: String) {
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  mutating func string(_ text: String) {
    separate()
    quote(text)
    needsComma = true
  }

  mutating func value(_ node: Node) {
    switch node.value {
    case .scalar(let scalar): self.scalar(scalar)
    case .sequence(let items):
      separate()
      bytes.append(UInt8(ascii: "["))
      needsComma = false
      for item in items { value(item) }
      bytes.append(UInt8(ascii: "]"))
      needsComma = true
    case .mapping(let mapping):
      beginObject()
      for entry in mapping.entries.sorted(by: { $0.key.text < $1.key.text }) {
        key(entry.key.text)
        value(entry.value)
      }
      endObject()
    }
  }

  private mutating func scalar(_ scalar: Scalar) {
    switch scalar.resolved {
    case .string(let text), .timestamp(let text): string(text)
    case .null: literal("null")
    case .bool(let value): literal(value ? "true" : "false")
    case .int(let value): literal(String(value))
    case .uint(let value): literal(String(value))
    case .float(let value): literal(GoFloat.json(value))
    case .mismatch: string(scalar.text)
    }
  }

  private mutating func literal(_ text: String) {
    separate()
    bytes += Array(text.utf8)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
  }

  private mutating func quote(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    let utf8 = Array(text.utf8)
    var copied = 0
    for index in utf8.indices {
      guard let escape = Self.escape(at: index, in: utf8) else { continue }
      bytes += utf8[copied..<index]
      bytes += Array(escape.text.utf8)
      copied = index + escape.length
    }
    bytes += utf8[copied...]
    bytes.append(UInt8(ascii: "\""))
  }

  /// What stands for the byte at `index`, and how many bytes it replaces; nil where the byte stands for itself.
  private static func escape(at index: Int, in text: [UInt8]) -> (text: String, length: Int)? {
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "\""): return (#"\""#, 1)
    case UInt8(ascii: "\\"): return (#"\\"#, 1)
    case 0x0A: return (#"\n"#, 1)
    case 0x0D: return (#"\r"#, 1)
    case 0x09: return (#"\t"#, 1)
    case 0x08: return (#"\b"#, 1)
    case 0x0C: return (#"\f"#, 1)
    case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
      return ("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16), 1)
    case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8:
      // U+2028 and U+2029 end lines in JavaScript.
      return (text[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
    default: return nil
    }
  }
}
