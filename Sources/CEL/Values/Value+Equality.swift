extension Value {
  /// Whether two values are equal, as `==` has it: never an error, and values of different types are not.
  /// Nil where that depends on something unknown.
  func equals(_ other: Value) -> Bool? {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): nil
    case (.null, .null): true
    case (.bool(let one), .bool(let two)): one == two
    case (.string(let one), .string(let two)): one.hasSameBytes(as: two)
    case (.bytes(let one), .bytes(let two)): one == two
    case (.timestamp(let one), .timestamp(let two)): one == two
    case (.duration(let one), .duration(let two)): one == two
    case (.type(let one), .type(let two)): one == two
    case (.list(let one), .list(let two)): Self.equals(one, two)
    case (.map(let one), .map(let two)): Self.equals(one, two)
    case (.optional(let one), .optional(let two)):
      if let one, let two { one.equals(two) } else { one == nil && two == nil }
    default: isNumber && other.isNumber && compareNumbers(to: other) == .equal
    }
  }

  private static func equals(_ one: [Value], _ two: [Value]) -> Bool? {
    guard one.count == two.count else { return false }
    return allEqual(zip(one, two).lazy.map { $0.equals($1) })
  }

  private static func equals(_ one: MapValue, _ two: MapValue) -> Bool? {
    if !one.isOpen, !two.isOpen, one.count != two.count { return false }
    let left = allEqual(
      one.keys.lazy.map { key in two[key].map { one[key]?.equals($0) } ?? (two.isOpen ? nil : false) })
    guard left != false, one.isOpen || two.isOpen else { return left }
    let hasMore = !one.isOpen && two.keys.contains { one[$0] == nil }
    return hasMore ? false : nil
  }

  private static func allEqual(_ answers: some Sequence<Bool?>) -> Bool? {
    var isSure = true
    for answer in answers {
      if answer == false { return false }
      if answer == nil { isSure = false }
    }
    return isSure ? true : nil
  }
}
