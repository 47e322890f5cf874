extension Parser {
  /// Declarations and commands up to a delimiter or a parenthesis.
  mutating func pipeline(_ context: String, until end: Token.Kind) throws(TemplateError) -> Pipe {
    var pipe = Pipe(position: peekNonSpace().position)
    try declarations(context, &pipe)
    while true {
      let token = nextNonSpace()
      if token.kind == end {
        try check(pipe, context)
        return pipe
      }
      switch token.kind {
      case .bool, .characterConstant, .complex, .keyword(.dot), .field, .identifier, .number, .keyword(.nil),
        .rawString, .string, .variable, .leftParenthesis:
        backup()
        pipe.commands.append(try command())
      default: throw unexpected(token, in: context)
      }
    }
  }

  private mutating func declarations(_ context: String, _ pipe: inout Pipe) throws(TemplateError) {
    while true {
      let variable = peekNonSpace()
      guard variable.kind == .variable else { return }
      _ = next()
      // Space is a token: to tell `$x := 1` from `$x 1` takes three tokens.
      let tokenBehind = peek()
      let following = peekNonSpace()
      let isComma = following.kind == .character && following.text == [UInt8(ascii: ",")]
      guard following.kind == .assign || following.kind == .declare || isComma else {
        if tokenBehind.kind == .space {
          backup(variable, tokenBehind)
        } else {
          backup(variable)
        }
        return
      }
      _ = nextNonSpace()
      let name = GoString(variable.text)
      pipe.variables.append(Expression.Variable(position: variable.position, name: name))
      variables.append(name)
      guard isComma else {
        pipe.isAssignment = following.kind == .assign
        return
      }
      guard context == "range", pipe.variables.count < 2 else {
        throw failure("too many declarations in \(context)")
      }
      switch peekNonSpace().kind {
      case .variable, .rightDelimiter, .rightParenthesis: continue
      default: throw failure("range can only initialize variables")
      }
    }
  }

  private func check(_ pipe: Pipe, _ context: String) throws(TemplateError) {
    guard !pipe.commands.isEmpty else { throw failure("missing value for \(context)") }
    for (index, command) in pipe.commands.enumerated().dropFirst() {
      switch command.arguments.first {
      case .bool, .dot, .nil, .number, .string:
        throw failure("non executable command in pipeline stage \(index + 1)")
      default: break
      }
    }
  }

  private mutating func command() throws(TemplateError) -> Command {
    var command = Command(position: peekNonSpace().position, arguments: [])
    loop: while true {
      _ = peekNonSpace()
      if let operand = try operand() { command.arguments.append(operand) }
      let token = next()
      switch token.kind {
      case .space: continue loop
      case .rightDelimiter, .rightParenthesis: backup()
      case .pipe: break
      default: throw unexpected(token, in: "operand")
      }
      break
    }
    guard !command.arguments.isEmpty else { throw failure("empty command") }
    return command
  }

  /// A term with the fields behind it.
  private mutating func operand() throws(TemplateError) -> Expression? {
    guard let term = try term() else { return nil }
    guard peek().kind == .field else { return term }
    let position = peek().position
    var fields: [GoString] = []
    while peek().kind == .field { fields.append(GoString(next().text.dropFirst())) }
    switch term {
    case .field(_, let first): return .field(position: position, first + fields)
    case .variable(var variable):
      variable.position = position
      variable.fields += fields
      return .variable(variable)
    case .bool, .string, .number, .nil, .dot:
      throw failure("unexpected . after term \(Quoting.quote(term.description))")
    case .function, .chain, .pipe: return .chain(position: position, term, fields)
    }
  }

  private mutating func term() throws(TemplateError) -> Expression? {
    let token = nextNonSpace()
    switch token.kind {
    case .identifier:
      let name = String(decoding: token.text, as: UTF8.self)
      guard let function = functions[name] else { throw failure("function \(Quoting.quote(name)) not defined") }
      return .function(position: token.position, function)
    case .keyword(.dot): return .dot(position: token.position)
    case .keyword(.nil): return .nil(position: token.position)
    case .variable:
      let name = GoString(token.text)
      guard variables.contains(name) else { throw failure("undefined variable \(Quoting.quote(name))") }
      return .variable(Expression.Variable(position: token.position, name: name))
    case .field: return .field(position: token.position, [GoString(token.text.dropFirst())])
    case .bool: return .bool(position: token.position, token.text == Array("true".utf8))
    case .characterConstant, .complex, .number:
      do throws(NumberLiteral.Malformed) {
        return .number(position: token.position, try NumberLiteral(token.text, kind: token.kind))
      } catch {
        throw failure(error.message)
      }
    case .leftParenthesis:
      return .pipe(
        try nested { (parser) throws(TemplateError) in
          try parser.pipeline("parenthesized pipeline", until: .rightParenthesis)
        })
    case .string, .rawString:
      guard let text = Quoting.unquote(token.text) else { throw failure("invalid syntax") }
      return .string(position: token.position, literal: GoString(token.text), text)
    default:
      backup()
      return nil
    }
  }
}
