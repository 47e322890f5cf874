/// What a template computes with.
///
/// Values belong to the one evaluation that made them, on the one thread it runs on: lists and dicts are shared boxes
/// (see `Dict`), so the type is not `Sendable`.
public enum Value {
  /// No value at all: an absent key, the result of a pipeline over null. Prints as `<no value>`.
  case missing
  /// `nil` in an `interface {}`: what a null of YAML is. Prints as `<nil>` inside of other values.
  case null
  /// A truth value.
  case bool(Bool)
  /// A signed integer of some width.
  case int(Int64, GoType.Integer)
  /// An unsigned integer of some width.
  case uint(UInt64, GoType.Unsigned)
  /// `float64`; numbers of values files are these.
  case double(Double)
  /// `complex128`: a literal such as `1i`.
  case complex(Double, Double)
  /// A string.
  case string(GoString)
  /// `[]byte`.
  case bytes([UInt8])
  /// A list.
  case list(List)
  /// A map.
  case dict(Dict)
  /// Something with methods: a version, a time, the files of a chart.
  case object(any TemplateObject)

  /// An `int`.
  public static func int(_ value: Int) -> Value { .int(Int64(value), .int) }
  /// An `int64`.
  public static func int64(_ value: Int64) -> Value { .int(value, .int64) }
  /// A string.
  public static func text(_ value: String) -> Value { .string(GoString(value)) }
  /// A new list of anything.
  public static func anyList(_ elements: [Value]) -> Value { .list(List(elements)) }
  /// A new list of strings.
  public static func strings(_ elements: [GoString]) -> Value {
    .list(List(elements.map { .string($0) }, of: .string))
  }
  /// A new map of anything.
  public static func anyDict(_ entries: [GoString: Value]) -> Value { .dict(Dict(entries)) }

  /// Whether there is nothing: missing or null.
  public var isNil: Bool {
    switch self {
    case .missing, .null: true
    default: false
    }
  }

  /// The type of what is held; `any` for nothing.
  public var type: GoType {
    switch self {
    case .missing, .null: .any
    case .bool: .bool
    case .int(_, let width): .integer(width)
    case .uint(_, let width): .unsigned(width)
    case .double: .float64
    case .complex: .complex128
    case .string: .string
    case .bytes: .byteSlice
    case .list(let list): list.type
    case .dict(let dict): dict.type
    case .object(let object): object.type
    }
  }

  /// What the object stands for when it is ranged over, indexed or measured; any other value itself.
  public var underlying: Value {
    if case .object(let object) = self, let value = object.underlying { return value }
    return self
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A string.
  public init(stringLiteral value: String) { self = .string(GoString(value)) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// An `int`.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A `float64`.
  public init(floatLiteral value: Double) { self = .double(value) }
  /// A list of anything.
  public init(arrayLiteral elements: Value...) { self = .anyList(elements) }
  /// A map of anything; the last of equal keys counts.
  public init(dictionaryLiteral elements: (String, Value)...) {
    self = .anyDict(Dictionary(elements.map { (GoString($0), $1) }, uniquingKeysWith: { $1 }))
  }
}

/// Something that templates reach by fields and methods and not by keys: an immutable handle.
public protocol TemplateObject: AnyObject, Sendable {
  /// The Go type, as error texts and `typeOf` show it.
  var type: GoType { get }
  /// A field of a struct, nil when there is none of the name.
  func field(_ name: GoString) -> Value?
  /// A method, nil when there is none of the name.
  func method(_ name: GoString) -> Function?
  /// The list, map or number it is a named form of, nil for a struct.
  var underlying: Value? { get }
  /// What its `String` or `Error` method gives; nil when it has none.
  var text: GoString? { get }
  /// What it is in JSON, YAML and TOML.
  var marshaled: Value { get }
  /// The fields of a struct in their order, where JSON shows them in it; nil where `marshaled` says all.
  var orderedFields: [(name: GoString, value: Value)]? { get }
  /// Whether it equals another object of its type.
  func isEqual(to other: any TemplateObject) -> Bool
}

extension TemplateObject {
  /// None.
  public func field(_ name: GoString) -> Value? { nil }
  /// None.
  public func method(_ name: GoString) -> Function? { nil }
  /// None: a struct.
  public var underlying: Value? { nil }
  /// None: the order is that of the names.
  public var orderedFields: [(name: GoString, value: Value)]? { nil }
  /// What it stands for, or its text.
  public var marshaled: Value { underlying ?? text.map { .string($0) } ?? .anyDict([:]) }
}
