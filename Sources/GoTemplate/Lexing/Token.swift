/// A piece of a template.
struct Token: Hashable {
  var kind: Kind
  /// Where it starts, in bytes.
  var position: Int
  /// The bytes it stands for; of an error, what is wrong.
  var text: [UInt8]
  /// The line it starts on, from 1.
  var line: Int

  enum Kind: Hashable {
    case error, bool, character, characterConstant, complex, assign, declare, end, field, identifier, leftDelimiter
    case leftParenthesis, number, pipe, rawString, rightDelimiter, rightParenthesis, space, string, text, variable
    /// A word with a meaning of its own, or the dot.
    case keyword(Keyword)
  }

  enum Keyword: String, Hashable {
    case dot = "."
    case block, `break`, `continue`, define, `else`, end, `if`, range, `nil`, template, with
  }

  func isKeyword(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  /// As Go's error texts name a token.
  var description: String {
    switch kind {
    case .end: return "EOF"
    case .error: return String(decoding: text, as: UTF8.self)
    case .keyword: return "<\(String(decoding: text, as: UTF8.self))>"
    default:
      guard text.count > 10 else { return Quoting.quote(GoString(text)).text }
      let head = GoString(scalars: GoString(text).scalars.prefix(10))
      return Quoting.quote(head).text + "..."
    }
  }
}
