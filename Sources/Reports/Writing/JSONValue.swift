/// A JSON value. Members keep their order, so that the same report always gives the same bytes.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case number(Int)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// An object without the members that are nil.
  package static func members(_ members: [(String, JSONValue?)]) -> JSONValue {
    .object(members.compactMap { name, value in value.map { (name, $0) } })
  }

  package static func strings(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }

  /// As text, two spaces a level, with a line break at the end.
  package func bytes() -> [UInt8] {
    var writer = JSONWriter()
    writer.write(self, depth: 0)
    writer.out.append(UInt8(ascii: "\n"))
    return writer.out
  }
}

/// Our values nest a dozen levels at most, whatever the input: recursion is safe here.
private struct JSONWriter {
  var out: [UInt8] = []

  mutating func write(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: put("null")
    case .bool(let bool): put(bool ? "true" : "false")
    case .number(let number): put("\(number)")
    case .string(let text): string(text)
    case .array(let elements):
      list("[", elements, "]", depth: depth) { writer, element in writer.write(element, depth: depth + 1) }
    case .object(let members):
      list("{", members, "}", depth: depth) { writer, member in
        writer.string(member.0)
        writer.put(": ")
        writer.write(member.1, depth: depth + 1)
      }
    }
  }

  private mutating func list<Element>(
    _ open: String, _ elements: [Element], _ close: String, depth: Int, _ body: (inout JSONWriter, Element) -> Void
  ) {
    put(open)
    for (index, element) in elements.enumerated() {
      put(index == 0 ? "\n" : ",\n")
      indent(depth + 1)
      body(&self, element)
    }
    if !elements.isEmpty {
      put("\n")
      indent(depth)
    }
    put(close)
  }

  private mutating func indent(_ depth: Int) {
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * depth))
  }

  private mutating func put(_ text: String) {
    out.append(contentsOf: text.utf8)
  }

  /// Everything that could steer whoever looks at the raw text is escaped; the value stays what it is.
  private mutating func string(_ text: String) {
    put("\"")
    defer { put("\"") }
    if text.utf8.allSatisfy({ Self.isPlain[Int($0)] }) { return put(text) }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": put("\\\"")
      case "\\": put("\\\\")
      case "\n": put("\\n")
      case "\r": put("\\r")
      case "\t": put("\\t")
      // So that a report can be put into a page as it is.
      case "<": put("\\u003c")
      case " "..."~": out.append(UInt8(truncatingIfNeeded: scalar.value))
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator:
          for unit in String(scalar).utf16 { put("\\u" + hex(unit)) }
        default: put(String(scalar))
        }
      }
    }
  }

  private static let isPlain: [Bool] = (0..<256).map { byte in
    byte >= 0x20 && byte < 0x7F && byte != 0x22 && byte != 0x5C && byte != 0x3C
  }

  private func hex(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
