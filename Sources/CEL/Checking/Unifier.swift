/// Finds out what types stand for the unknown ones, by the rules of cel-go's checker.
struct Unifier {
  private var bindings: [Int: StaticType] = [:]
  private var nextVariable = 0

  mutating func makeVariable() -> StaticType {
    nextVariable += 1
    return .variable(nextVariable)
  }

  /// `type` with what its variables stand for; those still open become `dyn` where `isFinal`.
  func resolved(_ type: StaticType, isFinal: Bool = false) -> StaticType {
    switch type {
    case .variable(let number): bindings[number].map { resolved($0, isFinal: isFinal) } ?? (isFinal ? .dyn : type)
    case .list(let element): .list(resolved(element, isFinal: isFinal))
    case .map(let key, let value): .map(resolved(key, isFinal: isFinal), resolved(value, isFinal: isFinal))
    case .optional(let inner): .optional(resolved(inner, isFinal: isFinal))
    default: type
    }
  }

  /// Whether a value of `type` will do for `wanted`; binds variables only when it will.
  mutating func assign(_ type: StaticType, to wanted: StaticType) -> Bool {
    assign([type], to: [wanted])
  }

  /// Whether each value will do for what is wanted in its place; binds variables only when all will.
  mutating func assign(_ types: [StaticType], to wanted: [StaticType]) -> Bool {
    guard types.count == wanted.count else { return false }
    var attempt = self
    for (type, want) in zip(types, wanted) {
      guard attempt.unify(type, want) else { return false }
    }
    self = attempt
    return true
  }

  private mutating func unify(_ one: StaticType, _ two: StaticType) -> Bool {
    if case .variable = two {
      let (isValid, isBound) = substitute(one, for: two)
      if isValid || isBound { return isValid }
    }
    if case .variable = one { return substitute(two, for: one).isValid }
    if one.isDynamic || two.isDynamic { return true }
    if one == .null || two == .null { return (one == .null ? two : one).isNullable }
    switch (one, two) {
    case (.list(let first), .list(let second)), (.optional(let first), .optional(let second)):
      return unify(first, second)
    case (.map(let firstKey, let first), .map(let secondKey, let second)):
      return unify(firstKey, secondKey) && unify(first, second)
    default:
      return one == two
    }
  }

  /// Whether `type` can stand for `variable`, and whether something stands for it already.
  private mutating func substitute(_ type: StaticType, for variable: StaticType) -> (isValid: Bool, isBound: Bool) {
    guard case .variable(let number) = variable else { return (false, false) }
    if type == variable { return (true, true) }
    if let bound = bindings[number] {
      if type == bound { return (true, true) }
      guard unify(type, bound) else { return (false, true) }
      let general = type.isAtMostAsSpecific(as: bound) ? type : bound
      if !occurs(variable, in: general) { bindings[number] = general }
      return (true, true)
    }
    guard !occurs(variable, in: type) else { return (false, false) }
    bindings[number] = type
    return (true, false)
  }

  private func occurs(_ variable: StaticType, in type: StaticType) -> Bool {
    if type == variable { return true }
    switch type {
    case .variable(let number): return bindings[number].map { occurs(variable, in: $0) } ?? false
    case .list(let inner), .optional(let inner): return occurs(variable, in: inner)
    case .map(let key, let value): return occurs(variable, in: key) || occurs(variable, in: value)
    default: return false
    }
  }

  /// The type of a list's elements, or of a map's keys, when one more joins them; nil when it does not fit.
  mutating func join(_ previous: StaticType?, _ next: StaticType) -> StaticType? {
    guard let previous else { return next }
    guard assign(previous, to: next) else { return nil }
    return previous.isAtMostAsSpecific(as: next) ? previous : next
  }
}

extension StaticType {
  /// Null goes for a message, which these are.
  fileprivate var isNullable: Bool {
    switch self {
    case .null, .optional, .timestamp, .duration: true
    default: false
    }
  }

  /// Whether it says no more than `other`, of types that fit each other.
  fileprivate func isAtMostAsSpecific(as other: StaticType) -> Bool {
    if self == .dyn || isVariable { return true }
    if other == .dyn || other.isVariable { return false }
    switch (self, other) {
    case (.list(let one), .list(let two)), (.optional(let one), .optional(let two)):
      return one.isAtMostAsSpecific(as: two)
    case (.map(let oneKey, let one), .map(let twoKey, let two)):
      return oneKey.isAtMostAsSpecific(as: twoKey) && one.isAtMostAsSpecific(as: two)
    default: return self == other
    }
  }
}
