/// What a condition can come to.
struct Outcome {
  private(set) var outcomes: Outcomes
  /// Why it cannot be true, where that is for a failure.
  private(set) var error: EvaluationError?

  init(_ outcomes: Outcomes, _ error: EvaluationError? = nil) {
    self.outcomes = outcomes
    self.error = error
  }

  /// Whether no further term can change it: false for `&&`, true for `||`.
  func isDecided(isAnd: Bool) -> Bool { outcomes == (isAnd ? .isFalse : .isTrue) }

  /// What it and another term come to with `&&` or `||`. The value that decides wins over an error, on either side.
  mutating func combine(with other: Outcome, isAnd: Bool) {
    let (decisive, neutral): (Outcomes, Outcomes) = isAnd ? (.isFalse, .isTrue) : (.isTrue, .isFalse)
    let (one, two) = (outcomes.asCondition, other.outcomes.asCondition)
    var result: Outcomes = []
    if one.contains(decisive) || two.contains(decisive) { result.formUnion(decisive) }
    if one.contains(neutral), two.contains(neutral) { result.formUnion(neutral) }
    let undecided = neutral.union(.fails)
    if one.contains(.fails) && !two.isDisjoint(with: undecided)
      || two.contains(.fails) && !one.isDisjoint(with: undecided)
    {
      result.formUnion(.fails)
    }
    outcomes = result
    if isAnd, two.contains(.isTrue) { return }
    error = error ?? other.error ?? (other.outcomes == .isOther ? .noBoolean : nil)
  }

  /// The value it is; what is not certain is unknown.
  func value() throws(EvaluationError) -> Value {
    switch outcomes {
    case .isTrue: return .bool(true)
    case .isFalse: return .bool(false)
    case .fails: throw error ?? .noBoolean
    default: return .unknown(outcomes)
    }
  }
}

extension Outcomes {
  /// As the operand of a logical operator, which fails for what is no boolean.
  var asCondition: Outcomes { contains(.isOther) ? subtracting(.isOther).union(.fails) : self }

  var negated: Outcomes {
    var result = asCondition.intersection(.fails)
    if contains(.isTrue) { result.insert(.isFalse) }
    if contains(.isFalse) { result.insert(.isTrue) }
    return result
  }
}

extension EvaluationError {
  fileprivate static let noBoolean = EvaluationError(
    .noSuchOverload, "no such overload: a condition that is no boolean")
}
