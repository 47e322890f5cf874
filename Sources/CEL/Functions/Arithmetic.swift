/// `+ - * / %`
enum Arithmetic {
  static let all = [add, subtract, multiply, divide, modulo]

  private static let element = StaticType.parameter("A")

  private static func overloads(_ types: [StaticType]) -> [Function.Overload] {
    types.map { .global([$0, $0], $0) }
  }

  private static let add = Function(
    "_+_",
    overloads([.bytes, .double, .int, .string, .uint, .list(element), .duration]) + [
      .global([.duration, .timestamp], .timestamp), .global([.timestamp, .duration], .timestamp),
    ],
    plain: { (values) throws(EvaluationError) in
      switch (values[0], values[1]) {
      case (.int(let one), .int(let two)): return .int(try exact(one.addingReportingOverflow(two)))
      case (.uint(let one), .uint(let two)): return .uint(try exact(one.addingReportingOverflow(two)))
      case (.double(let one), .double(let two)): return .double(one + two)
      case (.string(let one), .string(let two)): return .string(one + two)
      case (.bytes(let one), .bytes(let two)): return .bytes(one + two)
      case (.list(let one), .list(let two)): return .list(one + two)
      case (.duration(let one), .duration(let two)):
        return duration(try exact(one.nanoseconds.addingReportingOverflow(two.nanoseconds)))
      case (.timestamp(let moment), .duration(let span)), (.duration(let span), .timestamp(let moment)):
        return try timestamp(moment.adding(span.nanoseconds))
      default: throw .noSuchOverload(values)
      }
    })

  private static let subtract = Function(
    "_-_",
    overloads([.double, .int, .uint, .duration]) + [
      .global([.timestamp, .duration], .timestamp), .global([.timestamp, .timestamp], .duration),
    ],
    plain: { (values) throws(EvaluationError) in
      switch (values[0], values[1]) {
      case (.int(let one), .int(let two)): return .int(try exact(one.subtractingReportingOverflow(two)))
      case (.uint(let one), .uint(let two)): return .uint(try exact(one.subtractingReportingOverflow(two)))
      case (.double(let one), .double(let two)): return .double(one - two)
      case (.duration(let one), .duration(let two)):
        return duration(try exact(one.nanoseconds.subtractingReportingOverflow(two.nanoseconds)))
      case (.timestamp(let moment), .duration(let span)):
        return try timestamp(span.nanoseconds == .min ? nil : moment.adding(-span.nanoseconds))
      case (.timestamp(let one), .timestamp(let two)):
        guard let span = one.since(two) else { throw .overflow }
        return duration(span)
      default: throw .noSuchOverload(values)
      }
    })

  private static let multiply = Function(
    "_*_", overloads([.double, .int, .uint]),
    plain: { (values) throws(EvaluationError) in
      switch (values[0], values[1]) {
      case (.int(let one), .int(let two)): return .int(try exact(one.multipliedReportingOverflow(by: two)))
      case (.uint(let one), .uint(let two)): return .uint(try exact(one.multipliedReportingOverflow(by: two)))
      case (.double(let one), .double(let two)): return .double(one * two)
      default: throw .noSuchOverload(values)
      }
    })

  private static let divide = Function(
    "_/_", overloads([.double, .int, .uint]),
    plain: { (values) throws(EvaluationError) in
      switch (values[0], values[1]) {
      case (.int(let one), .int(let two)):
        guard two != 0 else { throw .divisionByZero }
        return .int(try exact(one.dividedReportingOverflow(by: two)))
      case (.uint(let one), .uint(let two)):
        guard two != 0 else { throw .divisionByZero }
        return .uint(one / two)
      case (.double(let one), .double(let two)): return .double(one / two)
      default: throw .noSuchOverload(values)
      }
    })

  private static let modulo = Function(
    "_%_", overloads([.int, .uint]),
    plain: { (values) throws(EvaluationError) in
      switch (values[0], values[1]) {
      case (.int(let one), .int(let two)):
        guard two != 0 else { throw EvaluationError(.arithmetic, "modulus by zero") }
        return .int(try exact(one.remainderReportingOverflow(dividingBy: two)))
      case (.uint(let one), .uint(let two)):
        guard two != 0 else { throw EvaluationError(.arithmetic, "modulus by zero") }
        return .uint(one % two)
      default: throw .noSuchOverload(values)
      }
    })

  private static func exact<Number>(_ result: (partialValue: Number, overflow: Bool)) throws(EvaluationError)
    -> Number
  {
    guard !result.overflow else { throw .overflow }
    return result.partialValue
  }

  private static func duration(_ nanoseconds: Int64) -> Value { .duration(DurationValue(nanoseconds: nanoseconds)) }

  private static func timestamp(_ moment: TimestampValue?) throws(EvaluationError) -> Value {
    guard let moment else { throw EvaluationError(.arithmetic, "timestamp overflow") }
    return .timestamp(moment)
  }
}

extension EvaluationError {
  fileprivate static let divisionByZero = EvaluationError(.arithmetic, "division by zero")
}
