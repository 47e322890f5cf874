/// How two values stand to each other.
enum Ordering {
  case less, equal, greater
  /// One of them is no number (NaN).
  case unordered

  init<Element: Comparable>(_ one: Element, _ two: Element) {
    self = one < two ? .less : one == two ? .equal : one > two ? .greater : .unordered
  }
}

extension Value {
  var isNumber: Bool {
    switch self {
    case .int, .uint, .double: true
    default: false
    }
  }

  /// The order of two values; nil for types that have none.
  func order(to other: Value) -> Ordering? {
    switch (self, other) {
    case (.bool(let one), .bool(let two)): Ordering(one ? 1 : 0, two ? 1 : 0)
    case (.string(let one), .string(let two)): Self.order(one.utf8, two.utf8)
    case (.bytes(let one), .bytes(let two)): Self.order(one, two)
    case (.timestamp(let one), .timestamp(let two)): Ordering(one, two)
    case (.duration(let one), .duration(let two)): Ordering(one.nanoseconds, two.nanoseconds)
    default: isNumber && other.isNumber ? compareNumbers(to: other) : nil
    }
  }

  private static func order(_ one: some Sequence<UInt8>, _ two: some Sequence<UInt8>) -> Ordering {
    one.lexicographicallyPrecedes(two) ? .less : two.lexicographicallyPrecedes(one) ? .greater : .equal
  }

  /// The order of two numbers by what they stand for, whatever their types.
  func compareNumbers(to other: Value) -> Ordering {
    switch (self, other) {
    case (.int(let one), .int(let two)): Ordering(one, two)
    case (.uint(let one), .uint(let two)): Ordering(one, two)
    case (.double(let one), .double(let two)): Ordering(one, two)
    case (.int(let one), .uint(let two)): one < 0 ? .less : Ordering(UInt64(one), two)
    case (.uint(let one), .int(let two)): two < 0 ? .greater : Ordering(one, UInt64(two))
    case (.double(let one), .int(let two)): Self.order(one, two)
    case (.double(let one), .uint(let two)): Self.order(one, two)
    case (.int(let one), .double(let two)): Self.order(two, one).reversed
    case (.uint(let one), .double(let two)): Self.order(two, one).reversed
    default: .unordered
    }
  }

  /// A fraction against a whole number, which is rounded to the nearest fraction for it, as in cel-go.
  private static func order<Whole: FixedWidthInteger>(_ fraction: Double, _ whole: Whole) -> Ordering {
    Ordering(fraction, Double(whole))
  }
}

extension Ordering {
  fileprivate var reversed: Ordering {
    switch self {
    case .less: .greater
    case .greater: .less
    case .equal, .unordered: self
    }
  }
}
