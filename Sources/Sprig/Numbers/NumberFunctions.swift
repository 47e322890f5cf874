import GoTemplate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Arithmetic: whole numbers are `int64` and wrap around, floats are added and multiplied in decimal.
enum NumberFunctions {
  static let functions: [Function] = conversions + wholeNumbers + decimals + floats

  private static let conversions: [Function] = [
    Function("atoi", .string) { .int(Int(Casting.decimal($0.string(0)))) },
    Function("int", .any) { .int(Casting.int($0[0])) },
    Function("int64", .any) { .int64(Casting.int64($0[0])) },
    Function("float64", .any) { .double(Casting.double($0[0])) },
    Function("toDecimal", .any) { .int64(octal(Formatter.text($0[0]).bytes)) },
  ]

  private static let wholeNumbers: [Function] = [
    Function("add1", .any) { .int64(Casting.int64($0[0]) &+ 1) },
    Function("add", variadic: .any) { .int64($0.reduce(0) { $0 &+ Casting.int64($1) }) },
    Function("sub", .any, .any) { .int64(Casting.int64($0[0]) &- Casting.int64($0[1])) },
    Function("mul", .any, variadic: .any) { .int64($0.reduce(1) { $0 &* Casting.int64($1) }) },
    Function("div", .any, .any) { (arguments) throws(FunctionError) in
      .int64(Casting.int64(arguments[0]).dividedReportingOverflow(by: try divisor(arguments[1])).partialValue)
    },
    Function("mod", .any, .any) { (arguments) throws(FunctionError) in
      .int64(Casting.int64(arguments[0]).remainderReportingOverflow(dividingBy: try divisor(arguments[1])).partialValue)
    },
    Function("max", .any, variadic: .any) { .int64($0.map(Casting.int64).max() ?? 0) },
    Function("biggest", .any, variadic: .any) { .int64($0.map(Casting.int64).max() ?? 0) },
    Function("min", .any, variadic: .any) { .int64($0.map(Casting.int64).min() ?? 0) },
  ]

  private static let decimals: [Function] = [
    Function("add1f", .any) { (arguments) throws(FunctionError) in
      .double((try decimal(arguments[0]) + decimal(.int(1))).double)
    },
    Function("addf", variadic: .any) { (arguments) throws(FunctionError) in
      var total = try decimal(.int(0))
      for argument in arguments { total = total + (try decimal(argument)) }
      return .double(total.double)
    },
    reducing("subf") { (left, right) throws(FunctionError) in left + -right },
    reducing("mulf") { (left, right) throws(FunctionError) in left * right },
    reducing("divf") { (left, right) throws(FunctionError) in
      guard !right.isZero else { throw .message("decimal division by 0") }
      return left.divided(by: right)
    },
  ]

  private static let floats: [Function] = [
    Function("maxf", .any, variadic: .any) { .double($0.map(Casting.double).reduce(-.infinity, larger)) },
    Function("minf", .any, variadic: .any) { .double($0.map(Casting.double).reduce(.infinity, smaller)) },
    Function("ceil", .any) { .double(Casting.double($0[0]).rounded(.up)) },
    Function("floor", .any) { .double(Casting.double($0[0]).rounded(.down)) },
    Function("round", .any, .int, variadic: .float64) { arguments in
      var threshold = 0.5
      if arguments.count > 2, case .double(let given) = arguments[2] { threshold = given }
      let power = pow(10, Double(arguments.int(1)))
      let digits = power * Casting.double(arguments[0])
      let fraction = digits - digits.rounded(.towardZero)
      return .double(digits.rounded(fraction >= threshold ? .up : .down) / power)
    },
  ]

  private static func larger(_ left: Double, _ right: Double) -> Double {
    left.isNaN || right.isNaN ? .nan : max(left, right)
  }

  private static func smaller(_ left: Double, _ right: Double) -> Double {
    left.isNaN || right.isNaN ? .nan : min(left, right)
  }

  private static func divisor(_ value: Value) throws(FunctionError) -> Int64 {
    let divisor = Casting.int64(value)
    guard divisor != 0 else { throw .message("runtime error: integer divide by zero") }
    return divisor
  }

  private static func decimal(_ value: Value) throws(FunctionError) -> Decimal {
    let number = Casting.double(value)
    guard let decimal = Decimal(number) else {
      throw .message("Cannot create a Decimal from \(GoString(FloatText.format(number, "g")))")
    }
    return decimal
  }

  private static func reducing(
    _ name: String, _ body: @escaping @Sendable (Decimal, Decimal) throws(FunctionError) -> Decimal
  ) -> Function {
    Function(name, .any, variadic: .any) { (arguments) throws(FunctionError) in
      var total = try decimal(arguments[0])
      for argument in arguments.dropFirst() { total = try body(total, try decimal(argument)) }
      return .double(total.double)
    }
  }

  private static func octal(_ bytes: [UInt8]) -> Int64 {
    let isNegative = bytes.first == UInt8(ascii: "-")
    let digits = isNegative || bytes.first == UInt8(ascii: "+") ? Array(bytes.dropFirst()) : bytes
    guard let magnitude = NumberText.magnitude(digits, radix: 8), let value = Int64(exactly: magnitude) else {
      return 0
    }
    return isNegative ? -value : value
  }
}
