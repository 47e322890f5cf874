/// What an expression works with and yields.
public indirect enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  case timestamp(TimestampValue)
  case duration(DurationValue)
  /// A type as a value, by its name.
  case type(String)
  case optional(Value?)
  /// A value that is not known; what it can be.
  case unknown(Outcomes)

  /// A value of which nothing is known.
  public static let anything = Value.unknown(.all)

  /// The name of the type, as `type()` answers it.
  public var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "map"
    case .timestamp: "google.protobuf.Timestamp"
    case .duration: "google.protobuf.Duration"
    case .type: "type"
    case .optional: "optional_type"
    case .unknown: "unknown"
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { true } else { false }
  }

  /// How many parts it has, for the cost of working on it.
  var extent: Int {
    switch self {
    case .string(let text): text.utf8.count
    case .bytes(let bytes): bytes.count
    case .list(let items): items.count
    case .map(let map): map.count
    default: 1
    }
  }
}

/// What the evaluation of an unknown can come to.
public struct Outcomes: OptionSet, Sendable, Hashable {
  /// A bit for each outcome.
  public let rawValue: UInt8

  /// Outcomes by their bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// It can be true.
  public static let isTrue = Outcomes(rawValue: 1)
  /// It can be false.
  public static let isFalse = Outcomes(rawValue: 2)
  /// It can fail.
  public static let fails = Outcomes(rawValue: 4)
  /// It can be something that is no boolean.
  public static let isOther = Outcomes(rawValue: 8)

  /// All of them: nothing is known.
  public static let all: Outcomes = [.isTrue, .isFalse, .fails, .isOther]
  /// What a comparison of unknowns can come to.
  static let comparison: Outcomes = [.isTrue, .isFalse, .fails]
}
