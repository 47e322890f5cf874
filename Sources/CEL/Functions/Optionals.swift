/// Values that may be absent, as in version 2 of cel-go's library for them.
enum Optionals {
  static let all = [
    of, ofNonZeroValue, none, value, hasValue, or, orValue, select, first, last,
    unwrap("optional.unwrap", isMember: false),
    unwrap("unwrapOpt", isMember: true),
  ]

  private static let a = StaticType.parameter("A")
  private static let optionalA = StaticType.optional(.parameter("A"))

  private static let of = Function(
    "optional.of", [.global([a], optionalA)], plain: { (values) throws(EvaluationError) in .optional(values[0]) })

  private static let ofNonZeroValue = Function(
    "optional.ofNonZeroValue", [.global([a], optionalA)],
    plain: { (values) throws(EvaluationError) in .optional(values[0].isZero ? nil : values[0]) })

  private static let none = Function(
    "optional.none", [.global([], optionalA)], plain: { (_) throws(EvaluationError) in .optional(nil) })

  private static let value = Function(
    "value", [.member([optionalA], a)],
    plain: { (values) throws(EvaluationError) in
      guard case .optional(let held) = values[0] else { throw .noSuchOverload(values) }
      guard let held else { throw EvaluationError(.missing, "optional.none() dereference") }
      return held
    })

  private static let hasValue = Function(
    "hasValue", [.member([optionalA], .bool)],
    plain: { (values) throws(EvaluationError) in
      guard case .optional(let held) = values[0] else { throw .noSuchOverload(values) }
      return .bool(held != nil)
    })

  /// The evaluator does these itself, as the second operand may not be needed.
  private static let or = Function("or", [.member([optionalA, optionalA], optionalA)], plain: refuse)
  private static let orValue = Function("orValue", [.member([optionalA, a], a)], plain: refuse)

  private static let refuse: @Sendable ([Value]) throws(EvaluationError) -> Value = {
    (values) throws(EvaluationError) in throw .noSuchOverload(values)
  }

  private static let select = Function(
    "_?._", [.global([.dyn, .string], optionalA)],
    plain: { (values) throws(EvaluationError) in
      if case .list = values[0] { throw .noSuchOverload(values) }
      return try values[0].optionalMember(values[1])
    })

  private static let first = end("first") { $0.first }
  private static let last = end("last") { $0.last }

  private static func end(_ name: String, _ pick: @escaping @Sendable ([Value]) -> Value?) -> Function {
    Function(
      name, [.member([.list(a)], optionalA)],
      plain: { (values) throws(EvaluationError) in
        guard case .list(let items) = values[0] else { throw .noSuchOverload(values) }
        return .optional(pick(items))
      })
  }

  /// The values of those that have one.
  private static func unwrap(_ name: String, isMember: Bool) -> Function {
    let overload = Function.Overload(arguments: [.list(optionalA)], result: .list(a), isMember: isMember)
    return Function(
      name, [overload],
      plain: { (values) throws(EvaluationError) in
        guard case .list(let items) = values[0] else { throw .noSuchOverload(values) }
        var found: [Value] = []
        for item in items {
          switch item {
          case .optional(let held): if let held { found.append(held) }
          case .unknown: return .unknown([.isOther, .fails])
          default: throw .noSuchOverload(values)
          }
        }
        return .list(found)
      })
  }
}

extension Value {
  /// Whether it is what its type starts with.
  fileprivate var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let flag): !flag
    case .int(let number): number == 0
    case .uint(let number): number == 0
    case .double(let number): number == 0
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let items): items.isEmpty
    case .map(let map): map.count == 0 && !map.isOpen
    case .duration(let span): span.nanoseconds == 0
    case .optional(let held): held == nil
    case .timestamp(let moment): moment.seconds == TimestampValue.validSeconds.lowerBound && moment.nanoseconds == 0
    case .type, .unknown: false
    }
  }
}
