/// What an expression may name: variables, types and functions; and how strictly it is checked.
public struct Environment: Sendable {
  /// Where names are looked up first, such as `google.rpc`.
  public var container = ""
  /// The variables with their types; a name may have dots.
  public var variables: [String: StaticType] = [:]
  /// Whether the elements of a list literal must be of one type, and the keys and the values of a map literal.
  public var hasHomogeneousLiterals = true
  /// Whether what cel-go works out when it makes a program is worked out, and refused, beforehand too.
  public var plansAhead = false
  /// How much an expression may ask for.
  public var limits = CELLimits.standard
  var functions: [String: Function] = [:]

  /// An environment with the functions of some libraries.
  public init(libraries: [FunctionLibrary] = FunctionLibrary.all, variables: [String: StaticType] = [:]) {
    self.variables = variables
    for function in libraries.flatMap(\.functions) { functions[function.name] = function }
  }

  /// The environment of Flux's controllers: cel-go's standard functions, optionals, and its extensions for texts, sets and
  /// encodings (`runtime/cel` of fluxcd/pkg).
  public static func flux(variables: [String: StaticType] = [:]) -> Environment {
    var environment = standardOfFlux
    environment.variables = variables
    return environment
  }

  private static let standardOfFlux: Environment = {
    var environment = Environment()
    environment.plansAhead = true
    return environment
  }()

  /// Reads an expression without checking names and types.
  public func parse(_ source: String) throws(CompileError) -> Program {
    let program = try read(source)
    try plan(program, Array(source.utf8))
    return program
  }

  /// Reads and checks an expression.
  public func compile(_ source: String) throws(CompileError) -> Program {
    var program = try read(source)
    let bytes = Array(source.utf8)
    var checker = Checker(environment: self, source: bytes)
    program.resultType = checker.check(program.tree)
    guard checker.problems.isEmpty else { throw CompileError(checker.problems) }
    try plan(program, bytes)
    return program
  }

  private func read(_ source: String) throws(CompileError) -> Program {
    do throws(CELProblem) {
      let tree = try Parser.parse(source, limits: limits)
      return Program(environment: self, tree: Binder(environment: self).bind(tree))
    } catch {
      throw CompileError([error])
    }
  }

  private func plan(_ program: Program, _ source: [UInt8]) throws(CompileError) {
    guard plansAhead else { return }
    var check = PlanCheck(environment: self, source: source)
    check.check(program.tree)
    guard check.problems.isEmpty else { throw CompileError(check.problems) }
  }

  /// Reads and checks an expression that must yield `type`, and is not content with one that only may.
  public func compile(_ source: String, yielding type: StaticType) throws(CompileError) -> Program {
    let program = try compile(source)
    guard program.resultType == type else {
      let message = "output type mismatch: expected \(type), got \(program.resultType)"
      throw CompileError([CELProblem(.type, message, at: program.tree.range, in: Array(source.utf8))])
    }
    return program
  }

  /// Where a name may be found, nearest first.
  func candidates(for name: String) -> [String] {
    if name.hasPrefix(".") { return [String(name.dropFirst())] }
    var found: [String] = []
    var parts = container.split(separator: ".").map(String.init)
    while !parts.isEmpty {
      found.append((parts + [name]).joined(separator: "."))
      parts.removeLast()
    }
    return found + [name]
  }

  func function(named name: String) -> Function? {
    candidates(for: name).lazy.compactMap { functions[$0] }.first
  }
}
