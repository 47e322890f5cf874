/// A text with `${…}`, parsed.
struct EnvsubstTemplate {
  /// A piece of the text.
  indirect enum Piece {
    case text([UInt8])
    case expression(Expression)
  }

  /// One `${…}`.
  struct Expression {
    var variable: String
    /// The operator, such as `:=`; empty for a bare variable.
    var operation: String
    var arguments: [Piece]
    /// Where it stands in the text, from `$` to behind `}`.
    var range: Range<Int>

    /// Operators that give a value to an unset variable. Those that Flux does not implement (`:+`, `+`, `:?`, `?`)
    /// are parsed all the same and work like `:-`.
    var givesDefault: Bool { ["-", "+", "=", "?", ":-", ":+", ":=", ":?"].contains(operation) }
  }

  let pieces: [Piece]

  init(_ bytes: [UInt8]) throws(EnvsubstError) {
    var parser = EnvsubstParser(bytes)
    pieces = try parser.all()
  }

  /// The expression at which parsing of `bytes` stops: up to its brace, or the end of its line. Nil where all is well.
  static func malformed(in bytes: [UInt8]) -> Range<Int>? {
    var parser = EnvsubstParser(bytes)
    do throws(EnvsubstError) {
      _ = try parser.all()
      return nil
    } catch {
      let rest = bytes[parser.outermost...].prefix(longestShown)
      guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "\n") }) else {
        return rest.indices
      }
      return parser.outermost..<(bytes[end] == UInt8(ascii: "}") ? end + 1 : end)
    }
  }

  /// The most that is shown of an expression that nobody closes.
  private static let longestShown = 80
}

/// The parser of fluxcd/pkg/envsubst.
private struct EnvsubstParser {
  /// Levels of expressions inside expressions; parsing and expanding recurse.
  static let depthLimit = 100

  private var scanner: EnvsubstScanner
  private var depth = 0
  /// Where the expression starts that was opened last outside of others.
  private(set) var outermost = 0

  init(_ bytes: [UInt8]) {
    scanner = EnvsubstScanner(bytes)
  }

  mutating func all() throws(EnvsubstError) -> [EnvsubstTemplate.Piece] {
    var pieces: [EnvsubstTemplate.Piece] = []
    while true {
      scanner.accept = { _, _ in true }
      scanner.mode = [.identifier, .open, .escape]
      scanner.escapesBackslash = false
      switch scanner.scan() {
      case .identifier: pieces.append(.text(scanner.token))
      case .open:
        outermost = scanner.start
        pieces.append(.expression(try expression()))
      case .end: return pieces
      case .illegal, .close: throw .badSubstitution
      }
    }
  }

  private mutating func expression() throws(EnvsubstError) -> EnvsubstTemplate.Expression {
    depth += 1
    guard depth <= Self.depthLimit else { throw .tooDeep(limit: Self.depthLimit) }
    defer { depth -= 1 }
    let start = scanner.start
    var found = EnvsubstTemplate.Expression(variable: "", operation: "", arguments: [], range: start..<start)
    scanner.escapesBackslash = true
    if scanner.peek() == UInt32(ascii: "#") {
      try length(&found)
    } else {
      guard scan(.identifier, { character, _ in GoText.isNamePart(character) }) == .identifier else {
        throw .noVariableName
      }
      found.variable = text
      try rest(&found)
    }
    found.range = start..<scanner.offset
    return found
  }

  /// What follows the name.
  private mutating func rest(_ found: inout EnvsubstTemplate.Expression) throws(EnvsubstError) {
    switch Unicode.Scalar(scanner.peek()) {
    case ":":
      scanner.read()
      let next = scanner.peek()
      scanner.unread()
      if "=-?+".unicodeScalars.contains(where: { $0.value == next }) {
        try defaults(&found)
      } else {
        try part(&found)
      }
    case "=": try defaults(&found)
    case ",", "^":
      try operation(&found) { ($0 == UInt32(ascii: ",") || $0 == UInt32(ascii: "^")) && $1 < 3 }
      try close()
    case "/": try replacement(&found)
    case "#": try removal(&found) { $0 == UInt32(ascii: "#") && $1 < 3 }
    case "%": try removal(&found) { $0 == UInt32(ascii: "%") && $1 < 3 }
    default:
      scanner.accept = { character, _ in GoText.isNamePart(character) }
      scanner.mode = .close
      guard scanner.scan() == .close else { throw .missingClosingBrace }
    }
  }

  /// `${#name}`
  private mutating func length(_ found: inout EnvsubstTemplate.Expression) throws(EnvsubstError) {
    try operation(&found) { $0 == UInt32(ascii: "#") && $1 == 1 }
    guard scan(.identifier, { character, _ in GoText.isNamePart(character) }) == .identifier else {
      throw .badSubstitution
    }
    found.variable = text
    try close()
  }

  /// `${name:offset}`, `${name:offset:length}`
  private mutating func part(_ found: inout EnvsubstTemplate.Expression) throws(EnvsubstError) {
    try operation(&found) { $0 == UInt32(ascii: ":") && $1 == 1 }
    found.arguments.append(
      try argument(.identifier) { character, _ in character != UInt32(ascii: ":") && character != UInt32(ascii: "}") })
    switch scan([.identifier, .close], { character, _ in character == UInt32(ascii: ":") }) {
    case .close: return
    case .identifier: break
    default: throw .badSubstitution
    }
    found.arguments.append(try argument(.identifier, Self.isNotClosing))
    try close()
  }

  /// `${name#pattern}`, `${name##pattern}`, `${name%pattern}`, `${name%%pattern}`
  private mutating func removal(
    _ found: inout EnvsubstTemplate.Expression, _ accept: @escaping EnvsubstScanner.Accept
  ) throws(EnvsubstError) {
    try operation(&found, accept)
    found.arguments.append(try argument(.identifier, Self.isNotClosing))
    try close()
  }

  /// `${name/old/new}` and its kin with `//`, `/#`, `/%`
  private mutating func replacement(_ found: inout EnvsubstTemplate.Expression) throws(EnvsubstError) {
    try operation(&found) { character, position in
      switch position {
      case 1: character == UInt32(ascii: "/")
      case 2: "/#%".unicodeScalars.contains { $0.value == character }
      default: false
      }
    }
    found.arguments.append(
      try argument([.identifier, .escape]) { character, _ in character != UInt32(ascii: "/") })
    guard scan(.identifier, { character, _ in character == UInt32(ascii: "/") }) == .identifier else {
      throw .badSubstitution
    }
    if scanner.peek() != UInt32(ascii: "}") {
      found.arguments.append(try argument([.identifier, .escape], Self.isNotClosing))
    }
    try close()
  }

  /// `${name=word}`, `${name:=word}`, `${name:-word}`, `${name:?word}`, `${name:+word}`
  private mutating func defaults(_ found: inout EnvsubstTemplate.Expression) throws(EnvsubstError) {
    let isShort = scanner.peek() == UInt32(ascii: "=")
    guard
      scan(
        .identifier,
        { character, position in
          if position == 1 { return character == UInt32(ascii: isShort ? "=" : ":") }
          return !isShort && position == 2 && "=-?+".unicodeScalars.contains { $0.value == character }
        }) == .identifier
    else { throw .badDefault }
    found.operation = text
    while scanner.peek() != UInt32(ascii: "}") {
      found.arguments.append(try argument(.identifier, Self.isNotClosing))
    }
    try close()
  }

  private mutating func operation(
    _ found: inout EnvsubstTemplate.Expression, _ accept: @escaping EnvsubstScanner.Accept
  ) throws(EnvsubstError) {
    guard scan(.identifier, accept) == .identifier else { throw .badSubstitution }
    found.operation = text
  }

  private mutating func argument(
    _ mode: EnvsubstScanner.Mode, _ accept: @escaping EnvsubstScanner.Accept
  ) throws(EnvsubstError) -> EnvsubstTemplate.Piece {
    switch scan(mode.union(.open), accept) {
    case .open: return .expression(try expression())
    case .identifier: return .text(scanner.token)
    default: throw .badArgument
    }
  }

  private mutating func close() throws(EnvsubstError) {
    scanner.mode = .close
    guard scanner.scan() == .close else { throw .badSubstitution }
  }

  private mutating func scan(
    _ mode: EnvsubstScanner.Mode, _ accept: @escaping EnvsubstScanner.Accept
  ) -> EnvsubstScanner.Token {
    scanner.accept = accept
    scanner.mode = mode
    return scanner.scan()
  }

  private var text: String { String(decoding: scanner.token, as: UTF8.self) }

  private static func isNotClosing(_ character: UInt32, _ position: Int) -> Bool { character != UInt32(ascii: "}") }
}
