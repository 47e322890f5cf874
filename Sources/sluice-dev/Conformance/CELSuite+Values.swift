import CEL
import YAML

extension Value {
  /// A value as the specification writes it; nil for messages and enumerations.
  init?(specified node: Node) {
    guard let entry = node.mapping?.entries.first else { return nil }
    let text = entry.value.scalar?.text ?? ""
    switch entry.key.text {
    case "null_value": self = .null
    case "bool_value": self = .bool(text == "true")
    case "int64_value":
      guard let number = Int64(text) else { return nil }
      self = .int(number)
    case "uint64_value":
      guard let number = UInt64(text) else { return nil }
      self = .uint(number)
    case "double_value":
      guard let number = Double(text.replacing("Infinity", with: "inf")) else { return nil }
      self = .double(number)
    case "string_value": self = .string(text)
    case "bytes_value":
      guard let bytes = Self.decoded(text) else { return nil }
      self = .bytes(bytes)
    case "type_value": self = .type(text)
    case "list_value":
      var items: [Value] = []
      for item in entry.value["values"]?.sequence ?? [] {
        guard let value = Value(specified: item) else { return nil }
        items.append(value)
      }
      self = .list(items)
    case "map_value":
      guard let map = Self.map(entry.value) else { return nil }
      self = .map(map)
    case "object_value":
      guard let value = Self.time(entry.value) else { return nil }
      self = value
    default: return nil
    }
  }

  private static func map(_ node: Node) -> MapValue? {
    var map = MapValue()
    for item in node["entries"]?.sequence ?? [] {
      guard let value = item["value"].flatMap(Value.init(specified:)) else { return nil }
      switch item["key"].flatMap(Value.init(specified:)) {
      case .bool(let key)?: map[.bool(key)] = value
      case .int(let key)?: map[.int(key)] = value
      case .uint(let key)?: map[.uint(key)] = value
      case .string(let key)?: map[.string(key)] = value
      default: return nil
      }
    }
    return map
  }

  /// The only messages that are values here.
  private static func time(_ node: Node) -> Value? {
    let text = node["value"]?.scalar?.text ?? ""
    let function: String
    switch node["@type"]?.scalar?.text {
    case "type.googleapis.com/google.protobuf.Duration": function = "duration"
    case "type.googleapis.com/google.protobuf.Timestamp": function = "timestamp"
    default: return nil
    }
    return evaluated("\(function)(text)", ["text": .string(text)])
  }

  private static func decoded(_ text: String) -> [UInt8]? {
    guard case .bytes(let bytes)? = evaluated("base64.decode(text)", ["text": .string(text)]) else { return nil }
    return bytes
  }

  private static func evaluated(_ expression: String, _ variables: [String: Value]) -> Value? {
    let environment = Environment(variables: variables.mapValues { _ in .dyn })
    return try? environment.parse(expression).evaluate(variables)
  }

  /// The same value of the same type, as the tests of the specification compare: NaN is the same as NaN.
  func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.int(let one), .int(let two)): one == two
    case (.uint(let one), .uint(let two)): one == two
    case (.double(let one), .double(let two)): one == two || (one.isNaN && two.isNaN)
    case (.string(let one), .string(let two)): one.utf8.elementsEqual(two.utf8)
    case (.bytes(let one), .bytes(let two)): one == two
    case (.type(let one), .type(let two)): one == two
    case (.timestamp(let one), .timestamp(let two)): one == two
    case (.duration(let one), .duration(let two)): one == two
    case (.list(let one), .list(let two)): one.count == two.count && zip(one, two).allSatisfy { $0.isSame(as: $1) }
    case (.map(let one), .map(let two)):
      one.count == two.count
        && one.keys.allSatisfy { key in two[key].map { one[key]?.isSame(as: $0) ?? false } ?? false }
    default: false
    }
  }
}
