/// Turns an expression in RE2's syntax, as Go's `regexp.Compile` takes it, into one of PCRE2 that means the same.
///
/// Every construct is read by RE2's grammar and written anew, so that nothing of PCRE2's own syntax gets through.
struct PatternTranslator {
  /// An expression for PCRE2, and what it no longer says.
  struct Result {
    /// The expression in PCRE2's syntax.
    var pattern: [UInt8]
    /// The name of each group, by number; 0 is the whole match.
    var groupNames: [String?]
  }

  /// The most repetitions, also of nested ones taken together: RE2's limit.
  static let repetitionLimit = 1000

  private struct Flags {
    var foldsCase = false
    var isMultiline = false
    var dotMatchesNewline = false
    var isUngreedy = false
  }

  /// A group that is not closed yet.
  private struct OpenGroup {
    /// Where its text starts in the output.
    var start: Int
    var flags: Flags
    /// The most that is repeated in it.
    var repetitions = 1
  }

  /// What a repetition operator would apply to.
  private struct Atom {
    var start: Int
    var end: Int
    /// It must be put in a group before it can be repeated.
    var needsGroup: Bool
    /// The most that is repeated in it.
    var repetitions = 1
  }

  private let source: String
  private var cursor: PatternCursor
  private var output: [UInt8] = []
  private var flags = Flags()
  private var groups: [OpenGroup] = []
  private var names: [String?] = [nil]
  private var atom: Atom?
  /// The most that is repeated in the innermost open group.
  private var repetitions = 1
  /// Where in the source the last operator starts, when nothing has come after it.
  private var operatorStart: Int?

  private init(_ source: String) {
    self.source = source
    cursor = PatternCursor(source)
  }

  /// Translates `source`.
  static func translate(_ source: String) throws(PatternError) -> Result {
    var translator = PatternTranslator(source)
    while !translator.cursor.isAtEnd {
      try translator.step()
    }
    guard translator.groups.isEmpty else { throw PatternError(.missingParenthesis, source) }
    return Result(pattern: translator.output, groupNames: translator.names)
  }

  private mutating func step() throws(PatternError) {
    let start = cursor.offset
    guard let scalar = cursor.next else { return }
    switch scalar {
    case "(": try openGroup()
    case ")": try closeGroup()
    case "|":
      cursor.offset += 1
      write("|")
      atom = nil
    case "^": assertion(flags.isMultiline ? "(?m:^)" : "\\A")
    case "$": assertion(flags.isMultiline ? "(?m:$)" : "\\z")
    case ".":
      cursor.offset += 1
      item(flags.dotMatchesNewline ? "(?s:.)" : "[^\\n]")
    case "[":
      var parser = ClassParser(cursor, foldsCase: flags.foldsCase)
      let text = try parser.parse()
      cursor = parser.cursor
      item(text)
    case "*", "+", "?": try repetitionOperator(scalar)
    case "{": try counted()
    case "\\": try escape()
    default:
      cursor.offset += 1
      literal(scalar)
    }
    if operatorStart.map({ $0 < start }) == true { operatorStart = nil }
  }

  // MARK: Output

  private mutating func write(_ text: String) {
    output += Array(text.utf8)
  }

  private mutating func item(_ text: String, needsGroup: Bool = false) {
    let start = output.count
    write(text)
    atom = Atom(start: start, end: output.count, needsGroup: needsGroup)
  }

  private mutating func assertion(_ text: String) {
    cursor.offset += 1
    item(text, needsGroup: true)
  }

  private mutating func literal(_ scalar: Unicode.Scalar) {
    if scalar.isASCIILetter || scalar.isDigit || scalar.value > 0x7F {
      item(String(Character(scalar)))
    } else {
      item("\\x{\(String(scalar.value, radix: 16))}")
    }
  }
}

// MARK: Groups

extension PatternTranslator {
  private mutating func openGroup() throws(PatternError) {
    let start = cursor.offset
    cursor.offset += 1
    if cursor.startsWith("?") {
      let hasName =
        cursor.startsWith("?P<") && cursor.peek(3) != nil || cursor.startsWith("?<") && cursor.peek(2) != nil
      if hasName {
        try namedGroup(from: start)
      } else {
        try flagGroup(from: start)
      }
      return
    }
    names.append(nil)
    push("(", start: output.count, flags: flags)
  }

  private mutating func push(_ text: String, start: Int, flags outer: Flags) {
    write(text)
    groups.append(OpenGroup(start: start, flags: outer, repetitions: repetitions))
    repetitions = 1
    atom = nil
  }

  private mutating func namedGroup(from start: Int) throws(PatternError) {
    cursor.offset += cursor.startsWith("?P<") ? 3 : 2
    let nameStart = cursor.offset
    while let next = cursor.next, next != ">" { cursor.offset += 1 }
    let name = cursor.text(from: nameStart)
    guard cursor.take(">") else { throw PatternError(.invalidNamedCapture, cursor.rest(from: start)) }
    guard !name.isEmpty, name.unicodeScalars.allSatisfy(\.isWord) else {
      throw PatternError(.invalidNamedCapture, cursor.text(from: start))
    }
    names.append(name)
    push("(", start: output.count, flags: flags)
  }

  /// `(?flags)` or `(?flags:`.
  private mutating func flagGroup(from start: Int) throws(PatternError) {
    cursor.offset += 1
    var new = flags
    var (value, sawFlag) = (true, false)
    while let scalar = cursor.advance() {
      switch scalar {
      case "i": new.foldsCase = value
      case "m": new.isMultiline = value
      case "s": new.dotMatchesNewline = value
      case "U": new.isUngreedy = value
      case "-" where value:
        value = false
        sawFlag = false
        continue
      case ":", ")":
        guard value || sawFlag else { throw PatternError(.invalidPerlOperator, cursor.text(from: start)) }
        applyFlags(new, opensGroup: scalar == ":")
        return
      default:
        throw PatternError(.invalidPerlOperator, cursor.text(from: start))
      }
      sawFlag = true
    }
    throw PatternError(.invalidPerlOperator, cursor.text(from: start))
  }

  private mutating func applyFlags(_ new: Flags, opensGroup: Bool) {
    let folding = new.foldsCase == flags.foldsCase ? "" : new.foldsCase ? "i" : "-i"
    if opensGroup {
      let outer = flags
      flags = new
      push("(?\(folding):", start: output.count, flags: outer)
    } else {
      if !folding.isEmpty { write("(?\(folding))") }
      flags = new
    }
  }

  private mutating func closeGroup() throws(PatternError) {
    guard let group = groups.popLast() else { throw PatternError(.unexpectedParenthesis, source) }
    cursor.offset += 1
    write(")")
    atom = Atom(start: group.start, end: output.count, needsGroup: false, repetitions: repetitions)
    repetitions = max(group.repetitions, repetitions)
    flags = group.flags
  }
}

// MARK: Repetition

extension PatternTranslator {
  private mutating func repetitionOperator(_ scalar: Unicode.Scalar) throws(PatternError) {
    let start = cursor.offset
    cursor.offset += 1
    try applyOperator(String(Character(scalar)), from: start, count: 1)
  }

  /// `{n}`, `{n,}`, `{n,m}`; any other brace stands for itself.
  private mutating func counted() throws(PatternError) {
    let start = cursor.offset
    guard let (low, high) = bounds() else {
      cursor.offset = start + 1
      literal("{")
      return
    }
    let limit = Self.repetitionLimit
    guard low <= limit, high ?? 0 <= limit, low <= high ?? limit else {
      throw PatternError(.invalidRepeatSize, cursor.text(from: start))
    }
    let written = high.map { $0 == low ? "{\(low)}" : "{\(low),\($0)}" } ?? "{\(low),}"
    try applyOperator(written, from: start, count: max(low, high ?? low, 1))
  }

  /// The numbers of a counted repetition, read past its `}`; nil when it is none.
  private mutating func bounds() -> (low: Int, high: Int?)? {
    cursor.offset += 1
    guard let low = number() else { return nil }
    if cursor.take("}") { return (low, low) }
    guard cursor.take(",") else { return nil }
    if cursor.take("}") { return (low, nil) }
    guard let high = number(), cursor.take("}") else { return nil }
    return (low, high)
  }

  /// A number without leading zeros. Large ones are cut to what is above the limit anyway.
  private mutating func number() -> Int? {
    guard let first = cursor.next, first.isDigit else { return nil }
    if first == "0", let second = cursor.peek(1), second.isDigit { return nil }
    var value = 0
    while let digit = cursor.next, digit.isDigit {
      value = min(value * 10 + Int(digit.value - 0x30), Self.repetitionLimit + 1)
      cursor.offset += 1
    }
    return value
  }

  private mutating func applyOperator(_ text: String, from start: Int, count: Int) throws(PatternError) {
    let isLazy = cursor.take("?")
    let previous = operatorStart
    operatorStart = start
    guard var target = atom else { throw PatternError(.missingRepeatArgument, cursor.text(from: start)) }
    if let previous { throw PatternError(.invalidRepeatOperator, cursor.text(from: previous)) }
    target.repetitions *= count
    guard target.repetitions <= Self.repetitionLimit else {
      throw PatternError(.invalidRepeatSize, cursor.text(from: start))
    }
    let suffix = text + (isLazy != flags.isUngreedy ? "?" : "")
    if target.needsGroup {
      output.insert(contentsOf: Array("(?:".utf8), at: target.start)
      target.end += 3
      output.insert(contentsOf: Array((")" + suffix).utf8), at: target.end)
      target.end += 1 + suffix.utf8.count
    } else {
      output.insert(contentsOf: Array(suffix.utf8), at: target.end)
      target.end += suffix.utf8.count
    }
    target.needsGroup = true
    atom = target
    repetitions = max(repetitions, target.repetitions)
  }
}

// MARK: Escapes

extension PatternTranslator {
  private mutating func escape() throws(PatternError) {
    switch cursor.peek(1) {
    case "A": try simple("\\A", needsGroup: true)
    case "b": try simple("\\b", needsGroup: true)
    case "B": try simple("\\B", needsGroup: true)
    case "z": try simple("\\z", needsGroup: true)
    case "Q": quoted()
    default:
      if let set = try cursor.characterSetEscape(foldsCase: flags.foldsCase) {
        item(set.written(negated: false))
      } else {
        literal(try cursor.scalarEscape())
      }
    }
  }

  private mutating func simple(_ text: String, needsGroup: Bool) throws(PatternError) {
    cursor.offset += 2
    item(text, needsGroup: needsGroup)
  }

  /// `\Q…\E`, or up to the end.
  private mutating func quoted() {
    cursor.offset += 2
    while !cursor.isAtEnd {
      if cursor.startsWith("\\E") {
        cursor.offset += 2
        return
      }
      if let scalar = cursor.advance() { literal(scalar) }
    }
  }
}
