/// Lists as sets.
enum SetExtensions {
  static let all = [
    relation("sets.contains") { one, two in every(two, isIn: one) },
    relation("sets.equivalent") { one, two in
      let forward = every(two, isIn: one)
      if case .bool(false) = forward { return forward }
      let backward = every(one, isIn: two)
      if case .bool(false) = backward { return backward }
      return forward.isUnknown ? forward : backward
    },
    relation("sets.intersects") { one, two in some(one, isIn: two) },
  ]

  private static let list = StaticType.list(.parameter("A"))

  private static func relation(_ name: String, _ relate: @escaping @Sendable ([Value], [Value]) -> Value) -> Function {
    Function(name, [.global([list, list], .bool)]) { (values, budget) throws(EvaluationError) in
      guard case .list(let one) = values[0], case .list(let two) = values[1] else { throw .noSuchOverload(values) }
      try budget.spend(one.count * max(two.count, 1))
      return relate(one, two)
    }
  }

  private static func every(_ items: [Value], isIn list: [Value]) -> Value {
    var isSure = true
    for item in items {
      switch list.holds(item) {
      case .bool(false): return .bool(false)
      case .unknown: isSure = false
      default: break
      }
    }
    return isSure ? .bool(true) : .unknown([.isTrue, .isFalse])
  }

  private static func some(_ items: [Value], isIn list: [Value]) -> Value {
    var isSure = true
    for item in items {
      switch list.holds(item) {
      case .bool(true): return .bool(true)
      case .unknown: isSure = false
      default: break
      }
    }
    return isSure ? .bool(false) : .unknown([.isTrue, .isFalse])
  }
}
