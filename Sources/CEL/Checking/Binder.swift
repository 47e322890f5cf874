/// Finds what the names of an expression stand for: variables of macros, declared variables, types, functions.
/// A name it does not find stays as it is.
struct Binder {
  let environment: Environment
  /// The variables of the macros around.
  private var locals: [String] = []

  init(environment: Environment) {
    self.environment = environment
  }

  func bind(_ expression: Expression) -> Expression {
    var bound = expression
    switch expression.kind {
    case .literal, .variable, .local: break
    case .identifier, .select: return bindName(expression)
    case .presence(let operand, let field): bound.kind = .presence(bind(operand), field: field)
    case .call(let function, let target, let arguments):
      bound.kind = bindCall(function, target, arguments.map(bind))
    case .logic(let isAnd, let terms): bound.kind = .logic(isAnd: isAnd, terms.map(bind))
    case .conditional(let condition, let then, let otherwise):
      bound.kind = .conditional(bind(condition), then: bind(then), otherwise: bind(otherwise))
    case .list(let elements):
      bound.kind = .list(elements.map { .init(value: bind($0.value), isOptional: $0.isOptional) })
    case .map(let entries):
      bound.kind = .map(entries.map { .init(key: bind($0.key), value: bind($0.value), isOptional: $0.isOptional) })
    case .message(let type, let fields):
      let name = environment.candidates(for: type).first { KnownType.messages.contains($0) }
      bound.kind = .message(type: name ?? type, fields: fields.map { .init(name: $0.name, value: bind($0.value)) })
    case .comprehension(let comprehension): bound.kind = .comprehension(bind(comprehension))
    }
    return bound
  }

  private func bind(_ comprehension: Comprehension) -> Comprehension {
    var bound = comprehension
    bound.operand = bind(comprehension.operand)
    var inner = self
    inner.locals.append(comprehension.variable)
    bound.condition = comprehension.condition.map(inner.bind)
    bound.body = inner.bind(comprehension.body)
    return bound
  }

  /// A name, or a chain of selections of which as much as possible is one name.
  private func bindName(_ expression: Expression) -> Expression {
    var bound = expression
    if let parts = expression.qualifiedName, let kind = meaning(of: parts) {
      bound.kind = kind
    } else if case .select(let operand, let field) = expression.kind {
      bound.kind = .select(bind(operand), field: field)
    }
    return bound
  }

  private func meaning(of parts: [String]) -> Expression.Kind? {
    if locals.contains(parts[0]) { return parts.count == 1 ? .local(parts[0]) : nil }
    for candidate in environment.candidates(for: parts.joined(separator: ".")) {
      if environment.variables[candidate] != nil { return .variable(candidate) }
      if KnownType.names.contains(candidate) || KnownType.messages.contains(candidate) {
        return .literal(.type(candidate))
      }
    }
    return nil
  }

  /// `a.b.c(…)` is the function `a.b.c` where there is one, else `c` of `a.b`.
  private func bindCall(_ function: String, _ target: Expression?, _ arguments: [Expression]) -> Expression.Kind {
    guard let target else {
      let name = environment.function(named: function)?.name ?? function
      return .call(function: name, target: nil, arguments: arguments)
    }
    if let parts = target.qualifiedName,
      let known = environment.function(named: (parts + [function]).joined(separator: "."))
    {
      return .call(function: known.name, target: nil, arguments: arguments)
    }
    let name = environment.function(named: function)?.name ?? function
    return .call(function: name, target: bind(target), arguments: arguments)
  }
}
