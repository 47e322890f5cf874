import GoTemplate

/// Strings: quoting, trimming, cutting, joining.
enum StringFunctions {
  static let functions: [Function] = changing + asking + joining + cutting

  private static let changing: [Function] = [
    Function("trim", .string) { .string(trimmed($0.string(0)) { $0.isSpaceInGo }) },
    Function("upper", .string) { .string(Letters.mapped($0.string(0)) { Letters.upper($0) }) },
    Function("lower", .string) { .string(Letters.mapped($0.string(0)) { Letters.lower($0) }) },
    Function("title", .string) { .string(Letters.title($0.string(0))) },
    Function("untitle", .string) { .string(Letters.uncapitalized($0.string(0))) },
    Function("swapcase", .string) { .string(Letters.swapped($0.string(0))) },
    Function("initials", .string) { .string(Letters.initials($0.string(0))) },
    Function("snakecase", .string) { .string(WordCase.joined($0.string(0), by: "_")) },
    Function("kebabcase", .string) { .string(WordCase.joined($0.string(0), by: "-")) },
    Function("camelcase", .string) { .string(WordCase.pascal($0.string(0))) },
    Function("nospace", .string) { .string(withoutSpace($0.string(0))) },
    Function("repeat", .int, .string, evaluating: repeated),
    Function("trimall", .string, .string) { .string(trimmedAll($0)) },
    Function("trimAll", .string, .string) { .string(trimmedAll($0)) },
    Function("trimSuffix", .string, .string) { arguments in
      let (suffix, text) = (arguments.string(0), arguments.string(1))
      return .string(text.hasSuffix(suffix) ? GoString(text.bytes.dropLast(suffix.count)) : text)
    },
    Function("trimPrefix", .string, .string) { arguments in
      let (prefix, text) = (arguments.string(0), arguments.string(1))
      return .string(text.hasPrefix(prefix) ? GoString(text.bytes.dropFirst(prefix.count)) : text)
    },
    Function("indent", .int, .string, evaluating: indented),
    Function("nindent", .int, .string) { (arguments, evaluator) throws(FunctionError) in
      guard case .string(let text) = try indented(arguments, &evaluator) else { return .missing }
      return .string(GoString([UInt8(ascii: "\n")] + text.bytes))
    },
    Function("replace", .string, .string, .string) {
      .string($0.string(2).replacing($0.string(0), with: $0.string(1)))
    },
    Function("quote", variadic: .any) { arguments in
      .string(.joined(arguments.filter { !$0.isNil }.map { Quoting.quote(Casting.text($0)) }, by: " "))
    },
    Function("squote", variadic: .any) { arguments in
      let texts = arguments.filter { !$0.isNil }.map { GoString(Array("'".utf8) + Formatter.text($0).bytes + [0x27]) }
      return .string(.joined(texts, by: " "))
    },
    Function("toString", .any) { .string(Casting.text($0[0])) },
  ]

  private static let asking: [Function] = [
    Function("contains", .string, .string) { .bool($0.string(1).firstRange(of: $0.string(0)) != nil) },
    Function("hasPrefix", .string, .string) { .bool($0.string(1).hasPrefix($0.string(0))) },
    Function("hasSuffix", .string, .string) { .bool($0.string(1).hasSuffix($0.string(0))) },
    Function("plural", .string, .string, .int) { $0.int(2) == 1 ? $0[0] : $0[1] },
  ]

  private static let joining: [Function] = [
    Function("cat", variadic: .any) { arguments in
      // The format is built first and trimmed, so only the space behind the last verb goes.
      .string(.joined(arguments.filter { !$0.isNil }.map { Formatter.text($0) }, by: " "))
    },
    Function("join", .string, .any) { arguments in
      let texts = Casting.list(arguments[1]).elements.map { Casting.text($0) }
      return .string(.joined(texts, by: arguments.string(0)))
    },
    Function("split", .string, .string) { numbered($0.string(1).split(by: $0.string(0))) },
    Function("splitn", .string, .int, .string) {
      numbered($0.string(2).split(by: $0.string(0), limit: $0.int(1)))
    },
    Function("splitList", .string, .string) { .strings($0.string(1).split(by: $0.string(0))) },
    Function("toStrings", .any) { .list(Casting.list($0[0])) },
    Function("sortAlpha", .any) { arguments in
      guard Casting.elements(arguments[0]) != nil else { return .strings([Casting.text(arguments[0])]) }
      // Go sorts a list of strings in place.
      let list = Casting.list(arguments[0])
      let sorted = list.elements.map { Casting.text($0) }.sorted()
      list.elements = sorted.map { .string($0) }
      return .list(list)
    },
  ]

  private static let cutting: [Function] = [
    Function("trunc", .int, .string) { arguments in
      let (count, text) = (arguments.int(0), arguments.string(1))
      if count < 0 { return .string(text.count + count > 0 ? GoString(text.bytes.suffix(-count)) : text) }
      return .string(GoString(text.bytes.prefix(count)))
    },
    Function("substr", .int, .int, .string) { (arguments) throws(FunctionError) in
      .string(try substring(arguments.int(0), arguments.int(1), arguments.string(2)))
    },
    Function("abbrev", .int, .string) { arguments in
      let (width, text) = (arguments.int(0), arguments.string(1))
      return .string(width < 4 ? text : Abbreviation.cut(text, from: 0, width: width))
    },
    Function("abbrevboth", .int, .int, .string) { arguments in
      let (left, right, text) = (arguments.int(0), arguments.int(1), arguments.string(2))
      if right < 4 || left > 0 && right < 7 { return .string(text) }
      return .string(Abbreviation.cut(text, from: left, width: right))
    },
    Function("wrap", .int, .string) {
      .string(Wrapping.wrap($0.string(1), width: $0.int(0), newline: "\n", breaksLongWords: false))
    },
    Function("wrapWith", .int, .string, .string) {
      .string(Wrapping.wrap($0.string(2), width: $0.int(0), newline: $0.string(1), breaksLongWords: true))
    },
  ]

  // MARK: Bodies

  private static func trimmed(_ text: GoString, _ isTrimmed: (Unicode.Scalar) -> Bool) -> GoString {
    var (start, end, index) = (text.count, 0, 0)
    while index < text.count {
      let (scalar, length, isValid) = GoString.decode(text.bytes, at: index)
      if !isValid || !isTrimmed(scalar) {
        start = min(start, index)
        end = index + length
      }
      index += length
    }
    return start < end ? GoString(text.bytes[start..<end]) : ""
  }

  private static func trimmedAll(_ arguments: [Value]) -> GoString {
    let cut = Set(arguments.string(0).scalars)
    return trimmed(arguments.string(1)) { cut.contains($0) }
  }

  /// Go's library takes each byte for a character here.
  private static func withoutSpace(_ text: GoString) -> GoString {
    let isSpace = { (byte: UInt8) in Unicode.Scalar(byte).isSpaceInGo }
    guard text.bytes.contains(where: isSpace) else { return text }
    return GoString(scalars: text.bytes.filter { !isSpace($0) }.map { Unicode.Scalar($0) })
  }

  private static func numbered(_ parts: [GoString]) -> Value {
    var entries: [GoString: Value] = [:]
    for (index, part) in parts.enumerated() { entries[GoString("_\(index)")] = .string(part) }
    return .dict(Dict(entries, element: .string))
  }

  private static func repeated(_ arguments: [Value], _ evaluator: inout Evaluator) throws(FunctionError) -> Value {
    let (count, text) = (arguments.int(0), arguments.string(1))
    guard count >= 0 else { throw .message("strings: negative Repeat count") }
    try checkSize(count.multipliedReportingOverflow(by: text.count), evaluator)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * text.count)
    for _ in 0..<count { bytes += text.bytes }
    return .string(GoString(bytes))
  }

  private static func indented(_ arguments: [Value], _ evaluator: inout Evaluator) throws(FunctionError) -> Value {
    let (count, text) = (arguments.int(0), arguments.string(1))
    guard count >= 0 else { throw .message("strings: negative Repeat count") }
    let lines = text.bytes.lazy.filter { $0 == UInt8(ascii: "\n") }.count + 1
    try checkSize(count.multipliedReportingOverflow(by: lines), evaluator)
    let padding = [UInt8](repeating: UInt8(ascii: " "), count: count)
    var bytes = padding
    bytes.reserveCapacity(text.count + lines * count)
    for byte in text.bytes {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes += padding }
    }
    return .string(GoString(bytes))
  }

  /// A string that a count makes may be no larger than a whole output.
  static func checkSize(
    _ size: (partialValue: Int, overflow: Bool), _ evaluator: Evaluator
  ) throws(FunctionError) {
    guard !size.overflow, size.partialValue <= evaluator.limits.outputBytes else {
      throw .limit("the result has more than \(evaluator.limits.outputBytes) bytes")
    }
  }

  private static func substring(_ start: Int, _ end: Int, _ text: GoString) throws(FunctionError) -> GoString {
    let count = text.count
    if start < 0 {
      guard end >= 0, end <= count else { throw outOfBounds("[:\(end)]", count) }
      return GoString(text.bytes[..<end])
    }
    if end < 0 || end > count {
      guard start <= count else { throw outOfBounds("[\(start):", count, isLower: true) }
      return GoString(text.bytes[start...])
    }
    guard start <= end else { throw .message("runtime error: slice bounds out of range [\(start):\(end)]") }
    return GoString(text.bytes[start..<end])
  }

  private static func outOfBounds(_ range: String, _ count: Int, isLower: Bool = false) -> FunctionError {
    let shown = isLower ? "\(range)\(count)]" : "\(range) with length \(count)"
    return .message("runtime error: slice bounds out of range \(shown)")
  }
}
