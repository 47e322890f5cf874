/// Lists as sets.
enum SetExtensions {
  static let all = [
    relation("sets.contains") { (one, two, budget) throws(EvaluationError) in try every(two, isIn: one, &budget) },
    relation("sets.equivalent") { (one, two, budget) throws(EvaluationError) in
      let forward = try every(two, isIn: one, &budget)
      if case .bool(false) = forward { return forward }
      let backward = try every(one, isIn: two, &budget)
      if case .bool(false) = backward { return backward }
      return forward.isUnknown ? forward : backward
    },
    relation("sets.intersects") { (one, two, budget) throws(EvaluationError) in try some(one, isIn: two, &budget) },
  ]

  private typealias Relate = @Sendable ([Value], [Value], inout Budget) throws(EvaluationError) -> Value

  private static let list = StaticType.list(.parameter("A"))

  private static func relation(_ name: String, _ relate: @escaping Relate) -> Function {
    Function(name, [.global([list, list], .bool)]) { (values, budget) throws(EvaluationError) in
      guard case .list(let one) = values[0], case .list(let two) = values[1] else { throw .noSuchOverload(values) }
      return try relate(one, two, &budget)
    }
  }

  private static func every(_ items: [Value], isIn list: [Value], _ budget: inout Budget) throws(EvaluationError)
    -> Value
  {
    var isSure = true
    for item in items {
      switch try list.holds(item, &budget) {
      case .bool(false): return .bool(false)
      case .unknown: isSure = false
      default: break
      }
    }
    return isSure ? .bool(true) : .unknown([.isTrue, .isFalse])
  }

  private static func some(_ items: [Value], isIn list: [Value], _ budget: inout Budget) throws(EvaluationError)
    -> Value
  {
    var isSure = true
    for item in items {
      switch try list.holds(item, &budget) {
      case .bool(true): return .bool(true)
      case .unknown: isSure = false
      default: break
      }
    }
    return isSure ? .bool(false) : .unknown([.isTrue, .isFalse])
  }
}
