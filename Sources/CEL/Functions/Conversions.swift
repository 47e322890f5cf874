/// From one type to another.
enum Conversions {
  static let all = [bool, bytes, double, duration, dyn, int, string, timestamp, type, uint]

  private static let anything = StaticType.parameter("A")

  private static func overloads(_ from: [StaticType], to type: StaticType) -> [Function.Overload] {
    from.map { .global([$0], type) }
  }

  private static let dyn = Function(
    "dyn", [.global([anything], .dyn)], plain: { (values) throws(EvaluationError) in values[0] })

  private static let type = Function(
    "type", [.global([anything], .type)], plain: { (values) throws(EvaluationError) in .type(values[0].typeName) })

  private static let bool = Function(
    "bool", overloads([.bool, .string], to: .bool),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .bool: return values[0]
      case .string(let text):
        if ["1", "t", "T", "true", "TRUE", "True"].contains(text) { return .bool(true) }
        if ["0", "f", "F", "false", "FALSE", "False"].contains(text) { return .bool(false) }
        throw .unreadable(text, as: "bool")
      default: throw .noSuchOverload(values)
      }
    })

  private static let bytes = Function(
    "bytes", overloads([.bytes, .string], to: .bytes),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .bytes: return values[0]
      case .string(let text): return .bytes(Array(text.utf8))
      default: throw .noSuchOverload(values)
      }
    })

  private static let double = Function(
    "double", overloads([.double, .int, .string, .uint], to: .double),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .double: return values[0]
      case .int(let number): return .double(Double(number))
      case .uint(let number): return .double(Double(number))
      case .string(let text):
        guard let number = Double(text), number.isFinite || text.isInfinityOrNaN else {
          throw .unreadable(text, as: "double")
        }
        return .double(number)
      default: throw .noSuchOverload(values)
      }
    })

  private static let int = Function(
    "int", overloads([.int, .double, .duration, .string, .timestamp, .uint], to: .int),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .int: return values[0]
      case .uint(let number):
        guard let whole = Int64(exactly: number) else { throw .range }
        return .int(whole)
      case .double(let number):
        // cel-go leaves out the bounds themselves, which a double cannot tell from their neighbours.
        guard number > Double(Int64.min), number < Double(Int64.max) else { throw .range }
        return .int(Int64(number))
      case .string(let text):
        guard let whole = Int64(text) else { throw .unreadable(text, as: "int") }
        return .int(whole)
      case .timestamp(let moment): return .int(moment.seconds)
      case .duration(let span): return .int(span.nanoseconds)
      default: throw .noSuchOverload(values)
      }
    })

  private static let uint = Function(
    "uint", overloads([.uint, .double, .int, .string], to: .uint),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .uint: return values[0]
      case .int(let number):
        guard let whole = UInt64(exactly: number) else { throw .range }
        return .uint(whole)
      case .double(let number):
        guard number >= 0, number < Double(UInt64.max) else { throw .range }
        return .uint(UInt64(number))
      case .string(let text):
        guard !text.hasPrefix("+"), let whole = UInt64(text) else { throw .unreadable(text, as: "uint") }
        return .uint(whole)
      default: throw .noSuchOverload(values)
      }
    })

  private static let string = Function(
    "string", overloads([.string, .bool, .bytes, .double, .duration, .int, .timestamp, .uint], to: .string),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .string: return values[0]
      case .bool(let flag): return .string(flag ? "true" : "false")
      case .int(let number): return .string("\(number)")
      case .uint(let number): return .string("\(number)")
      case .double(let number): return .string(DecimalText.general(number))
      case .timestamp(let moment): return .string(moment.text)
      case .duration(let span): return .string(span.text)
      case .bytes(let bytes):
        guard let text = String(validating: bytes, as: UTF8.self) else {
          throw EvaluationError(.invalid, "invalid UTF-8 in bytes, cannot convert to string")
        }
        return .string(text)
      default: throw .noSuchOverload(values)
      }
    })

  private static let timestamp = Function(
    "timestamp", overloads([.timestamp, .int, .string], to: .timestamp),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .timestamp: return values[0]
      case .int(let seconds):
        guard let moment = TimestampValue(seconds: seconds) else { throw .range }
        return .timestamp(moment)
      case .string(let text):
        guard let moment = TimestampValue(text) else { throw .unreadable(text, as: "timestamp") }
        return .timestamp(moment)
      default: throw .noSuchOverload(values)
      }
    })

  private static let duration = Function(
    "duration", overloads([.duration, .string], to: .duration),
    plain: { (values) throws(EvaluationError) in
      switch values[0] {
      case .duration: return values[0]
      case .string(let text):
        guard let span = DurationValue(text) else { throw .unreadable(text, as: "duration") }
        return .duration(span)
      default: throw .noSuchOverload(values)
      }
    })
}

extension String {
  /// Whether it is one of the words that Go reads as a number that is none.
  fileprivate var isInfinityOrNaN: Bool {
    let word = lowercased().drop { $0 == "+" || $0 == "-" }
    return ["inf", "infinity", "nan"].contains(word)
  }
}

extension EvaluationError {
  fileprivate static func unreadable(_ text: String, as type: String) -> EvaluationError {
    EvaluationError(.invalid, "'\(text)' is no \(type)")
  }
}
