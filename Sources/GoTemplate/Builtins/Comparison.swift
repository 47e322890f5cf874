/// `eq`, `ne`, `lt`, `le`, `gt`, `ge`: only values of one basic kind compare, and integers of either sign.
enum Comparison {
  static let functions: [Function] = [
    Function("eq", .value, variadic: .value) { (arguments) throws(FunctionError) in
      guard arguments.count > 1 else { throw .message("missing argument for comparison") }
      for other in arguments.dropFirst() where try isEqual(arguments[0], other) { return true }
      return false
    },
    Function("ne", .value, .value) { (arguments) throws(FunctionError) in
      .bool(!(try isEqual(arguments[0], arguments[1])))
    },
    Function("lt", .value, .value) { (arguments) throws(FunctionError) in
      .bool(try isLess(arguments[0], arguments[1]))
    },
    Function("le", .value, .value) { (arguments) throws(FunctionError) in
      .bool(try isLessOrEqual(arguments[0], arguments[1]))
    },
    Function("gt", .value, .value) { (arguments) throws(FunctionError) in
      .bool(!(try isLessOrEqual(arguments[0], arguments[1])))
    },
    Function("ge", .value, .value) { (arguments) throws(FunctionError) in
      .bool(!(try isLess(arguments[0], arguments[1])))
    },
  ]

  /// A value reduced to what comparison looks at.
  private enum Basic {
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case complex(Double, Double)
    case string(GoString)
    case other
  }

  private static func basic(_ value: Value) -> Basic {
    switch value.underlying {
    case .bool(let value): .bool(value)
    case .int(let value, _): .int(value)
    case .uint(let value, _): .uint(value)
    case .double(let value): .double(value)
    case .complex(let real, let imaginary): .complex(real, imaginary)
    case .string(let value): .string(value)
    case .missing, .null, .bytes, .list, .dict, .object: .other
    }
  }

  private static func isEqual(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    switch (basic(left), basic(right)) {
    case (.bool(let first), .bool(let second)): return first == second
    case (.int(let first), .int(let second)): return first == second
    case (.uint(let first), .uint(let second)): return first == second
    case (.double(let first), .double(let second)): return first == second
    case (.string(let first), .string(let second)): return first == second
    case (.complex(let first, let part), .complex(let second, let otherPart)):
      return first == second && part == otherPart
    case (.int(let first), .uint(let second)): return UInt64(exactly: first) == second
    case (.uint(let first), .int(let second)): return first == UInt64(exactly: second)
    case (.other, .other): return try isEqualOther(left, right)
    default:
      if left.isNil || right.isNil { return false }
      throw incompatible(left, right)
    }
  }

  private static func isEqualOther(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    if left.isNil || right.isNil { return left.isNil && right.isNil }
    guard left.type.kind == right.type.kind else {
      let first = Formatter.print(format: "%s", [left])
      throw .message("non-comparable types \(first): \(left.type), \(right.type): \(Formatter.text(right))")
    }
    if case .object(let first) = left, case .object(let second) = right, first.underlying == nil {
      return first.type == second.type && (first.type.kind == "ptr" ? first === second : first.isEqual(to: second))
    }
    throw .message("non-comparable type \(Formatter.print(format: "%s", [right])): \(right.type)")
  }

  private static func incompatible(_ left: Value, _ right: Value) -> FunctionError {
    .message("incompatible types for comparison: \(left.type) and \(right.type)")
  }

  private static func isLess(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    switch (basic(left), basic(right)) {
    case (.other, _), (_, .other), (.bool, .bool), (.complex, .complex):
      throw .message("invalid type for comparison")
    case (.int(let first), .int(let second)): return first < second
    case (.uint(let first), .uint(let second)): return first < second
    case (.double(let first), .double(let second)): return first < second
    case (.string(let first), .string(let second)): return first < second
    case (.int(let first), .uint(let second)): return first < 0 || UInt64(first) < second
    case (.uint(let first), .int(let second)): return second >= 0 && first < UInt64(second)
    default: throw incompatible(left, right)
    }
  }

  private static func isLessOrEqual(_ left: Value, _ right: Value) throws(FunctionError) -> Bool {
    if try isLess(left, right) { return true }
    return try isEqual(left, right)
  }
}
