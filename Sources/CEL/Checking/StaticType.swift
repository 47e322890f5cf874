/// What is known of a value before it is there.
public indirect enum StaticType: Sendable, Hashable {
  /// Anything: what a value is shows when the expression runs.
  case dyn
  /// Of an expression that is wrong; fits everywhere, so that one fault is reported once.
  case error
  case null
  case bool
  case int
  case uint
  case double
  case string
  case bytes
  case timestamp
  case duration
  case list(StaticType)
  case map(StaticType, StaticType)
  /// A type as a value.
  case type
  case optional(StaticType)
  /// A place holder in the declaration of a function.
  case parameter(String)
  /// A type that is to be found out.
  case variable(Int)

  /// What cel-go makes of `google.protobuf.Struct`: an object of which only the keys are known to be texts.
  public static let object = StaticType.map(.string, .dyn)

  var isDynamic: Bool { self == .dyn || self == .error }
  var isVariable: Bool { if case .variable = self { true } else { false } }
}

extension StaticType: CustomStringConvertible {
  /// As cel-go writes it.
  public var description: String {
    switch self {
    case .dyn: "dyn"
    case .error: "!error!"
    case .null: "null"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .type: "type"
    case .optional(let inner): "optional_type(\(inner))"
    case .parameter(let name): name
    case .variable(let number): "_var\(number)"
    }
  }
}

extension StaticType {
  /// Whether it nests more than `limit` types.
  func isDeeper(than limit: Int) -> Bool {
    guard limit > 0 else { return true }
    return switch self {
    case .list(let element), .optional(let element): element.isDeeper(than: limit - 1)
    case .map(let key, let value): key.isDeeper(than: limit - 1) || value.isDeeper(than: limit - 1)
    default: false
    }
  }
}
