/// Works out what an expression yields, by the partial evaluation of the CEL specification: what is unknown stays
/// unknown unless the rest decides.
struct Evaluator {
  let environment: Environment
  let variables: [String: Value]
  var budget: Budget
  /// The variables of the macros around, innermost last.
  var locals: [(name: String, value: Value)] = []

  init(environment: Environment, variables: [String: Value]) {
    self.environment = environment
    self.variables = variables
    budget = Budget(environment.limits.cost)
  }

  mutating func value(of expression: Expression) throws(EvaluationError) -> Value {
    do throws(EvaluationError) {
      try budget.spend()
      return try evaluate(expression)
    } catch {
      throw error.located(at: expression.mark)
    }
  }

  private mutating func evaluate(_ expression: Expression) throws(EvaluationError) -> Value {
    switch expression.kind {
    case .literal(let value): return value
    case .identifier(let name): throw EvaluationError(.undeclared, "undeclared reference to '\(name)'")
    case .variable(let name):
      guard let value = variables[name] else { throw EvaluationError(.undeclared, "no such attribute: \(name)") }
      return value
    case .local(let name): return locals.last { $0.name == name }?.value ?? .anything
    case .select(let operand, let field): return try value(of: operand).selecting(field)
    case .presence(let operand, let field): return try value(of: operand).has(field)
    case .call(let function, let target, let arguments): return try call(function, target, arguments)
    case .logic(let isAnd, let terms): return try logic(terms, isAnd: isAnd).value()
    case .conditional(let condition, let then, let otherwise):
      return try conditional(condition, then: then, otherwise: otherwise)
    case .list(let elements): return try list(elements)
    case .map(let entries): return try map(entries)
    case .message(_, let fields):
      for field in fields { _ = try value(of: field.value) }
      return .anything
    case .comprehension(let comprehension): return try fold(comprehension)
    }
  }

  // MARK: Calls

  private mutating func call(_ name: String, _ target: Expression?, _ arguments: [Expression])
    throws(EvaluationError) -> Value
  {
    if let target, arguments.count == 1, name == "or" || name == "orValue" {
      return try alternative(name, to: target, arguments[0])
    }
    var values: [Value] = []
    for argument in [target].compactMap(\.self) + arguments { values.append(try value(of: argument)) }
    guard let function = environment.functions[name] else {
      throw EvaluationError(.undeclared, "undeclared reference to '\(name)'")
    }
    let isMember = target != nil
    guard function.overloads.contains(where: { $0.isMember == isMember && $0.arguments.count == values.count }) else {
      throw .noSuchOverload(values)
    }
    if values.contains(where: \.isUnknown) { return Self.partial(function, values) }
    let result = try function.body(values, &budget)
    try budget.spend(onParts: values.reduce(result.extent) { $0 + $1.extent })
    return result
  }

  /// What a function can yield when an argument is unknown.
  private static func partial(_ function: Function, _ values: [Value]) -> Value {
    if function.name == "!_", case .unknown(let outcomes) = values[0] { return .unknown(outcomes.negated) }
    return .unknown(function.outcomes)
  }

  /// The value of an optional, or another where it has none.
  private mutating func alternative(_ name: String, to target: Expression, _ other: Expression)
    throws(EvaluationError) -> Value
  {
    switch try value(of: target) {
    case .optional(let held?): return name == "or" ? .optional(held) : held
    case .optional(nil): return try value(of: other)
    case .unknown: return .anything
    case let found: throw .noSuchOverload([found])
    }
  }

  // MARK: Conditions

  private mutating func conditional(_ condition: Expression, then: Expression, otherwise: Expression)
    throws(EvaluationError) -> Value
  {
    switch try value(of: condition) {
    case .bool(let isTrue): return try value(of: isTrue ? then : otherwise)
    case .unknown(let outcomes):
      var found: Outcomes = []
      if outcomes.contains(.isTrue) { found.formUnion(try self.outcome(of: then).outcomes) }
      if outcomes.contains(.isFalse) { found.formUnion(try self.outcome(of: otherwise).outcomes) }
      if !outcomes.isDisjoint(with: [.fails, .isOther]) { found.insert(.fails) }
      return .unknown(found)
    case let other: throw .noSuchOverload([other])
    }
  }

  /// What an expression can come to, with the error when it fails for certain.
  mutating func outcome(of expression: Expression) throws(EvaluationError) -> Outcome {
    if case .logic(let isAnd, let terms) = expression.kind { return try logic(terms, isAnd: isAnd) }
    do throws(EvaluationError) {
      switch try value(of: expression) {
      case .bool(let isTrue): return Outcome(isTrue ? .isTrue : .isFalse)
      case .unknown(let outcomes): return Outcome(outcomes)
      default: return Outcome(.isOther)
      }
    } catch {
      if error.code == .limit { throw error }
      return Outcome(.fails, error)
    }
  }

  private mutating func logic(_ terms: [Expression], isAnd: Bool) throws(EvaluationError) -> Outcome {
    try budget.spend()
    var result = Outcome(isAnd ? .isTrue : .isFalse)
    for term in terms where !result.isDecided(isAnd: isAnd) {
      result.combine(with: try outcome(of: term), isAnd: isAnd)
    }
    return result
  }

  // MARK: Literals

  private mutating func list(_ elements: [Expression.Element]) throws(EvaluationError) -> Value {
    var items: [Value] = []
    for element in elements {
      let value = try value(of: element.value)
      guard element.isOptional else {
        items.append(value)
        continue
      }
      switch value {
      case .optional(let held): if let held { items.append(held) }
      case .unknown: return .unknown([.isOther, .fails])
      default: throw .noSuchOverload([value])
      }
    }
    return .list(items)
  }

  private mutating func map(_ entries: [Expression.Entry]) throws(EvaluationError) -> Value {
    var map = MapValue()
    for entry in entries {
      let key = try value(of: entry.key)
      var value = try value(of: entry.value)
      if entry.isOptional, !value.isUnknown {
        guard case .optional(let held) = value else { throw .noSuchOverload([value]) }
        guard let held else { continue }
        value = held
      }
      if key.isUnknown {
        map.isOpen = true
        continue
      }
      guard let mapKey = MapKey(key), !key.isDouble else {
        throw EvaluationError(.invalid, "unsupported key type: \(key.typeName)")
      }
      guard map[mapKey] == nil else { throw EvaluationError(.invalid, "a key appears twice in a map") }
      map[mapKey] = value
    }
    return .map(map)
  }
}

extension Value {
  fileprivate var isDouble: Bool { if case .double = self { true } else { false } }
}
