/// Finds what cannot be right whatever the values: the type checker of cel-go, over a tree whose names are bound.
struct Checker {
  let environment: Environment
  let source: [UInt8]
  private(set) var problems: [CELProblem] = []
  private var unifier = Unifier()
  private var literals = LiteralCheck()
  /// The variables of the macros around, innermost last.
  private var locals: [(name: String, type: StaticType)] = []

  init(environment: Environment, source: [UInt8]) {
    self.environment = environment
    self.source = source
  }

  /// The type of what a whole expression yields.
  mutating func check(_ expression: Expression) -> StaticType {
    let type = type(of: expression)
    if problems.isEmpty, environment.hasHomogeneousLiterals {
      for (message, range) in literals.problems(unifier) { note(.type, message, at: range) }
    }
    return unifier.resolved(type, isFinal: true)
  }

  mutating func note(_ code: CELProblem.Code, _ message: String, at range: Range<Int>) {
    guard problems.count < CELProblem.maximumCount else { return }
    problems.append(CELProblem(code, message, at: range, in: source))
  }

  private mutating func undeclared(_ name: String, at range: Range<Int>) -> StaticType {
    note(.undeclared, "undeclared reference to '\(name)' (in container '\(environment.container)')", at: range)
    return .error
  }

  private mutating func mismatch(_ wanted: StaticType, _ found: StaticType, at range: Range<Int>) {
    note(.type, "expected type '\(wanted)' but found '\(unifier.resolved(found, isFinal: true))'", at: range)
  }

  mutating func type(of expression: Expression) -> StaticType {
    switch expression.kind {
    case .literal(let value): return value.literalType
    case .identifier(let name): return undeclared(name, at: expression.mark)
    case .variable(let name): return environment.variables[name] ?? .error
    case .local(let name): return locals.last { $0.name == name }?.type ?? .error
    case .select(let operand, _): return selected(from: operand, at: expression.mark)
    case .presence(let operand, _):
      _ = selected(from: operand, at: expression.mark)
      return .bool
    case .call(let function, let target, let arguments): return call(function, target, arguments, expression)
    case .logic(_, let terms):
      for term in terms { expectBool(term) }
      return .bool
    case .conditional(let condition, let then, let otherwise):
      return apply(
        "_?_:_", [.global([.bool, .parameter("A"), .parameter("A")], .parameter("A"))],
        [type(of: condition), type(of: then), type(of: otherwise)], isMember: false, at: expression.mark)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .message(let name, let fields):
      for field in fields { _ = type(of: field.value) }
      return KnownType.messages.contains(name) ? .dyn : undeclared(name, at: expression.mark)
    case .comprehension(let comprehension): return type(of: comprehension, at: expression.mark)
    }
  }

  private mutating func expectBool(_ term: Expression) {
    let found = type(of: term)
    if !unifier.assign(found, to: .bool) { mismatch(.bool, found, at: term.range) }
  }

  // MARK: Selection

  /// The type of a field of `operand`.
  private mutating func selected(from operand: Expression, at mark: Range<Int>) -> StaticType {
    let whole = unifier.resolved(type(of: operand))
    if case .optional(let inner) = whole { return .optional(field(of: inner, at: mark)) }
    return field(of: whole, at: mark)
  }

  private mutating func field(of type: StaticType, at mark: Range<Int>) -> StaticType {
    switch type {
    case .map(_, let value): return value
    case .variable: _ = unifier.assign(.dyn, to: type)
    case .dyn, .error: break
    default: note(.type, "type '\(type)' does not support field selection", at: mark)
    }
    return .dyn
  }

  // MARK: Calls

  private mutating func call(
    _ name: String, _ target: Expression?, _ arguments: [Expression], _ whole: Expression
  ) -> StaticType {
    if name == "_?._", let operand = arguments.first {
      let found = selected(from: operand, at: whole.mark)
      if case .optional = found { return found }
      return .optional(found)
    }
    let isFormat = name == "format" && target != nil
    literals.formatDepth += isFormat ? 1 : 0
    defer { literals.formatDepth -= isFormat ? 1 : 0 }
    var types: [StaticType] = []
    // In this order cel-go finds the faults: those of the arguments first.
    for argument in arguments { types.append(type(of: argument)) }
    if isFormat, arguments.count == 1, case .list = arguments[0].kind, case .literal(.string(let text))? = target?.kind
    {
      literals.add(format: text, at: whole.mark)
    }
    if let target { types.insert(type(of: target), at: 0) }
    guard let function = environment.functions[name] else { return undeclared(name, at: whole.mark) }
    return apply(name, function.overloads, types, isMember: target != nil, at: whole.mark)
  }

  /// The result of a function for arguments of these types; notes when no overload takes them.
  private mutating func apply(
    _ name: String, _ overloads: [Function.Overload], _ types: [StaticType], isMember: Bool, at mark: Range<Int>
  ) -> StaticType {
    var result: StaticType?
    for overload in overloads where overload.isMember == isMember {
      var fresh: [String: StaticType] = [:]
      let wanted = overload.arguments.map { instance(of: $0, &fresh) }
      guard unifier.assign(types, to: wanted) else { continue }
      let found = unifier.resolved(instance(of: overload.result, &fresh))
      result = result.map { $0 == .dyn || $0 == found ? $0 : .dyn } ?? found
    }
    if let result { return result }
    let shown = types.map { "\(unifier.resolved($0, isFinal: true))" }
    let signature =
      isMember
      ? "\(shown[0]).(\(shown.dropFirst().joined(separator: ", ")))" : "(\(shown.joined(separator: ", ")))"
    note(.type, "found no matching overload for '\(name)' applied to '\(signature)'", at: mark)
    return .error
  }

  /// A declared type with fresh variables for its parameters.
  private mutating func instance(of type: StaticType, _ fresh: inout [String: StaticType]) -> StaticType {
    switch type {
    case .parameter(let name):
      if let known = fresh[name] { return known }
      let variable = unifier.makeVariable()
      fresh[name] = variable
      return variable
    case .list(let element): return .list(instance(of: element, &fresh))
    case .map(let key, let value): return .map(instance(of: key, &fresh), instance(of: value, &fresh))
    case .optional(let inner): return .optional(instance(of: inner, &fresh))
    default: return type
    }
  }

  // MARK: Literals

  private mutating func list(_ elements: [Expression.Element]) -> StaticType {
    var members: [LiteralCheck.Member] = []
    for element in elements {
      members.append((memberType(element.value, isOptional: element.isOptional), element.value.range))
    }
    literals.add(members)
    return bounded(.list(joined(members)))
  }

  private mutating func map(_ entries: [Expression.Entry]) -> StaticType {
    var (keys, values): ([LiteralCheck.Member], [LiteralCheck.Member]) = ([], [])
    for entry in entries {
      keys.append((keyType(of: entry.key), entry.key.range))
      values.append((memberType(entry.value, isOptional: entry.isOptional), entry.value.range))
    }
    literals.add(keys)
    literals.add(values)
    return bounded(.map(joined(keys), joined(values)))
  }

  /// The type of a key. What no value can have for a key is anything: its parts would double with each `{a: a}`.
  private mutating func keyType(of key: Expression) -> StaticType {
    let found = type(of: key)
    return switch unifier.resolved(found) {
    case .list, .map, .optional: .dyn
    default: found
    }
  }

  /// Macros in a row nest types deeper than the text; whoever walks them must come to an end.
  private func bounded(_ type: StaticType) -> StaticType {
    unifier.resolved(type).isDeeper(than: Self.maximumDepth) ? .dyn : type
  }

  private static let maximumDepth = 100

  /// The type that holds all members; anything where there is no such type.
  private mutating func joined(_ members: [LiteralCheck.Member]) -> StaticType {
    var joined: StaticType?
    for member in members { joined = unifier.join(joined, member.type) ?? .dyn }
    return joined ?? unifier.makeVariable()
  }

  /// The type of a member of a literal; of one that may be left out, what its optional holds.
  private mutating func memberType(_ value: Expression, isOptional: Bool) -> StaticType {
    let found = type(of: value)
    guard isOptional else { return found }
    switch unifier.resolved(found) {
    case .optional(let inner): return inner
    case .dyn, .error: return found
    case let other:
      mismatch(.optional(other), other, at: value.range)
      return found
    }
  }

  // MARK: Macros

  private mutating func type(of comprehension: Comprehension, at mark: Range<Int>) -> StaticType {
    let range = unifier.resolved(type(of: comprehension.operand))
    if [.optMap, .optFlatMap].contains(comprehension.macro) {
      return optionalMap(comprehension, of: range, at: mark)
    }
    let element: StaticType
    switch range {
    case .list(let inner): element = inner
    case .map(let key, _): element = key
    case .dyn, .error, .variable:
      _ = unifier.assign(.dyn, to: range)
      element = .dyn
    default:
      note(
        .type, "expression of type '\(range)' cannot be range of a comprehension (must be list, map, or dynamic)",
        at: comprehension.operand.range)
      element = .error
    }
    locals.append((comprehension.variable, element))
    defer { locals.removeLast() }
    return folded(comprehension, element, at: mark)
  }

  private mutating func folded(_ comprehension: Comprehension, _ element: StaticType, at mark: Range<Int>)
    -> StaticType
  {
    switch comprehension.macro {
    case .all, .exists:
      expectBool(comprehension.body)
      return .bool
    case .existsOne:
      expectCondition(comprehension.body, choosing: .int, at: mark)
      return .bool
    case .filter:
      expectCondition(comprehension.body, choosing: .list(element), at: mark)
      return .list(unifier.resolved(element))
    case .map, .optMap, .optFlatMap:
      let condition = comprehension.condition
      let body = type(of: comprehension.body)
      if let condition { expectCondition(condition, choosing: .list(body), at: mark) }
      return .list(unifier.resolved(body))
    }
  }

  /// cel-go expands the macro to a conditional, and says so when what should be the condition is none.
  private mutating func expectCondition(_ condition: Expression, choosing type: StaticType, at mark: Range<Int>) {
    let overload = Function.Overload.global([.bool, .parameter("A"), .parameter("A")], .parameter("A"))
    _ = apply("_?_:_", [overload], [self.type(of: condition), type, type], isMember: false, at: mark)
  }

  private mutating func optionalMap(_ comprehension: Comprehension, of range: StaticType, at mark: Range<Int>)
    -> StaticType
  {
    let inner = unifier.makeVariable()
    if !unifier.assign(range, to: .optional(inner)) {
      note(.type, "found no matching overload for 'hasValue' applied to '\(range).()'", at: mark)
    }
    locals.append((comprehension.variable, unifier.resolved(inner)))
    defer { locals.removeLast() }
    let body = type(of: comprehension.body)
    guard comprehension.macro == .optFlatMap else { return .optional(unifier.resolved(body)) }
    let wanted = StaticType.optional(unifier.makeVariable())
    guard unifier.assign(body, to: wanted) else {
      mismatch(.optional(.dyn), body, at: comprehension.body.range)
      return .error
    }
    return unifier.resolved(wanted)
  }
}

extension Value {
  /// The type of a literal.
  fileprivate var literalType: StaticType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    case .type: .type
    default: .dyn
    }
  }
}
