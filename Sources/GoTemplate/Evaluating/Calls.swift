extension Evaluator {
  /// A function, method or field with what it is given, and the node that error texts quote.
  struct Call {
    var node: Expression
    var position: Int
    var arguments: ArraySlice<Expression> = []
    var piped: Operand?
    /// The command, where the call is one: errors of the function itself quote all of it.
    var description: Command?

    var hasArguments: Bool { !arguments.isEmpty || piped != nil }
    var count: Int { arguments.count + (piped == nil ? 0 : 1) }
  }

  mutating func evaluateVariable(
    _ variable: Expression.Variable, _ arguments: ArraySlice<Expression>, _ piped: Operand?, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    let node = Expression.variable(variable)
    guard let slot = slot(of: variable.name) else {
      throw failure(at: variable.position, variable.description, "undefined variable: \(variable.name)")
    }
    let found = variables[slot]
    guard variable.fields.isEmpty else {
      let call = Call(node: node, position: variable.position, arguments: arguments, piped: piped)
      return try evaluateFields(found.operand, variable.fields, call, dot)
    }
    guard arguments.isEmpty, piped == nil else {
      throw failure(
        at: variable.position, variable.description, "can't give argument to non-function \(variable.description)")
    }
    log.noteUse(of: found.operand.reads)
    return found.operand
  }

  mutating func evaluateChain(
    _ chain: Expression, _ arguments: ArraySlice<Expression>, _ piped: Operand?, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    guard case .chain(let position, let base, let fields) = chain else { return .missing }
    if case .nil = base {
      throw failure(at: position, chain.description, "indirection through explicit nil in \(chain)")
    }
    try enter(at: position)
    defer { nesting -= 1 }
    let receiver = try evaluateOperand(base, dot)
    return try evaluateFields(
      receiver, fields, Call(node: chain, position: position, arguments: arguments, piped: piped), dot)
  }

  /// `.A.B.C`: the last one gets the arguments.
  mutating func evaluateFields(
    _ receiver: Operand, _ fields: [GoString], _ call: Call, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    var operand = receiver
    steps += fields.count / 16
    // A marked map notes the key itself.
    if !receiver.value.isMarked { log.noteUse(of: receiver.reads) }
    let plain = Call(node: call.node, position: call.position)
    for (index, field) in fields.enumerated() {
      operand = try evaluateField(operand, field, index + 1 == fields.count ? call : plain, dot)
    }
    return operand
  }

  private mutating func evaluateField(
    _ receiver: Operand, _ name: GoString, _ call: Call, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    switch receiver.value {
    case .missing:
      guard templates.missingKey == .error else { return .missing }
      throw failure(call, "nil data; no entry for key \(Quoting.quote(name))")
    case .null: throw failure(call, "nil pointer evaluating \(receiver.typeName).\(name)")
    case .dict(let dict): return try element(of: dict, name, call)
    case .object(let object):
      if let method = object.method(name) { return try evaluateFunction(method, call, dot) }
      if let field = object.field(name) {
        guard !call.hasArguments else {
          throw failure(call, "\(name) has arguments but cannot be invoked as function")
        }
        return Operand(value: field)
      }
      if case .dict(let dict)? = object.underlying { return try element(of: dict, name, call) }
    default: break
    }
    throw failure(call, "can't evaluate field \(name) in type \(receiver.typeName)")
  }

  private mutating func element(of dict: Dict, _ name: GoString, _ call: Call) throws(TemplateError) -> Operand {
    if dict.typeName != nil, name == "AsMap", !call.hasArguments { return Operand(value: .anyDict(dict.entries)) }
    guard !call.hasArguments else { throw failure(call, "\(name) is not a method but has arguments") }
    let isBoxed = dict.elementType.isInterface
    if dict.mark != 0 { log.note(.element(mark: dict.mark, key: name)) }
    if let value = dict[name] { return Operand(value: value, isBoxed: isBoxed) }
    switch templates.missingKey {
    case .none: return .missing
    case .zero: return Operand(value: dict.elementType.zero, isBoxed: isBoxed)
    case .error: throw failure(call, "map has no entry for key \(Quoting.quote(name))")
    }
  }

  private func failure(_ call: Call, _ message: String) -> TemplateError {
    failure(afterEvaluating: call.node, message)
  }

  // MARK: Functions

  mutating func evaluateFunction(
    _ function: Function, _ call: Call, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    try countStep(at: call.position)
    try enter(at: call.position)
    defer { nesting -= 1 }
    steps += call.count / 4
    try checkCount(function, call)
    if let isOr = Builtins.shortCircuit(function) {
      return try evaluateLogic(function, isOr, call, dot)
    }
    var values: [Value] = []
    values.reserveCapacity(call.count)
    for argument in call.arguments {
      values.append(try evaluateArgument(argument, as: type(of: values.count, function), dot))
    }
    if let piped = call.piped {
      let node = call.arguments.last ?? call.node
      values.append(try validate(piped, type(of: values.count, function), node))
    }
    do throws(FunctionError) {
      return Operand(value: try apply(function, values, call))
    } catch {
      throw failure(error, function, call)
    }
  }

  private mutating func apply(
    _ function: Function, _ values: [Value], _ call: Call
  ) throws(FunctionError) -> Value {
    guard Builtins.isCall(function) else {
      try charge(function.cost, of: values)
      log.noteWholes(values)
      let result = try function.body(values, &self)
      if case .string(let text) = result, text.bytes.count > limits.outputBytes {
        throw .limit("the result has more than \(limits.outputBytes) bytes")
      }
      if case .expanding = function.cost { try charge(.deep(times: 2), of: [result]) }
      try charge(steps: result.stepsToMake)
      return result
    }
    return try Builtins.refuseCall(values, described: call.arguments.first?.description)
  }

  private func type(of index: Int, _ function: Function) -> GoType {
    index < function.parameters.count ? function.parameters[index] : function.variadic ?? .any
  }

  private func checkCount(_ function: Function, _ call: Call) throws(TemplateError) {
    let wanted = function.parameters.count
    // The place is that of the name alone.
    if function.variadic != nil {
      guard call.count < wanted else { return }
      throw failure(
        call, "wrong number of args for \(function.name): want at least \(wanted) got \(call.arguments.count)")
    }
    guard call.count != wanted else { return }
    throw failure(call, "wrong number of args for \(function.name): want \(wanted) got \(call.count)")
  }

  /// `and` and `or` evaluate their arguments up to the one that decides.
  private mutating func evaluateLogic(
    _ function: Function, _ isOr: Bool, _ call: Call, _ dot: Operand
  ) throws(TemplateError) -> Operand {
    var value = Value.missing
    deciding[call.node.position] = nil
    for argument in call.arguments {
      value = try evaluateArgument(argument, as: .value, dot)
      guard value.isTrue == isOr else { continue }
      deciding[call.node.position] = argument
      return Operand(value: value)
    }
    // An argument may have run another template, with an `and` or `or` at the same position.
    deciding[call.node.position] = nil
    return call.piped ?? Operand(value: value)
  }

  private func failure(_ error: FunctionError, _ function: Function, _ call: Call) -> TemplateError {
    let node = call.description?.description ?? call.node.description
    let position = call.description?.position ?? call.position
    let calling = "error calling \(function.name): "
    let plain = { (code: TemplateError.Code, reason: String) in
      TemplateError(code, reason: reason, innermostFirst: [frame(position, node, call: calling)], isFromFunction: true)
    }
    switch error {
    case .message(let message): return plain(.execution, message)
    case .failed(let message): return plain(.failed, message)
    case .limit(let message): return plain(.limit, message)
    case .template(let inner, let prefix):
      var added = frame(position, node, call: calling + prefix)
      added.wrapper = prefix
      return inner.adding(added)
    }
  }
}

extension Value {
  /// Whether it is a map that notes what is read of it.
  fileprivate var isMarked: Bool {
    if case .dict(let dict) = self { return dict.mark != 0 }
    return false
  }
}
