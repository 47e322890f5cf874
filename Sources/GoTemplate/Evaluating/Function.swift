/// A function that templates can call, declared as Go declares it: the types of the parameters decide what is a
/// mistake of the caller, and how the mistake is worded.
public struct Function: Sendable {
  /// What runs: the arguments fit the parameters.
  public typealias Body = @Sendable (_ arguments: [Value], _ evaluator: inout Evaluator) throws(FunctionError) -> Value

  /// The name in templates.
  public let name: String
  /// The types of the fixed parameters.
  public let parameters: [GoType]
  /// The type of any further arguments; nil when there can be none.
  public let variadic: GoType?
  /// What runs.
  public let body: Body
  /// How the steps that a call takes follow from its arguments.
  public private(set) var cost = Cost.shallow

  /// How the steps that a call takes follow from its arguments.
  public enum Cost: Sendable {
    /// It reads texts, and looks at the elements of collections, but not into them.
    case shallow
    /// It takes texts apart: a step for every four bytes.
    case reading
    /// It takes texts apart, of which a short one can make large values: these are counted.
    case expanding
    /// It takes texts apart, and works for as long as some steps before it begins.
    case heavy(steps: Int)
    /// It walks over all that is in a value, a number of times.
    case deep(times: Int = 1)
    /// It compares the elements of a list with each other and with the other arguments, all the way down.
    case comparing
  }

  /// The same function at another cost.
  public func costing(_ cost: Cost) -> Function {
    var result = self
    result.cost = cost
    return result
  }

  /// A function that needs the evaluation around it.
  public init(_ name: String, _ parameters: GoType..., variadic: GoType? = nil, evaluating body: @escaping Body) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.body = body
  }

  /// A function that needs the evaluation around it, its parameters in an array.
  public init(_ name: String, _ parameters: [GoType], variadic: GoType? = nil, evaluating body: @escaping Body) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.body = body
  }

  /// A function of its arguments alone.
  public init(
    _ name: String, _ parameters: GoType..., variadic: GoType? = nil,
    body: @escaping @Sendable (_ arguments: [Value]) throws(FunctionError) -> Value
  ) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.body = { (arguments, _) throws(FunctionError) in try body(arguments) }
  }

  /// The same function under another name.
  public func named(_ name: String) -> Function {
    Function(name: name, parameters: parameters, variadic: variadic, body: body).costing(cost)
  }

  init(name: String, parameters: [GoType], variadic: GoType?, body: @escaping Body) {
    self.name = name
    self.parameters = parameters
    self.variadic = variadic
    self.body = body
  }
}

/// Functions by name.
public struct FunctionTable: Sendable {
  private var functions: [String: Function]

  /// A table of these; the last of a name counts.
  public init(_ functions: [Function]) {
    self.functions = Dictionary(functions.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  /// The functions Go itself defines.
  public static let builtins = FunctionTable(Builtins.functions)

  /// The function of a name.
  public subscript(name: String) -> Function? { functions[name] }

  /// This table with more functions, which replace those of the same name.
  public func adding(_ more: [Function]) -> FunctionTable {
    var result = self
    for function in more { result.functions[function.name] = function }
    return result
  }

  /// This table without the functions of these names.
  public func removing(_ names: [String]) -> FunctionTable {
    var result = self
    for name in names { result.functions[name] = nil }
    return result
  }

  /// All names, sorted.
  public var names: [String] { functions.keys.sorted() }
}
