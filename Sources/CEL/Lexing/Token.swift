/// A piece of an expression's text.
struct Token: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case identifier(String)
    /// A name in back quotes; it may have characters that identifiers have not.
    case quotedIdentifier(String)
    /// The digits of an integer, with `0x` in front where it is hexadecimal.
    case integer(String)
    /// As `integer`, without the `u` behind.
    case unsigned(String)
    case double(String)
    case string(String)
    case bytes([UInt8])
    /// An operator or a bracket; `in` too.
    case symbol(Symbol)
    case end
  }

  enum Symbol: String, Sendable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case isIn = "in"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case dot = "."
    case comma = ","
    case minus = "-"
    case not = "!"
    case question = "?"
    case colon = ":"
    case plus = "+"
    case times = "*"
    case divide = "/"
    case modulo = "%"
  }

  var kind: Kind
  /// In UTF-8 bytes of the expression.
  var range: Range<Int>

  func isSymbol(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
}
