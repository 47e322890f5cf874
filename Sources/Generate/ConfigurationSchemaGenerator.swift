import Policies
import Rules

/// The JSON Schema of `.sluice.yaml`, for editors.
enum ConfigurationSchemaGenerator {
  static func render() -> String {
    let shape = ConfigurationSchema.shape(
      rules: Rule.catalogue.map(\.signature), packs: Pack.builtIn.map(\.name))
    var root: [(String, JSONText)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("title", .text("Configuration of sluice (.sluice.yaml), version \(ConfigurationSchema.version)")),
    ]
    if case .object(let entries) = schema(of: shape) { root += entries }
    return JSONText.object(root).rendered() + "\n"
  }

  private static func schema(of shape: ConfigShape) -> JSONText {
    switch shape {
    case .anything: .object([])
    case .boolean: .object([("type", .text("boolean"))])
    case .integer(let minimum):
      .object([
        ("type", .text("integer")), ("minimum", .number(minimum)), ("maximum", .number(ConfigShape.largestInteger)),
      ])
    case .text(let format): schema(of: format)
    case .list(let item):
      .object([
        ("type", .list([.text("array"), .text("null")])), ("items", item.mayBeNull ? filled(item) : schema(of: item)),
      ])
    case .table(let item):
      .object([("type", .list([.text("object"), .text("null")])), ("additionalProperties", schema(of: item))])
    case .record(let fields): schema(of: fields, mayBeNull: shape.mayBeNull)
    case .keywordOrRecord(let words, let fields):
      .object([("anyOf", .list([schema(of: .text(.oneOf(words))), schema(of: fields)]))])
    }
  }

  /// The schema of an item of a list, which cannot be left out.
  private static func filled(_ shape: ConfigShape) -> JSONText {
    if case .record(let fields) = shape { return schema(of: fields) }
    return schema(of: shape)
  }

  private static func schema(of fields: [ConfigField], mayBeNull: Bool = false) -> JSONText {
    let properties = fields.map { field -> (String, JSONText) in
      guard case .object(let entries) = schema(of: field.shape) else { return (field.name, .object([])) }
      return (field.name, .object([("description", .text(field.summary))] + entries))
    }
    var entries: [(String, JSONText)] = [
      ("type", mayBeNull ? .list([.text("object"), .text("null")]) : .text("object")),
      ("additionalProperties", .boolean(false)), ("properties", .object(properties)),
    ]
    let required = fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { entries.append(("required", .list(required.map(JSONText.text)))) }
    let alternatives = fields.filter(\.isAlternative).map(\.name)
    if !alternatives.isEmpty {
      entries.append(("oneOf", .list(alternatives.map { .object([("required", .list([.text($0)]))]) })))
    }
    return .object(entries)
  }

  private static func schema(of format: ConfigShape.TextFormat) -> JSONText {
    switch format {
    case .any: .object([("type", .text("string")), ("pattern", .text(#"\S"#))])
    case .path:
      .object([
        ("type", .text("string")), ("pattern", .text("^[^/]")),
        ("not", .object([("pattern", .text(#"(^|/)\.\.(/|$)"#))])),
      ])
    case .oneOf(let names):
      // A version may be written without quotes, and a bare `off` is false to readers of YAML 1.1.
      .object([
        (
          "enum",
          .list(
            names.map(JSONText.text) + names.compactMap(Int.init).map(JSONText.number)
              + (names.contains(ConfigurationSchema.off) ? [.boolean(false)] : []))
        )
      ])
    case .date: .object([("type", .text("string")), ("format", .text("date"))])
    case .duration: .object([("type", .text("string")), ("pattern", .text(#"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$"#))])
    case .version(let major):
      .object([
        (
          "anyOf",
          .list([
            .object([("type", .text("string")), ("pattern", .text("^\(major)\\.[0-9]+$"))]),
            .object([
              ("type", .text("number")), ("exclusiveMinimum", .number(major)), ("exclusiveMaximum", .number(major + 1)),
            ]),
          ])
        )
      ])
    }
  }
}

/// A JSON document to be written out, keys in order.
indirect enum JSONText: Sendable {
  case text(String)
  case number(Int)
  case boolean(Bool)
  case list([JSONText])
  case object([(String, JSONText)])

  func rendered(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return Self.quoted(text)
    case .number(let number): return String(number)
    case .boolean(let flag): return flag ? "true" : "false"
    case .list(let items):
      if items.isEmpty { return "[]" }
      return "[\n" + items.map { inner + $0.rendered(indent: inner) }.joined(separator: ",\n") + "\n\(indent)]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let lines = entries.map { "\(inner)\(Self.quoted($0.0)): \($0.1.rendered(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 {
          let hex = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
