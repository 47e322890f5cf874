extension Value {
  /// Whether two values are equal, as `==` has it: never an error, and values of different types are not.
  /// Nil where that depends on something unknown.
  ///
  /// Values may share parts, so that a small one unfolds to a huge one: each comparison has its cost.
  func equals(_ other: Value, _ budget: inout Budget) throws(EvaluationError) -> Bool? {
    try budget.spend()
    switch (self, other) {
    case (.unknown, _), (_, .unknown): return nil
    case (.null, .null): return true
    case (.bool(let one), .bool(let two)): return one == two
    case (.string(let one), .string(let two)):
      try budget.spend(onParts: min(one.utf8.count, two.utf8.count))
      return one.hasSameBytes(as: two)
    case (.bytes(let one), .bytes(let two)):
      try budget.spend(onParts: min(one.count, two.count))
      return one == two
    case (.timestamp(let one), .timestamp(let two)): return one == two
    case (.duration(let one), .duration(let two)): return one == two
    case (.type(let one), .type(let two)): return one == two
    case (.list(let one), .list(let two)): return try Self.equals(one, two, &budget)
    case (.map(let one), .map(let two)): return try Self.equals(one, two, &budget)
    case (.optional(let one), .optional(let two)):
      guard let one, let two else { return one == nil && two == nil }
      return try one.equals(two, &budget)
    default: return isNumber && other.isNumber && compareNumbers(to: other) == .equal
    }
  }

  private static func equals(_ one: [Value], _ two: [Value], _ budget: inout Budget) throws(EvaluationError) -> Bool? {
    guard one.count == two.count else { return false }
    var isSure = true
    for (left, right) in zip(one, two) {
      switch try left.equals(right, &budget) {
      case false?: return false
      case nil: isSure = false
      case true?: break
      }
    }
    return isSure ? true : nil
  }

  private static func equals(_ one: MapValue, _ two: MapValue, _ budget: inout Budget) throws(EvaluationError)
    -> Bool?
  {
    // An entry with an unknown value may not be there at all.
    if !one.isUncertain, !two.isUncertain, one.count != two.count { return false }
    var isSure = !one.isOpen && !two.isOpen
    for key in one.keys {
      guard let left = one[key] else { continue }
      guard let right = two[key] else {
        guard two.isOpen || left.isUnknown else { return false }
        isSure = false
        continue
      }
      switch try left.equals(right, &budget) {
      case false?: return false
      case nil: isSure = false
      case true?: break
      }
    }
    for key in two.keys where one[key] == nil {
      guard one.isOpen || two[key]?.isUnknown == true else { return false }
      isSure = false
    }
    return isSure ? true : nil
  }
}
