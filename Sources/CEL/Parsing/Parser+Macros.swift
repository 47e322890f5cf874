extension Parser {
  /// `has(operand.field)`
  func presence(_ argument: Expression, _ whole: Range<Int>) throws(CELProblem) -> Expression {
    guard case .select(let operand, let field) = argument.kind else {
      throw CELProblem(.syntax, "invalid argument to has() macro", at: argument.range, in: source)
    }
    return try node(.presence(operand, field: field), whole, mark: argument.mark, over: [operand])
  }

  /// A call that is one of the macros; nil when it is the call of a function. Which it is depends on the number of arguments too.
  func memberMacro(
    _ name: String, of operand: Expression, _ arguments: [Expression], _ whole: Range<Int>, mark: Range<Int>
  ) throws(CELProblem) -> Expression? {
    guard let macro = name == "exists_one" ? .existsOne : Comprehension.Macro(rawValue: name),
      arguments.count == 2 || (arguments.count == 3 && macro == .map)
    else { return nil }
    guard case .identifier(let variable) = arguments[0].kind, !variable.hasPrefix(".") else {
      throw CELProblem(.syntax, macro.complaint, at: arguments[0].range, in: source)
    }
    guard variable != "__result__" else {
      throw CELProblem(
        .syntax, "iteration variable overwrites accumulator variable", at: arguments[0].range, in: source)
    }
    let comprehension = Comprehension(
      macro: macro, operand: operand, variable: variable, condition: arguments.count == 3 ? arguments[1] : nil,
      body: arguments[arguments.count - 1])
    return try node(
      .comprehension(comprehension), whole, mark: mark, over: [operand] + arguments, isCounted: true)
  }
}

extension Comprehension.Macro {
  /// What cel-go says when the first argument is no name.
  fileprivate var complaint: String {
    switch self {
    case .all, .exists, .existsOne: "argument must be a simple name"
    case .map, .filter: "argument is not an identifier"
    case .optMap: "optMap() variable name must be a simple identifier"
    case .optFlatMap: "optFlatMap() variable name must be a simple identifier"
    }
  }
}
