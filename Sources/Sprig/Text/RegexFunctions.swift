import GoTemplate
import Pattern

/// Regular expressions in Go's syntax. What is named `must…` fails on a bad expression; so do the others, as Go's
/// `MustCompile` words it, except `regexMatch`, whose error Go drops.
enum RegexFunctions {
  static let functions: [Function] =
    [
      Function("regexMatch", .string, .string) { arguments in
        guard let pattern = try? Pattern(arguments.string(0).text) else { return false }
        return .bool(((try? pattern.firstMatch(in: arguments.string(1).bytes)) ?? nil) != nil)
      },
      Function("mustRegexMatch", .string, .string) { (arguments) throws(FunctionError) in
        .bool(try matches(arguments, limit: 1).count > 0)
      },
      Function("regexQuoteMeta", .string) { .text(Pattern.quoting($0.string(0).text)) },
    ]
    + both("regexFind", .string, .string) { (arguments) throws(FunctionError) in
      let found = try matches(arguments, limit: 1).first
      return .string(found.map { GoString(arguments.string(1).bytes[$0.range]) } ?? "")
    }
    + both("regexFindAll", .string, .string, .int) { (arguments) throws(FunctionError) in
      let found = try matches(arguments, limit: arguments.int(2))
      if found.isEmpty { return .list(List([], of: .string, isNil: true)) }
      return .strings(found.map { GoString(arguments.string(1).bytes[$0.range]) })
    }
    + both("regexReplaceAll", .string, .string, .string) { (arguments) throws(FunctionError) in
      let pattern = try compiled(arguments.string(0))
      return .string(
        try run { () throws(PatternError) in
          GoString(
            try pattern.replaceAll(in: arguments.string(1).bytes, with: arguments.string(2).bytes, limit: largest))
        })
    }
    + both("regexReplaceAllLiteral", .string, .string, .string) { (arguments) throws(FunctionError) in
      let literal = arguments.string(2).replacing("$", with: "$$")
      let pattern = try compiled(arguments.string(0))
      return .string(
        try run { () throws(PatternError) in
          GoString(try pattern.replaceAll(in: arguments.string(1).bytes, with: literal.bytes, limit: largest))
        })
    }
    + both("regexSplit", .string, .string, .int) { (arguments) throws(FunctionError) in
      .strings(try split(arguments))
    }

  /// Who asked for the text refuses a longer one.
  private static let largest = Limits.largestOutput

  /// A function under its name and under the one with `must`.
  private static func both(
    _ name: String, _ parameters: GoType..., body: @escaping @Sendable ([Value]) throws(FunctionError) -> Value
  ) -> [Function] {
    let strict = "mustR" + name.dropFirst()
    let lax = { @Sendable (arguments: [Value]) throws(FunctionError) -> Value in
      let text = arguments.string(0)
      do throws(FunctionError) {
        return try body(arguments)
      } catch .message(let message) where (try? Pattern(text.text)) == nil {
        throw .message("regexp: Compile(\(quoted(text))): \(message)")
      }
    }
    guard parameters.count == 3 else {
      return [Function(name, .string, .string, body: lax), Function(strict, .string, .string, body: body)]
    }
    let last = parameters[2]
    return [Function(name, .string, .string, last, body: lax), Function(strict, .string, .string, last, body: body)]
  }

  /// In backquotes, where they can hold the text.
  private static func quoted(_ text: GoString) -> GoString {
    let isPlain =
      !text.scalars.contains { $0 == "`" || $0 == "\u{7F}" || $0 == "\u{FEFF}" || $0.value < 0x20 && $0 != "\t" }
      && String(validating: text.bytes, as: UTF8.self) != nil
    return isPlain ? GoString("`" + text.text + "`") : Quoting.quote(text)
  }

  private static func compiled(_ text: GoString) throws(FunctionError) -> Pattern {
    try run { () throws(PatternError) in try Pattern(text.text) }
  }

  private static func run<T>(_ body: () throws(PatternError) -> T) throws(FunctionError) -> T {
    do throws(PatternError) {
      return try body()
    } catch {
      throw .message(error.message)
    }
  }

  /// The matches of argument 0 in argument 1; a negative limit means all.
  private static func matches(_ arguments: [Value], limit: Int) throws(FunctionError) -> [Match] {
    let pattern = try compiled(arguments.string(0))
    if limit == 0 { return [] }
    return try run { () throws(PatternError) in
      try pattern.allMatches(in: arguments.string(1).bytes, limit: limit < 0 ? .max : limit)
    }
  }

  /// Go's `Split`: an empty match at the very start separates nothing.
  private static func split(_ arguments: [Value]) throws(FunctionError) -> [GoString] {
    let (text, limit) = (arguments.string(1), arguments.int(2))
    _ = try compiled(arguments.string(0))
    if limit == 0 { return [] }
    if !arguments.string(0).isEmpty && text.isEmpty { return [""] }
    let found = try matches(arguments, limit: limit)
    var (parts, start, end) = ([GoString](), 0, 0)
    for match in found {
      if limit > 0 && parts.count == limit - 1 { break }
      end = match.range.lowerBound
      if match.range.upperBound != 0 { parts.append(GoString(text.bytes[start..<end])) }
      start = match.range.upperBound
    }
    if end != text.count { parts.append(GoString(text.bytes[start...])) }
    return parts
  }
}
