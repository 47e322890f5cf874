extension Evaluator {
  /// What a macro yields.
  mutating func fold(_ comprehension: Comprehension) throws(EvaluationError) -> Value {
    let operand = try value(of: comprehension.operand)
    switch comprehension.macro {
    case .optMap, .optFlatMap: return try optionalMap(comprehension, operand)
    default: break
    }
    let items: [Value]
    var isPartial = false
    switch operand {
    case .list(let elements): items = elements
    case .map(let map):
      items = map.keys.filter { !(map[$0]?.isUnknown ?? false) }.map(\.value)
      isPartial = map.isUncertain
    case .unknown: return .unknown(comprehension.macro.yieldsBool ? .comparison : [.isOther, .fails])
    default: throw .noSuchOverload([operand])
    }
    switch comprehension.macro {
    case .all: return try quantified(comprehension, items, isPartial: isPartial, isAll: true)
    case .exists: return try quantified(comprehension, items, isPartial: isPartial, isAll: false)
    case .existsOne: return try countedOne(comprehension, items, isPartial: isPartial)
    default: return try collected(comprehension, items, isPartial: isPartial)
    }
  }

  private mutating func with<Result>(
    _ name: String, _ value: Value, _ body: (inout Evaluator) throws(EvaluationError) -> Result
  ) throws(EvaluationError) -> Result {
    locals.append((name, value))
    defer { locals.removeLast() }
    return try body(&self)
  }

  private mutating func outcome(_ expression: Expression, _ name: String, _ item: Value) throws(EvaluationError)
    -> Outcome
  {
    try with(name, item) { (evaluator) throws(EvaluationError) in try evaluator.outcome(of: expression) }
  }

  private mutating func value(_ expression: Expression, _ name: String, _ item: Value) throws(EvaluationError)
    -> Value
  {
    try with(name, item) { (evaluator) throws(EvaluationError) in try evaluator.value(of: expression) }
  }

  private mutating func quantified(_ comprehension: Comprehension, _ items: [Value], isPartial: Bool, isAll: Bool)
    throws(EvaluationError) -> Value
  {
    var result = Outcome(isAll ? .isTrue : .isFalse)
    for item in items where !result.isDecided(isAnd: isAll) {
      try budget.spend()
      result.combine(with: try outcome(comprehension.body, comprehension.variable, item), isAnd: isAll)
    }
    if isPartial { result.combine(with: Outcome(.comparison), isAnd: isAll) }
    return try result.value()
  }

  private mutating func countedOne(_ comprehension: Comprehension, _ items: [Value], isPartial: Bool)
    throws(EvaluationError) -> Value
  {
    var count = 0
    var isSure = !isPartial
    for item in items {
      try budget.spend()
      switch try value(comprehension.body, comprehension.variable, item) {
      case .bool(let isTrue): count += isTrue ? 1 : 0
      case .unknown: isSure = false
      case let other: throw .noSuchOverload([other])
      }
    }
    return isSure ? .bool(count == 1) : .unknown(.comparison)
  }

  /// The list that `map` and `filter` make; one that may be shorter or longer is unknown.
  private mutating func collected(_ comprehension: Comprehension, _ items: [Value], isPartial: Bool)
    throws(EvaluationError) -> Value
  {
    var found: [Value] = []
    var isSure = !isPartial
    let isFilter = comprehension.macro == .filter
    for item in items {
      try budget.spend()
      if let condition = isFilter ? comprehension.body : comprehension.condition {
        switch try value(condition, comprehension.variable, item) {
        case .bool(true): break
        case .bool(false): continue
        case .unknown:
          isSure = false
          continue
        case let other: throw .noSuchOverload([other])
        }
      }
      found.append(isFilter ? item : try value(comprehension.body, comprehension.variable, item))
    }
    return isSure ? .list(found) : .unknown([.isOther, .fails])
  }

  private mutating func optionalMap(_ comprehension: Comprehension, _ operand: Value) throws(EvaluationError)
    -> Value
  {
    switch operand {
    case .optional(let held?):
      let result = try value(comprehension.body, comprehension.variable, held)
      guard comprehension.macro == .optFlatMap else { return .optional(result) }
      switch result {
      case .optional, .unknown: return result
      default: throw .noSuchOverload([result])
      }
    case .optional(nil): return .optional(nil)
    case .unknown: return .unknown([.isOther, .fails])
    default: throw .noSuchOverload([operand])
    }
  }
}

extension Comprehension.Macro {
  fileprivate var yieldsBool: Bool { [.all, .exists, .existsOne].contains(self) }
}
