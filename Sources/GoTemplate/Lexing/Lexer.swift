/// Cuts a template into tokens, as Go's `text/template/parse` does: one state a kind of place, errors are tokens.
struct Lexer {
  let input: [UInt8]
  let left: [UInt8]
  let right: [UInt8]
  /// Whether `break` and `continue` are keywords: not where functions have these names.
  let hasLoopKeywords: (break: Bool, continue: Bool)

  var position = 0
  var start = 0
  var line = 1
  var startLine = 1
  var isInsideAction = false
  var parenthesisDepth = 0
  /// Set once an error or the end was reached: nothing comes after it.
  private var hasEnded = false

  init(
    _ input: [UInt8], delimiters: Delimiters = .standard, hasLoopKeywords: (break: Bool, continue: Bool) = (true, true)
  ) {
    self.input = input
    left = delimiters.left
    right = delimiters.right
    self.hasLoopKeywords = hasLoopKeywords
  }

  enum State {
    case text, leftDelimiter, comment, rightDelimiter, insideAction, space, quote, rawQuote, variable, character, field
    case number, identifier
  }

  enum Step {
    case next(State)
    case token(Token)
  }

  /// The next token.
  mutating func next() -> Token {
    if hasEnded { return Token(kind: .end, position: position, text: Array("EOF".utf8), line: startLine) }
    var state: State = isInsideAction ? .insideAction : .text
    while true {
      switch step(state) {
      case .next(let following): state = following
      case .token(let token):
        if token.kind == .end || token.kind == .error { hasEnded = true }
        return token
      }
    }
  }

  private mutating func step(_ state: State) -> Step {
    switch state {
    case .text: lexText()
    case .leftDelimiter: lexLeftDelimiter()
    case .comment: lexComment()
    case .rightDelimiter: lexRightDelimiter()
    case .insideAction: lexInsideAction()
    case .space: lexSpace()
    case .quote: lexQuoted(.string, mark: UInt8(ascii: "\""), what: "quoted string")
    case .character: lexQuoted(.characterConstant, mark: UInt8(ascii: "'"), what: "character constant")
    case .rawQuote: lexRawQuote()
    case .variable: lexFieldOrVariable(.variable)
    case .field: lexFieldOrVariable(.field)
    case .number: lexNumber()
    case .identifier: lexIdentifier()
    }
  }

  // MARK: Cursor

  mutating func take(_ kind: Token.Kind) -> Token {
    let token = Token(kind: kind, position: start, text: Array(input[start..<position]), line: startLine)
    start = position
    startLine = line
    return token
  }

  mutating func emit(_ kind: Token.Kind) -> Step { .token(take(kind)) }

  mutating func ignore() {
    countLines(start..<position)
    start = position
    startLine = line
  }

  mutating func countLines(_ range: Range<Int>) {
    for index in range where input[index] == UInt8(ascii: "\n") { line += 1 }
  }

  mutating func fail(_ message: String) -> Step {
    .token(Token(kind: .error, position: start, text: Array(message.utf8), line: startLine))
  }

  /// The character at the cursor and its length; nil at the end.
  func peek() -> (scalar: Unicode.Scalar, length: Int)? {
    guard position < input.count else { return nil }
    if input[position] < 0x80 { return (Unicode.Scalar(input[position]), 1) }
    let (scalar, length, _) = GoString.decode(input, at: position)
    return (scalar, length)
  }

  mutating func advance() -> Unicode.Scalar? {
    guard let (scalar, length) = peek() else { return nil }
    position += length
    if scalar == "\n" { line += 1 }
    return scalar
  }

  mutating func accept(_ valid: String) -> Bool {
    guard position < input.count, valid.utf8.contains(input[position]) else { return false }
    position += 1
    return true
  }

  func has(_ bytes: [UInt8], at index: Int) -> Bool {
    guard index + bytes.count <= input.count else { return false }
    for offset in 0..<bytes.count where input[index + offset] != bytes[offset] { return false }
    return true
  }

  /// Whether the right delimiter is next, and whether a trim marker is in front of it.
  func atRightDelimiter() -> (isThere: Bool, trims: Bool) {
    if hasRightTrimMarker(at: position) && has(right, at: position + Lexer.trimMarkerLength) { return (true, true) }
    return (has(right, at: position), false)
  }

  func hasRightTrimMarker(at index: Int) -> Bool {
    index + 1 < input.count && Lexer.isSpace(input[index]) && input[index + 1] == UInt8(ascii: "-")
  }

  static let trimMarkerLength = 2
  static let commentStart = Array("/*".utf8)
  static let commentEnd = Array("*/".utf8)

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  static func isAlphaNumeric(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: return true
      default: return false
      }
    }
    return scalar.isLetterInGo || scalar.isDigitInGo
  }
}

/// The marks around actions.
public struct Delimiters: Sendable, Hashable {
  /// Opens an action.
  public var left: [UInt8]
  /// Closes an action.
  public var right: [UInt8]

  /// Marks of one's own; an empty one means Go's.
  public init(left: String, right: String) {
    self.left = Array((left.isEmpty ? "{{" : left).utf8)
    self.right = Array((right.isEmpty ? "}}" : right).utf8)
  }

  /// `{{` and `}}`.
  public static let standard = Delimiters(left: "{{", right: "}}")
}
