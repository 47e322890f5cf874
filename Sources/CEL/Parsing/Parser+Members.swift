extension Parser {
  /// A primary with the selections, indices and calls behind it.
  mutating func member() throws(CELProblem) -> Expression {
    var operand = try primary()
    while true {
      if let dot = take(.dot) {
        operand = try selection(of: operand, dot: dot)
      } else if let bracket = take(.leftBracket) {
        operand = try index(of: operand, bracket: bracket)
      } else if current.isSymbol(.leftBrace), let name = operand.qualifiedName {
        operand = try message(name.joined(separator: "."), operand)
      } else {
        return operand
      }
    }
  }

  private mutating func selection(of operand: Expression, dot: Token) throws(CELProblem) -> Expression {
    if take(.question) != nil {
      let (name, range) = try expectFieldName()
      let field = try node(.literal(.string(name)), range)
      return try node(
        .call(function: "_?._", target: nil, arguments: [operand, field]), operand.range.joined(range), mark: range,
        over: [operand], isCounted: true)
    }
    let isPlain = if case .identifier = current.kind { true } else { false }
    let (name, range) = try expectFieldName()
    guard isPlain, take(.leftParenthesis) != nil else {
      return try node(
        .select(operand, field: name), operand.range.joined(range), mark: range, over: [operand], isCounted: true)
    }
    let (arguments, end) = try callArguments()
    let whole = operand.range.joined(end)
    if let expanded = try memberMacro(name, of: operand, arguments, whole, mark: range) { return expanded }
    return try node(
      .call(function: name, target: operand, arguments: arguments), whole, mark: range, over: [operand] + arguments,
      isCounted: true)
  }

  private mutating func index(of operand: Expression, bracket: Token) throws(CELProblem) -> Expression {
    let isOptional = take(.question) != nil
    let key = try expression()
    let end = try expect(.rightBracket)
    return try node(
      .call(function: isOptional ? "_[?_]" : "_[_]", target: nil, arguments: [operand, key]),
      operand.range.joined(end.range), mark: key.range, over: [operand, key], isCounted: true)
  }

  /// What stands between the brackets of a call, and the closing bracket.
  private mutating func callArguments() throws(CELProblem) -> ([Expression], end: Range<Int>) {
    if let end = take(.rightParenthesis) { return ([], end.range) }
    var arguments = [try expression()]
    while take(.comma) != nil { arguments.append(try expression()) }
    return (arguments, try expect(.rightParenthesis).range)
  }

  private mutating func primary() throws(CELProblem) -> Expression {
    let token = current
    switch token.kind {
    case .identifier(let name):
      if let literal = Self.words[name] {
        advance()
        return try node(.literal(literal), token.range)
      }
      return try named(leadingDot: nil)
    case .symbol(.dot): return try named(leadingDot: advance())
    case .symbol(.leftParenthesis):
      advance()
      var inner = try expression()
      inner.range = token.range.joined(try expect(.rightParenthesis).range)
      return inner
    case .symbol(.leftBracket): return try list()
    case .symbol(.leftBrace): return try map()
    default: return try literal()
    }
  }

  private static let words: [String: Value] = ["true": .bool(true), "false": .bool(false), "null": .null]

  /// Words that may name a field, but nothing else.
  private static let reserved: Set<String> = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
    "namespace", "return", "var", "void", "while",
  ]

  /// A name, or the call of a function.
  private mutating func named(leadingDot: Token?) throws(CELProblem) -> Expression {
    let (plain, range) = try expectIdentifier()
    guard !Self.reserved.contains(plain) else {
      throw CELProblem(.syntax, "reserved identifier: \(plain)", at: range, in: source)
    }
    let name = leadingDot == nil ? plain : "." + plain
    let start = leadingDot?.range ?? range
    guard take(.leftParenthesis) != nil else { return try node(.identifier(name), start.joined(range), mark: range) }
    let (arguments, end) = try callArguments()
    if name == "has", arguments.count == 1 { return try presence(arguments[0], range.joined(end)) }
    return try node(
      .call(function: name, target: nil, arguments: arguments), start.joined(end), mark: range, over: arguments)
  }

  private mutating func list() throws(CELProblem) -> Expression {
    let start = advance()
    var elements: [Expression.Element] = []
    while !current.isSymbol(.rightBracket) {
      if elements.isEmpty, current.isSymbol(.comma) {
        advance()
        break
      }
      let isOptional = take(.question) != nil
      elements.append(.init(value: try expression(), isOptional: isOptional))
      guard take(.comma) != nil else { break }
    }
    let end = try expect(.rightBracket)
    return try node(.list(elements), start.range.joined(end.range), over: elements.map(\.value))
  }

  private mutating func map() throws(CELProblem) -> Expression {
    let start = advance()
    var entries: [Expression.Entry] = []
    while !current.isSymbol(.rightBrace) {
      if entries.isEmpty, current.isSymbol(.comma) {
        advance()
        break
      }
      let isOptional = take(.question) != nil
      let key = try expression()
      _ = try expect(.colon)
      entries.append(.init(key: key, value: try expression(), isOptional: isOptional))
      guard take(.comma) != nil else { break }
    }
    let end = try expect(.rightBrace)
    return try node(.map(entries), start.range.joined(end.range), over: entries.flatMap { [$0.key, $0.value] })
  }

  private mutating func message(_ type: String, _ name: Expression) throws(CELProblem) -> Expression {
    advance()
    var fields: [Expression.Field] = []
    while !current.isSymbol(.rightBrace) {
      if fields.isEmpty, current.isSymbol(.comma) {
        advance()
        break
      }
      _ = take(.question)
      let (field, _) = try expectFieldName()
      _ = try expect(.colon)
      fields.append(.init(name: field, value: try expression()))
      guard take(.comma) != nil else { break }
    }
    let end = try expect(.rightBrace)
    return try node(
      .message(type: type, fields: fields), name.range.joined(end.range), mark: name.range, over: fields.map(\.value))
  }

  private mutating func literal() throws(CELProblem) -> Expression {
    let sign = startsNumber() ? advance() : nil
    let token = current
    let value: Value
    switch token.kind {
    case .integer(let text): value = .int(try number(text, sign: sign, "int") { Int64($0, radix: $1) })
    case .unsigned(let text): value = .uint(try number(text, sign: nil, "uint") { UInt64($0, radix: $1) })
    case .double(let text):
      guard let number = Double(text), number.isFinite else {
        throw CELProblem(.syntax, "invalid double literal", at: token.range, in: source)
      }
      value = .double(sign == nil ? number : -number)
    case .string(let text): value = .string(text)
    case .bytes(let bytes): value = .bytes(bytes)
    default: throw unexpected()
    }
    advance()
    return try node(.literal(value), (sign ?? token).range.joined(token.range))
  }

  private func number<Number>(
    _ text: String, sign: Token?, _ type: String, _ convert: (String, Int) -> Number?
  ) throws(CELProblem) -> Number {
    let isHex = text.hasPrefix("0x")
    let digits = (sign == nil ? "" : "-") + (isHex ? String(text.dropFirst(2)) : text)
    if let number = convert(digits, isHex ? 16 : 10) { return number }
    throw CELProblem(.syntax, "invalid \(type) literal", at: (sign ?? current).range.joined(current.range), in: source)
  }
}
