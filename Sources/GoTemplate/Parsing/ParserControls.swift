extension Parser {
  /// What stands between delimiters.
  mutating func action() throws(TemplateError) -> Item {
    let token = nextNonSpace()
    if case .keyword(let keyword) = token.kind {
      switch keyword {
      case .block: return .node(try blockControl())
      case .break, .continue: return .node(try loopControl(token, keyword))
      case .else: return try elseControl()
      case .end:
        _ = try expect(.rightDelimiter, in: "end")
        return .end
      case .if: return .node(try branch(.if))
      case .range: return .node(try branch(.range))
      case .with: return .node(try branch(.with))
      case .template: return .node(try templateControl())
      case .dot, .nil, .define: break
      }
    }
    backup()
    let first = peek()
    // Variables stay declared up to the next end.
    return .node(.action(position: first.position, try pipeline("command", until: .rightDelimiter)))
  }

  private mutating func loopControl(_ token: Token, _ keyword: Token.Keyword) throws(TemplateError) -> Node {
    let following = nextNonSpace()
    guard following.kind == .rightDelimiter else { throw unexpected(following, in: "{{\(keyword.rawValue)}}") }
    guard rangeDepth > 0 else { throw failure("{{\(keyword.rawValue)}} outside {{range}}") }
    return keyword == .break ? .breakLoop(position: token.position) : .continueLoop(position: token.position)
  }

  /// `{{else if` and `{{else with` leave the second word to be read by `branch`.
  private mutating func elseControl() throws(TemplateError) -> Item {
    let following = peekNonSpace()
    if following.isKeyword(.if) || following.isKeyword(.with) { return .otherwise }
    _ = try expect(.rightDelimiter, in: "else")
    return .otherwise
  }

  private mutating func branch(_ kind: Node.Branch.Kind) throws(TemplateError) -> Node {
    let scope = variables.count
    defer { variables.remove(from: scope) }
    let pipe = try pipeline(kind.rawValue, until: .rightDelimiter)
    if kind == .range { rangeDepth += 1 }
    let (list, terminator) = try itemList()
    if kind == .range { rangeDepth -= 1 }
    var result = Node.Branch(kind: kind, pipe: pipe, list: list, otherwise: nil)
    guard terminator == .otherwise else { return .branch(result) }
    if kind != .range, peek().isKeyword(kind == .if ? .if : .with) {
      // A chain is nested branches that share one end.
      _ = next()
      result.otherwise = [try nested { (parser) throws(TemplateError) in try parser.branch(kind) }]
      return .branch(result)
    }
    let (otherwise, last) = try itemList()
    guard last == .end else { throw failure("expected end; found {{else}}") }
    result.otherwise = otherwise
    return .branch(result)
  }

  private mutating func blockControl() throws(TemplateError) -> Node {
    let context = "block clause"
    let token = nextNonSpace()
    let name = try templateName(token, context)
    let pipe = try pipeline(context, until: .rightDelimiter)
    try parseBody(named: name, context: context)
    return .call(Node.TemplateCall(position: token.position, name: name, pipe: pipe))
  }

  private mutating func templateControl() throws(TemplateError) -> Node {
    let context = "template clause"
    let token = nextNonSpace()
    let name = try templateName(token, context)
    var pipe: Pipe?
    if nextNonSpace().kind != .rightDelimiter {
      backup()
      pipe = try pipeline(context, until: .rightDelimiter)
    }
    return .call(Node.TemplateCall(position: token.position, name: name, pipe: pipe))
  }

  private func templateName(_ token: Token, _ context: String) throws(TemplateError) -> GoString {
    guard token.kind == .string || token.kind == .rawString else { throw unexpected(token, in: context) }
    guard let name = Quoting.unquote(token.text) else { throw failure("invalid syntax") }
    return name
  }
}
