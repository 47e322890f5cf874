/// Makes a tree of an expression's tokens, by the grammar `CEL.g4`.
struct Parser {
  let source: [UInt8]
  let limits: CELLimits
  private let tokens: [Token]
  private var index = 0
  private var nesting = 0

  private init(_ source: [UInt8], limits: CELLimits) throws(CELProblem) {
    self.source = source
    self.limits = limits
    let count = source.count { $0 & 0xC0 != 0x80 }
    guard count <= limits.characters else {
      let message = "expression code point size exceeds limit: size: \(count), limit \(limits.characters)"
      throw CELProblem(.limit, message, at: 0..<0, in: source)
    }
    tokens = try Lexer.tokens(of: source)
  }

  /// The tree of `source`.
  static func parse(_ source: String, limits: CELLimits) throws(CELProblem) -> Expression {
    var parser = try Parser(Array(source.utf8), limits: limits)
    let expression = try parser.expression()
    guard parser.current.kind == .end else { throw parser.unexpected() }
    return expression
  }

  // MARK: Tokens

  var current: Token { tokens[index] }
  var following: Token { tokens[min(index + 1, tokens.count - 1)] }

  @discardableResult
  mutating func advance() -> Token {
    let token = tokens[index]
    if index + 1 < tokens.count { index += 1 }
    return token
  }

  /// Takes the symbol if it is next.
  mutating func take(_ symbol: Token.Symbol) -> Token? {
    current.isSymbol(symbol) ? advance() : nil
  }

  mutating func expect(_ symbol: Token.Symbol) throws(CELProblem) -> Token {
    guard let token = take(symbol) else { throw unexpected(wanted: "'\(symbol.rawValue)'") }
    return token
  }

  /// A plain name, which `true`, `false` and `null` are not.
  mutating func expectIdentifier() throws(CELProblem) -> (name: String, range: Range<Int>) {
    guard case .identifier(let name) = current.kind, !["true", "false", "null"].contains(name) else {
      throw unexpected(wanted: "a name")
    }
    return (name, advance().range)
  }

  /// A plain name, or one in back quotes.
  mutating func expectFieldName() throws(CELProblem) -> (name: String, range: Range<Int>) {
    if case .quotedIdentifier(let name) = current.kind { return (name, advance().range) }
    return try expectIdentifier()
  }

  func unexpected(wanted: String? = nil) -> CELProblem {
    let suffix = wanted.map { ", expected \($0)" } ?? ""
    let token = current
    guard token.kind != .end else {
      return CELProblem(.syntax, "syntax error: unexpected end of the expression" + suffix, at: token.range, in: source)
    }
    let text = String(decoding: source[token.range], as: UTF8.self)
    return CELProblem(.syntax, "syntax error: unexpected '\(text)'" + suffix, at: token.range, in: source)
  }

  // MARK: Nodes

  /// A node that nests one deeper than its operands where `isCounted` says that cel-go counts it.
  func node(
    _ kind: Expression.Kind, _ range: Range<Int>, mark: Range<Int>? = nil, over operands: [Expression] = [],
    isCounted: Bool = false
  ) throws(CELProblem) -> Expression {
    let height = (operands.map(\.height).max() ?? 0) + (isCounted ? 1 : 0)
    guard height <= limits.depth else { throw tooDeep(at: mark ?? range) }
    return Expression(kind: kind, range: range, mark: mark ?? range, height: height)
  }

  private func tooDeep(at range: Range<Int>) -> CELProblem {
    CELProblem(.limit, "expression recursion limit exceeded: \(limits.depth)", at: range, in: source)
  }

  // MARK: Operators

  mutating func expression() throws(CELProblem) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= limits.depth else { throw tooDeep(at: current.range) }
    let condition = try disjunction()
    guard let question = take(.question) else { return condition }
    let then = try disjunction()
    _ = try expect(.colon)
    let otherwise = try expression()
    return try node(
      .conditional(condition, then: then, otherwise: otherwise), condition.range.joined(otherwise.range),
      mark: question.range, over: [condition, then, otherwise], isCounted: true)
  }

  private mutating func disjunction() throws(CELProblem) -> Expression {
    var terms = [try conjunction()]
    var mark: Range<Int>?
    while let token = take(.or) {
      mark = mark ?? token.range
      terms.append(try conjunction())
    }
    return try logic(terms, isAnd: false, mark: mark)
  }

  private mutating func conjunction() throws(CELProblem) -> Expression {
    var terms = [try binary(level: 0)]
    var mark: Range<Int>?
    while let token = take(.and) {
      mark = mark ?? token.range
      terms.append(try binary(level: 0))
    }
    return try logic(terms, isAnd: true, mark: mark)
  }

  private func logic(_ terms: [Expression], isAnd: Bool, mark: Range<Int>?) throws(CELProblem) -> Expression {
    guard terms.count > 1, let mark else { return terms[0] }
    let range = terms[0].range.joined(terms[terms.count - 1].range)
    return try node(.logic(isAnd: isAnd, terms), range, mark: mark, over: terms)
  }

  /// The operators with two operands, loosest first.
  private static let levels: [[Token.Symbol: String]] = [
    [
      .less: "_<_", .lessOrEqual: "_<=_", .greaterOrEqual: "_>=_", .greater: "_>_", .equal: "_==_", .notEqual: "_!=_",
      .isIn: "@in",
    ],
    [.plus: "_+_", .minus: "_-_"],
    [.times: "_*_", .divide: "_/_", .modulo: "_%_"],
  ]

  private mutating func binary(level: Int) throws(CELProblem) -> Expression {
    guard level < Self.levels.count else { return try unary() }
    var left = try binary(level: level + 1)
    while case .symbol(let symbol) = current.kind, let function = Self.levels[level][symbol] {
      let operation = advance()
      let right = try binary(level: level + 1)
      left = try node(
        .call(function: function, target: nil, arguments: [left, right]), left.range.joined(right.range),
        mark: operation.range, over: [left, right], isCounted: true)
    }
    return left
  }

  /// `!` and `-`, any number of either; two of a kind undo each other.
  private mutating func unary() throws(CELProblem) -> Expression {
    let symbol: Token.Symbol = current.isSymbol(.not) ? .not : .minus
    let first = current.range
    var count = 0
    while current.isSymbol(symbol), !startsNumber() {
      advance()
      count += 1
    }
    let operand = try member()
    guard !count.isMultiple(of: 2) else { return operand }
    let function = symbol == .not ? "!_" : "-_"
    return try node(
      .call(function: function, target: nil, arguments: [operand]), first.joined(operand.range), mark: first,
      over: [operand])
  }

  /// Whether the sign that is next belongs to a number.
  func startsNumber() -> Bool {
    guard current.isSymbol(.minus) else { return false }
    switch following.kind {
    case .integer, .double: return true
    default: return false
    }
  }
}

extension Range<Int> {
  func joined(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
