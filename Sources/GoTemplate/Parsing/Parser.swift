import Diagnostics

/// Makes trees of one source, as Go's `text/template/parse` does, with three tokens of look-ahead.
struct Parser {
  let source: TemplateSource
  let functions: FunctionTable
  private var lexer: Lexer
  private var tokens: [Token]
  private var peekCount = 0
  private var actionLine = 0

  /// The variables in scope.
  var variables = VariableScope()
  /// How many `range` are open: `break` and `continue` need one.
  var rangeDepth = 0
  /// How deep blocks and parentheses nest.
  private var depth = 0
  /// The templates defined so far.
  var definitions: [GoString: [Node]] = [:]

  /// Blocks and parentheses nest no deeper than this. Go allows 10,000 and no less deep a stack is needed for it;
  /// this fits in 8 MB even in a debug build.
  static let deepestNesting = 250

  init(_ source: TemplateSource, delimiters: Delimiters, functions: FunctionTable) {
    self.source = source
    self.functions = functions
    lexer = Lexer(
      source.bytes, delimiters: delimiters,
      hasLoopKeywords: (functions["break"] == nil, functions["continue"] == nil))
    let none = Token(kind: .end, position: 0, text: [], line: 0)
    tokens = [none, none, none]
  }

  // MARK: Tokens

  mutating func next() -> Token {
    if peekCount > 0 {
      peekCount -= 1
    } else {
      tokens[0] = lexer.next()
    }
    return tokens[peekCount]
  }

  mutating func backup() { peekCount += 1 }

  /// Puts back `token`, which was read before the one that is there.
  mutating func backup(_ token: Token) {
    tokens[1] = token
    peekCount = 2
  }

  mutating func backup(_ first: Token, _ second: Token) {
    tokens[1] = second
    tokens[2] = first
    peekCount = 3
  }

  mutating func peek() -> Token {
    if peekCount > 0 { return tokens[peekCount - 1] }
    peekCount = 1
    tokens[0] = lexer.next()
    return tokens[0]
  }

  mutating func nextNonSpace() -> Token {
    while true {
      let token = next()
      if token.kind != .space { return token }
    }
  }

  mutating func peekNonSpace() -> Token {
    let token = nextNonSpace()
    backup()
    return token
  }

  // MARK: Errors

  func failure(_ message: String) -> TemplateError {
    TemplateError(parsing: source, line: tokens[0].line, message: message)
  }

  mutating func expect(_ kind: Token.Kind, in context: String) throws(TemplateError) -> Token {
    let token = nextNonSpace()
    guard token.kind == kind else { throw unexpected(token, in: context) }
    return token
  }

  func unexpected(_ token: Token, in context: String) -> TemplateError {
    guard token.kind == .error else { return failure("unexpected \(token.description) in \(context)") }
    var extra = ""
    if actionLine != 0 && actionLine != token.line {
      let started = " started at \(source.name):\(actionLine)"
      extra = token.description.hasSuffix(" action") ? started : " in action" + started
    }
    return failure(token.description + extra)
  }

  /// Runs `body` one level deeper.
  mutating func nested<T>(_ body: (inout Parser) throws(TemplateError) -> T) throws(TemplateError) -> T {
    depth += 1
    guard depth <= Parser.deepestNesting else {
      throw TemplateError(
        parsing: source, line: tokens[0].line, message: "max expression depth exceeded", isLimit: true)
    }
    let result = try body(&self)
    depth -= 1
    return result
  }

  // MARK: Templates

  /// All templates of the source; its own is under the source's name.
  mutating func parse() throws(TemplateError) -> [GoString: [Node]] {
    var root: [Node] = []
    while peek().kind != .end {
      if peek().kind == .leftDelimiter {
        let delimiter = next()
        if nextNonSpace().isKeyword(.define) {
          try parseDefinition()
          continue
        }
        backup(delimiter)
      }
      switch try textOrAction() {
      case .node(let node): root.append(node)
      case .end: throw failure("unexpected {{end}}")
      case .otherwise: throw failure("unexpected {{else}}")
      }
    }
    try add(GoString(source.name), root)
    return definitions
  }

  private mutating func parseDefinition() throws(TemplateError) {
    let context = "define clause"
    let token = nextNonSpace()
    guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: context) }
    guard let name = Quoting.unquote(token.text) else { throw failure("invalid syntax") }
    _ = try expect(.rightDelimiter, in: context)
    try parseBody(named: name, context: context)
  }

  /// The body of a definition, which sees none of the variables around it.
  mutating func parseBody(named name: GoString, context: String) throws(TemplateError) {
    let (outerVariables, outerDepth) = (variables, rangeDepth)
    (variables, rangeDepth) = (VariableScope(), 0)
    let (list, terminator) = try itemList()
    (variables, rangeDepth) = (outerVariables, outerDepth)
    guard case .end = terminator else { throw failure("unexpected {{else}} in \(context)") }
    try add(name, list)
  }

  private mutating func add(_ name: GoString, _ root: [Node]) throws(TemplateError) {
    guard let known = definitions[name], !known.isEmptyTree else {
      definitions[name] = root
      return
    }
    guard root.isEmptyTree else {
      throw failure("template: multiple definition of template \(Quoting.quote(name))")
    }
  }

  // MARK: Lists

  enum Item {
    case node(Node)
    case end
    /// `{{else}}`
    case otherwise
  }

  enum Terminator { case end, otherwise }

  /// Statements up to `{{end}}` or `{{else}}`.
  mutating func itemList() throws(TemplateError) -> (list: [Node], terminator: Terminator) {
    try nested { (parser) throws(TemplateError) in
      var list: [Node] = []
      while parser.peekNonSpace().kind != .end {
        switch try parser.textOrAction() {
        case .node(let node): list.append(node)
        case .end: return (list, .end)
        case .otherwise: return (list, .otherwise)
        }
      }
      throw parser.failure("unexpected EOF")
    }
  }

  private mutating func textOrAction() throws(TemplateError) -> Item {
    let token = nextNonSpace()
    switch token.kind {
    case .text: return .node(.text(position: token.position, bytes: token.text))
    case .leftDelimiter:
      actionLine = token.line
      defer { actionLine = 0 }
      return try action()
    default: throw unexpected(token, in: "input")
    }
  }
}
