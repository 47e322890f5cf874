/// The Go types a template can meet. Their names show in error texts, `printf "%T"` and sprig's `typeOf`.
public indirect enum GoType: Sendable, Hashable {
  /// `interface {}`: anything.
  case any
  /// A parameter that takes the value itself, be it none: how Go's own functions are declared.
  case value
  /// `bool`
  case bool
  /// A signed integer.
  case integer(Integer)
  /// An unsigned integer.
  case unsigned(Unsigned)
  /// `float64`
  case float64
  /// `complex128`
  case complex128
  /// `string`
  case string
  /// `[]Element`
  case slice(GoType)
  /// `map[Key]Element`
  case map(GoType, GoType)
  /// A type of a package, such as `time.Time` or `*semver.Version`, with its kind.
  case named(String, kind: String)

  /// The signed integers.
  public enum Integer: String, Sendable, Hashable {
    /// One case a width.
    case int, int8, int16, int32, int64
  }

  /// The unsigned integers.
  public enum Unsigned: String, Sendable, Hashable {
    /// One case a width.
    case uint, uint8, uint16, uint32, uint64
  }

  /// `[]interface {}`
  public static let anySlice = GoType.slice(.any)
  /// `map[string]interface {}`
  public static let anyMap = GoType.map(.string, .any)
  /// `[]string`
  public static let strings = GoType.slice(.string)
  /// `map[string]string`
  public static let stringMap = GoType.map(.string, .string)
  /// `[]uint8`
  public static let byteSlice = GoType.slice(.unsigned(.uint8))
  /// `int`
  public static let int = GoType.integer(.int)
  /// `int64`
  public static let int64 = GoType.integer(.int64)
  /// `error`
  public static let error = GoType.named("error", kind: "interface")

  /// Whether `nil` can stand for a value of the type.
  public var canBeNil: Bool {
    switch self {
    case .any, .value, .slice, .map: true
    case .named(_, let kind): ["ptr", "interface", "map", "slice", "func"].contains(kind)
    case .bool, .integer, .unsigned, .float64, .complex128, .string: false
    }
  }

  /// Whether values of the type are stored behind an interface, so that Go calls their static type `interface {}`.
  public var isInterface: Bool { self == .any }

  /// The name of the kind, as Go's `reflect` has it.
  public var kind: String {
    switch self {
    case .any: "interface"
    case .value: "struct"
    case .slice: "slice"
    case .map: "map"
    case .named(_, let kind): kind
    case .bool, .integer, .unsigned, .float64, .complex128, .string: description
    }
  }

  /// The value of the type that Go starts with.
  public var zero: Value {
    switch self {
    case .any, .value, .named: .null
    case .bool: .bool(false)
    case .integer(let width): .int(0, width)
    case .unsigned(let width): .uint(0, width)
    case .float64: .double(0)
    case .complex128: .complex(0, 0)
    case .string: .string("")
    case .slice(let element): .list(List([], of: element, isNil: true))
    case .map(let key, let element): .dict(Dict([:], key: key, element: element, isNil: true))
    }
  }
}

extension GoType: CustomStringConvertible {
  /// As Go prints it.
  public var description: String {
    switch self {
    case .any: "interface {}"
    case .value: "reflect.Value"
    case .bool: "bool"
    case .integer(let width): width.rawValue
    case .unsigned(let width): width.rawValue
    case .float64: "float64"
    case .complex128: "complex128"
    case .string: "string"
    case .slice(let element): "[]\(element)"
    case .map(let key, let element): "map[\(key)]\(element)"
    case .named(let name, _): name
    }
  }
}
