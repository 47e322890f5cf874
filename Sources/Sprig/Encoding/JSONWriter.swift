import GoTemplate
import YAML

/// Values as JSON, byte for byte as Go's `encoding/json` writes them.
public struct JSONWriter {
  private var out: [UInt8] = []
  private let escapesHTML: Bool
  private let indentation: String?

  /// Why a value is no JSON.
  public struct Unsupported: Error {
    /// What Go says.
    public var message: String
  }

  private init(escapesHTML: Bool, indentation: String?) {
    self.escapesHTML = escapesHTML
    self.indentation = indentation
  }

  /// The JSON of a value; the defaults are those of `json.Marshal`.
  public static func write(
    _ value: Value, escapesHTML: Bool = true, indentation: String? = nil
  ) throws(Unsupported) -> GoString {
    var writer = JSONWriter(escapesHTML: escapesHTML, indentation: indentation)
    try writer.write(value, depth: 0)
    return GoString(writer.out)
  }

  /// A value nests no deeper: one that was put into itself never ends.
  static let deepest = 1_000

  private mutating func write(_ value: Value, depth: Int) throws(Unsupported) {
    guard depth < JSONWriter.deepest else { throw Unsupported(message: "json: unsupported value: encountered a cycle") }
    switch value {
    case .missing, .null: out.append("null")
    case .bool(let truth): out.append(truth ? "true" : "false")
    case .int(let integer, _): out.append(String(integer))
    case .uint(let integer, _): out.append(String(integer))
    case .double(let number):
      guard number.isFinite else {
        throw Unsupported(message: "json: unsupported value: \(GoString(FloatText.format(number, "g")))")
      }
      out.append(GoFloat.json(number))
    case .complex: throw Unsupported(message: "json: unsupported type: complex128")
    case .string(let text): append(text)
    case .bytes(let bytes): out.append("\"" + Base64.encode(bytes).text + "\"")
    case .list(let list): try write(list, depth)
    case .dict(let dict): try write(dict, depth)
    case .object(let object):
      guard let fields = object.orderedFields else { return try write(object.marshaled, depth: depth + 1) }
      try write(fields, depth)
    }
  }

  private mutating func write(_ list: List, _ depth: Int) throws(Unsupported) {
    guard !list.isNil else { return out.append("null") }
    out.append(UInt8(ascii: "["))
    for (index, element) in list.elements.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      breakLine(depth + 1)
      try write(element, depth: depth + 1)
    }
    if !list.elements.isEmpty { breakLine(depth) }
    out.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ dict: Dict, _ depth: Int) throws(Unsupported) {
    guard !dict.isNil else { return out.append("null") }
    try write(dict.sortedKeys.map { ($0, dict[$0] ?? .null) }, depth)
  }

  private mutating func write(_ fields: [(name: GoString, value: Value)], _ depth: Int) throws(Unsupported) {
    out.append(UInt8(ascii: "{"))
    for (index, field) in fields.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      breakLine(depth + 1)
      append(field.name)
      out.append(indentation == nil ? ":" : ": ")
      try write(field.value, depth: depth + 1)
    }
    if !fields.isEmpty { breakLine(depth) }
    out.append(UInt8(ascii: "}"))
  }

  /// A text in quotes; Go escapes the U+FFFD it writes for a byte that is no UTF-8, and only that.
  private mutating func append(_ text: GoString) {
    if let valid = String(validating: text.bytes, as: UTF8.self) {
      return JSONString.append(valid, to: &out, escapesHTML: escapesHTML)
    }
    out.append(UInt8(ascii: "\""))
    var index = 0
    while index < text.bytes.count {
      let next = GoString.decode(text.bytes, at: index)
      index += next.length
      if next.isValid {
        var quoted: [UInt8] = []
        JSONString.append(String(next.scalar), to: &quoted, escapesHTML: escapesHTML)
        out += quoted.dropFirst().dropLast()
      } else {
        out.append(#"\ufffd"#)
      }
    }
    out.append(UInt8(ascii: "\""))
  }

  private mutating func breakLine(_ depth: Int) {
    guard let indentation else { return }
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { out.append(indentation) }
  }
}

extension GoString {
  /// As text with U+FFFD for each byte that is no UTF-8, as Go counts them.
  var replacingInvalid: String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }
}
