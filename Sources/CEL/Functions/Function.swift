/// A function or an operator: which types it takes, and what it does.
public struct Function: Sendable {
  /// One combination of types.
  struct Overload: Sendable {
    var arguments: [StaticType]
    var result: StaticType
    /// Whether it is called as `first.name(others)`.
    var isMember: Bool

    static func global(_ arguments: [StaticType], _ result: StaticType) -> Overload {
      Overload(arguments: arguments, result: result, isMember: false)
    }

    static func member(_ arguments: [StaticType], _ result: StaticType) -> Overload {
      Overload(arguments: arguments, result: result, isMember: true)
    }
  }

  /// What it does with values that are known; throws ``EvaluationError/noSuchOverload(_:)`` for those it does not take.
  typealias Body = @Sendable (_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value

  var name: String
  var overloads: [Overload]
  var body: Body

  init(_ name: String, _ overloads: [Overload], _ body: @escaping Body) {
    self.name = name
    self.overloads = overloads
    self.body = body
  }

  /// Takes a fixed amount of work, whatever the values.
  init(
    _ name: String, _ overloads: [Overload], plain body: @escaping @Sendable ([Value]) throws(EvaluationError) -> Value
  ) {
    self.init(name, overloads) { (arguments, _) throws(EvaluationError) in try body(arguments) }
  }

  /// What a call can come to when one of its arguments is not known.
  var outcomes: Outcomes {
    overloads.allSatisfy { $0.result == .bool }
      ? .comparison : overloads.contains { $0.result.canBeBool } ? .all : [.isOther, .fails]
  }
}

extension StaticType {
  fileprivate var canBeBool: Bool {
    switch self {
    case .bool, .dyn, .parameter: true
    default: false
    }
  }
}

/// Functions that come together.
public struct FunctionLibrary: Sendable {
  var functions: [Function]

  init(_ functions: [Function]) {
    self.functions = functions
  }
}
