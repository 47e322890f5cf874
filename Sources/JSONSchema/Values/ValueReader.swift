import Diagnostics
import YAML

/// Turns a YAML tree into JSON's values.
struct ValueReader {
  /// How deep values may nest; the reader of files allows less.
  static let depthLimit = 512

  /// Whose rules say what plain texts mean.
  let dialect: YAMLDialect
  /// Whether numbers count digit by digit as in a JSON file, instead of as the numbers YAML makes of them.
  let isExact: Bool

  /// The value of `node`.
  func value(of node: Node) throws(SchemaError) -> JSONValue {
    try value(of: node, depth: 0)
  }

  private func value(of node: Node, depth: Int) throws(SchemaError) -> JSONValue {
    guard depth < Self.depthLimit else { throw SchemaError(.nestedTooDeeply, at: node.origin.location) }
    switch node.value {
    case .scalar(let scalar):
      return JSONValue(kind: kind(of: scalar), origin: node.origin)
    case .sequence(let nodes):
      var items: [JSONValue] = []
      items.reserveCapacity(nodes.count)
      for item in nodes { items.append(try value(of: item, depth: depth + 1)) }
      return JSONValue(kind: .array(items), origin: node.origin)
    case .mapping(let mapping):
      var members: [JSONObject.Member] = []
      members.reserveCapacity(mapping.count)
      for entry in mapping.entries {
        members.append(
          JSONObject.Member(
            name: entry.key.text, nameOrigin: entry.keyOrigin, value: try value(of: entry.value, depth: depth + 1)))
      }
      return JSONValue(kind: .object(JSONObject(members)), origin: node.origin)
    }
  }

  private func kind(of scalar: Scalar) -> JSONValue.Kind {
    if isExact, scalar.style == .plain, scalar.tag == .none, let number = JSONNumber(scalar.text) {
      return .number(number, text: scalar.text)
    }
    switch scalar.resolved(by: dialect) {
    case .null: return .null
    case .bool(let value): return .boolean(value)
    case .int(let value): return number(String(value))
    case .uint(let value): return number(String(value))
    case .float(let value): return value.isFinite ? number(GoFloat.json(value)) : .foreign(type: "float64")
    case .timestamp(let text), .string(let text): return .string(text)
    case .mismatch: return .foreign(type: "yaml.Node")
    }
  }

  private func number(_ text: String) -> JSONValue.Kind {
    JSONNumber(text).map { .number($0, text: text) } ?? .foreign(type: "json.Number")
  }
}
