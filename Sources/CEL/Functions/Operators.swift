/// The operators that are ordinary functions. `&&`, `||` and `?:` are not: they do without some of their operands.
enum Operators {
  static let all: [Function] =
    [equal, notEqual, isIn, index, optionalIndex, not, negate] + comparisons + Arithmetic.all

  private static let a = StaticType.parameter("A")
  private static let b = StaticType.parameter("B")

  private static let equal = Function(
    "_==_", [.global([a, a], .bool)],
    plain: { (values) throws(EvaluationError) in
      values[0].equals(values[1]).map(Value.bool) ?? .unknown(.comparison)
    })

  private static let notEqual = Function(
    "_!=_", [.global([a, a], .bool)],
    plain: { (values) throws(EvaluationError) in
      values[0].equals(values[1]).map { .bool(!$0) } ?? .unknown(.comparison)
    })

  private static let isIn = Function(
    "@in", [.global([a, .list(a)], .bool), .global([a, .map(a, b)], .bool)]
  ) { (values, budget) throws(EvaluationError) in
    switch values[1] {
    case .map(let map):
      guard let found = map.find(values[0]) else { return .bool(false) }
      return found.isUnknown ? .unknown(.comparison) : .bool(true)
    case .list(let items):
      try budget.spend(items.count)
      return items.holds(values[0])
    default: throw .noSuchOverload(values)
    }
  }

  private static let index = Function(
    "_[_]",
    [
      .global([.list(a), .int], a), .global([.map(a, b), a], b), .global([.optional(.list(a)), .int], .optional(a)),
      .global([.optional(.map(a, b)), a], .optional(b)),
    ], plain: { (values) throws(EvaluationError) in try values[0].member(values[1]) })

  private static let optionalIndex = Function(
    "_[?_]",
    [
      .global([.list(a), .int], .optional(a)), .global([.optional(.list(a)), .int], .optional(a)),
      .global([.map(a, b), a], .optional(b)), .global([.optional(.map(a, b)), a], .optional(b)),
    ], plain: { (values) throws(EvaluationError) in try values[0].optionalMember(values[1]) })

  private static let not = Function(
    "!_", [.global([.bool], .bool)],
    plain: { (values) throws(EvaluationError) in
      guard case .bool(let flag) = values[0] else { throw .noSuchOverload(values) }
      return .bool(!flag)
    })

  private static let negate = Function(
    "-_", [.global([.int], .int), .global([.double], .double)],
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .int(let number):
        guard number != .min else { throw .overflow }
        return .int(-number)
      case .double(let number): return .double(-number)
      default: throw .noSuchOverload(values)
      }
    })

  // MARK: Comparisons

  private static let comparisons = [
    comparison("_<_") { $0 == .less }, comparison("_<=_") { $0 == .less || $0 == .equal },
    comparison("_>_") { $0 == .greater }, comparison("_>=_") { $0 == .greater || $0 == .equal },
  ]

  private static let numbers: [StaticType] = [.int, .uint, .double]

  /// Numbers compare across their types; all else within one.
  private static let ordered: [Function.Overload] =
    numbers.flatMap { one in numbers.map { .global([one, $0], .bool) } }
    + [.bool, .string, .bytes, .timestamp, .duration].map { (type: StaticType) in .global([type, type], .bool) }

  private static func comparison(_ name: String, _ holds: @escaping @Sendable (Ordering) -> Bool) -> Function {
    Function(
      name, ordered,
      plain: { (values) throws(EvaluationError) in
        guard let order = values[0].order(to: values[1]) else { throw .noSuchOverload(values) }
        return .bool(holds(order))
      })
  }
}

extension [Value] {
  /// Whether an element equals `value`.
  func holds(_ value: Value) -> Value {
    var isSure = true
    for item in self {
      switch item.equals(value) {
      case true?: return .bool(true)
      case nil: isSure = false
      case false?: break
      }
    }
    return isSure ? .bool(false) : .unknown(.comparison)
  }
}

extension EvaluationError {
  static let overflow = EvaluationError(.arithmetic, "integer overflow")
  static let range = EvaluationError(.arithmetic, "range error")
}
