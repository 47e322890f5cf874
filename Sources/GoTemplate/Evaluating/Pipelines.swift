extension Evaluator {
  /// The value of a pipeline; declares and assigns its variables.
  mutating func evaluate(_ pipe: Pipe, _ dot: Operand) throws(TemplateError) -> Operand {
    try enter(at: pipe.position)
    defer { nesting -= 1 }
    let start = log.count
    var result: Operand?
    for command in pipe.commands {
      var operand = try evaluate(command, dot, piped: result)
      // What an interface holds comes out of it here; nil becomes no value.
      if operand.value.isNil { operand.value = .missing }
      operand.isBoxed = false
      result = operand
    }
    var operand = result ?? .missing
    operand.reads = log.stretch(since: start)
    for variable in pipe.variables {
      if pipe.isAssignment {
        try assign(variable, operand, in: pipe)
      } else {
        variables.append(Variable(name: variable.name, operand: operand))
      }
    }
    return operand
  }

  private mutating func assign(
    _ variable: Expression.Variable, _ operand: Operand, in pipe: Pipe
  ) throws(TemplateError) {
    guard let slot = slot(of: variable.name) else {
      throw failure(afterEvaluating: .pipe(pipe), "undefined variable: \(variable.name)")
    }
    variables[slot].operand = operand
  }

  private mutating func evaluate(
    _ command: Command, _ dot: Operand, piped: Operand?
  ) throws(TemplateError) -> Operand {
    guard let first = command.arguments.first else { return .missing }
    let arguments = command.arguments.dropFirst()
    switch first {
    case .field(let position, let fields):
      let call = Call(node: first, position: position, arguments: arguments, piped: piped)
      return try evaluateFields(dot, fields, call, dot)
    case .chain: return try evaluateChain(first, arguments, piped, dot)
    case .function(_, let function):
      let call = Call(
        node: first, position: command.position, arguments: arguments, piped: piped, description: command)
      return try evaluateFunction(function, call, dot)
    case .variable(let variable): return try evaluateVariable(variable, arguments, piped, dot)
    case .pipe(let pipe):
      // Go has not looked at the parenthesis yet: the node is the whole pipeline around it, or the command.
      try checkNoArguments(first, command, piped)
      return try evaluate(pipe, dot)
    case .dot, .nil, .bool, .number, .string:
      try checkNoArguments(first, command, piped)
      return try evaluateLiteral(first, dot)
    }
  }

  private func checkNoArguments(
    _ first: Expression, _ command: Command, _ piped: Operand?
  ) throws(TemplateError) {
    guard command.arguments.count > 1 || piped != nil else { return }
    if case .pipe = first {
      throw failure(
        at: command.position, command.description, "can't give argument to non-function \(first.description)")
    }
    throw failure(at: first.position, first.description, "can't give argument to non-function \(first.description)")
  }

  /// A literal or the dot where any type will do.
  private mutating func evaluateLiteral(_ expression: Expression, _ dot: Operand) throws(TemplateError) -> Operand {
    switch expression {
    case .dot:
      log.noteUse(of: dot.reads)
      return dot
    case .bool(_, let value): return Operand(value: .bool(value))
    case .string(_, _, let text): return Operand(value: .string(text))
    case .number(let position, let literal):
      guard let value = literal.ideal else {
        throw failure(at: position, expression.description, "\(literal.text) overflows int")
      }
      return Operand(value: value)
    case .nil(let position): throw failure(at: position, "nil", "nil is not a command")
    case .field, .variable, .function, .chain, .pipe:
      throw failure(at: expression.position, expression.description, "can't evaluate command \(expression)")
    }
  }

  // MARK: Arguments

  /// An argument for a parameter of `type`.
  mutating func evaluateArgument(
    _ expression: Expression, as type: GoType, _ dot: Operand
  ) throws(TemplateError) -> Value {
    switch expression {
    case .dot:
      log.noteUse(of: dot.reads)
      return try validate(dot, type, expression)
    case .nil:
      guard type.canBeNil else { throw failure(at: expression.position, "nil", "cannot assign nil to \(type)") }
      return type == .value ? .missing : type.zero
    case .field, .variable, .chain, .function, .pipe:
      let operand = try evaluateOperand(expression, dot)
      return try validate(operand, type, expression)
    case .bool, .number, .string: return try convert(expression, type, dot)
    }
  }

  /// A base of a chain, or an argument before its type is looked at.
  mutating func evaluateOperand(_ expression: Expression, _ dot: Operand) throws(TemplateError) -> Operand {
    switch expression {
    case .field(let position, let fields):
      return try evaluateFields(dot, fields, Call(node: expression, position: position), dot)
    case .variable(let variable): return try evaluateVariable(variable, [], nil, dot)
    case .chain: return try evaluateChain(expression, [], nil, dot)
    case .function(let position, let function):
      return try evaluateFunction(function, Call(node: expression, position: position), dot)
    case .pipe(let pipe): return try evaluate(pipe, dot)
    case .dot, .nil, .bool, .number, .string: return try evaluateLiteral(expression, dot)
    }
  }

  /// A literal for a parameter of `type`: Go converts constants and nothing else.
  private mutating func convert(_ expression: Expression, _ type: GoType, _ dot: Operand) throws(TemplateError) -> Value
  {
    let expected: String
    switch (type, expression) {
    case (.any, _), (.value, _): return try evaluateLiteral(expression, dot).value
    case (.bool, .bool(_, let value)): return .bool(value)
    case (.string, .string(_, _, let text)): return .string(text)
    case (.integer(let width), .number(_, let literal)) where literal.int != nil: return .int(literal.int ?? 0, width)
    case (.unsigned(let width), .number(_, let literal)) where literal.uint != nil:
      return .uint(literal.uint ?? 0, width)
    case (.float64, .number(_, let literal)) where literal.float != nil: return .double(literal.float ?? 0)
    case (.complex128, .number(_, let literal)) where literal.complex != nil: return literal.ideal ?? .missing
    case (.bool, _): expected = "bool"
    case (.string, _): expected = "string"
    case (.integer, _): expected = "integer"
    case (.unsigned, _): expected = "unsigned integer"
    case (.float64, _): expected = "float"
    case (.complex128, _): expected = "complex"
    case (.named, _), (.slice, _), (.map, _):
      throw failure(
        at: expression.position, expression.description, "can't handle \(expression) for arg of type \(type)")
    }
    throw failure(
      at: expression.position, expression.description, "expected \(expected); found \(expression.description)")
  }

  /// The value where it fits a parameter of `type`.
  func validate(_ operand: Operand, _ type: GoType, _ node: Expression) throws(TemplateError) -> Value {
    switch operand.value {
    case .missing:
      if type == .value { return .missing }
      guard type.canBeNil else {
        throw failure(afterEvaluating: node, "invalid value; expected \(type)")
      }
      return type.zero
    case .null where type != .any && type != .value:
      throw failure(afterEvaluating: node, "wrong type for value; expected \(type); got interface {}")
    default:
      let actual = operand.value.type
      guard type == .any || type == .value || actual.isAssignable(to: type) else {
        throw failure(afterEvaluating: node, "wrong type for value; expected \(type); got \(actual)")
      }
      return operand.value
    }
  }
}

extension GoType {
  /// Whether Go passes a value of this type for a parameter of `other`, taking one address or value of a pointer.
  func isAssignable(to other: GoType) -> Bool {
    if self == other { return true }
    // A named map is assignable to the map it is made of.
    if case .named(_, "map") = self { return other == .anyMap }
    guard case .named(let name, _) = self, case .named(let wanted, let kind) = other else { return false }
    return kind == "interface" || name == "*" + wanted
  }
}
