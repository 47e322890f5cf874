/// Go's `fmt` over template values.
public struct Formatter {
  var out: [UInt8] = []
  var flags = FormatFlags()
  private var isReordered = false

  private init() {}

  /// `fmt.Sprint`: a space between operands where neither is a string.
  public static func print(_ values: [Value]) -> GoString {
    var formatter = Formatter()
    var previousIsString = false
    for (index, value) in values.enumerated() {
      var isString = false
      if case .string = value { isString = true }
      if index > 0 && !isString && !previousIsString { formatter.out.append(UInt8(ascii: " ")) }
      formatter.printArgument(value, "v")
      previousIsString = isString
    }
    return GoString(formatter.out)
  }

  /// `fmt.Sprintln`: a space between all operands, and a line feed.
  public static func printLine(_ values: [Value]) -> GoString {
    var formatter = Formatter()
    for (index, value) in values.enumerated() {
      if index > 0 { formatter.out.append(UInt8(ascii: " ")) }
      formatter.printArgument(value, "v")
    }
    formatter.out.append(UInt8(ascii: "\n"))
    return GoString(formatter.out)
  }

  /// `value` as `%v` prints it.
  public static func text(_ value: Value) -> GoString {
    if case .string(let text) = value { return text }
    return print([value])
  }

  /// `fmt.Sprintf`.
  public static func print(format: GoString, _ arguments: [Value]) -> GoString {
    var formatter = Formatter()
    formatter.run(format.bytes, arguments)
    return GoString(formatter.out)
  }

  // MARK: The format

  private mutating func run(_ format: [UInt8], _ arguments: [Value]) {
    var (index, next) = (0, 0)
    while index < format.count, out.count <= Limits.largestOutput {
      guard let percent = format[index...].firstIndex(of: UInt8(ascii: "%")) else {
        out += format[index...]
        break
      }
      out += format[index..<percent]
      index = percent + 1
      directive(format, &index, arguments, &next)
    }
    if !isReordered && next < arguments.count { appendExtra(arguments[next...]) }
  }

  private mutating func directive(_ format: [UInt8], _ index: inout Int, _ arguments: [Value], _ next: inout Int) {
    flags = FormatFlags()
    readFlags(format, &index)
    var isGood = true
    var afterIndex = argumentNumber(format, &index, arguments.count, &next, &isGood)
    readWidth(format, &index, arguments, &next, &afterIndex, &isGood)
    // At the end of the format a point is a verb, and no good one.
    if index + 1 < format.count, format[index] == UInt8(ascii: ".") {
      readPrecision(format, &index, arguments, &next, &afterIndex, &isGood)
    }
    if !afterIndex { _ = argumentNumber(format, &index, arguments.count, &next, &isGood) }
    guard index < format.count else {
      out.append("%!(NOVERB)")
      return
    }
    let (verb, length, _) = GoString.decode(format, at: index)
    index += length
    if verb == "%" {
      out.append(UInt8(ascii: "%"))
    } else if !isGood {
      out.append("%!\(verb)(BADINDEX)")
    } else if next >= arguments.count {
      out.append("%!\(verb)(MISSING)")
    } else {
      if verb == "v" { takeOverFlagsOfV() }
      printArgument(arguments[next], Character(verb))
      next += 1
    }
  }

  private mutating func takeOverFlagsOfV() {
    (flags.sharpV, flags.sharp) = (flags.sharp, false)
    (flags.plusV, flags.plus) = (flags.plus, false)
  }

  private mutating func readFlags(_ format: [UInt8], _ index: inout Int) {
    while index < format.count {
      switch format[index] {
      case UInt8(ascii: "#"): flags.sharp = true
      case UInt8(ascii: "0"): flags.zero = true
      case UInt8(ascii: "+"): flags.plus = true
      case UInt8(ascii: "-"): flags.minus = true
      case UInt8(ascii: " "): flags.space = true
      default: return
      }
      index += 1
    }
  }

  private mutating func readWidth(
    _ format: [UInt8], _ index: inout Int, _ arguments: [Value], _ next: inout Int, _ afterIndex: inout Bool,
    _ isGood: inout Bool
  ) {
    if index < format.count, format[index] == UInt8(ascii: "*") {
      index += 1
      flags.width = integerArgument(arguments, &next)
      if flags.width == nil { out.append("%!(BADWIDTH)") }
      if let width = flags.width, width < 0 {
        flags.width = -width
        flags.minus = true
        flags.zero = false
      }
      afterIndex = false
    } else {
      flags.width = number(format, &index)
      if afterIndex && flags.width != nil { isGood = false }
    }
  }

  private mutating func readPrecision(
    _ format: [UInt8], _ index: inout Int, _ arguments: [Value], _ next: inout Int, _ afterIndex: inout Bool,
    _ isGood: inout Bool
  ) {
    index += 1
    if afterIndex { isGood = false }
    afterIndex = argumentNumber(format, &index, arguments.count, &next, &isGood)
    if index < format.count, format[index] == UInt8(ascii: "*") {
      index += 1
      let precision = integerArgument(arguments, &next)
      flags.precision = precision.flatMap { $0 < 0 ? nil : $0 }
      if flags.precision == nil { out.append("%!(BADPREC)") }
      afterIndex = false
    } else {
      flags.precision = number(format, &index) ?? 0
    }
  }

  /// Widths beyond this are mistakes; Go has the same limit.
  private static let largestNumber = 1_000_000

  private func number(_ format: [UInt8], _ index: inout Int) -> Int? {
    var value: Int?
    while index < format.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(format[index]) {
      let digit = Int(format[index] - UInt8(ascii: "0"))
      let larger = (value ?? 0) * 10 + digit
      guard larger <= Formatter.largestNumber else {
        index = format.count
        return nil
      }
      value = larger
      index += 1
    }
    return value
  }

  private func integerArgument(_ arguments: [Value], _ next: inout Int) -> Int? {
    guard next < arguments.count else { return nil }
    next += 1
    let value: Int?
    switch arguments[next - 1] {
    case .int(let integer, _): value = Int(integer)
    case .uint(let integer, _): value = Int(exactly: integer)
    default: value = nil
    }
    return value.flatMap { $0.magnitude > Formatter.largestNumber ? nil : $0 }
  }

  /// Reads an explicit index such as `[2]`; whether one was there.
  private mutating func argumentNumber(
    _ format: [UInt8], _ index: inout Int, _ count: Int, _ next: inout Int, _ isGood: inout Bool
  ) -> Bool {
    guard index < format.count, format[index] == UInt8(ascii: "[") else { return false }
    isReordered = true
    guard let close = format[index...].firstIndex(of: UInt8(ascii: "]")) else {
      isGood = false
      index += 1
      return false
    }
    let digits = String(decoding: format[(index + 1)..<close], as: UTF8.self)
    index = close + 1
    guard let wanted = Int(digits), wanted >= 1, wanted <= count, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 })
    else {
      isGood = false
      return true
    }
    next = wanted - 1
    return true
  }

  private mutating func appendExtra(_ arguments: ArraySlice<Value>) {
    flags = FormatFlags()
    out.append("%!(EXTRA ")
    for (index, argument) in arguments.enumerated() {
      if index > 0 { out.append(", ") }
      if argument.isNil {
        out.append("<nil>")
      } else {
        out.append("\(argument.type)=")
        printArgument(argument, "v")
      }
    }
    out.append(UInt8(ascii: ")"))
  }
}
