/// Reads a selector of labels by the grammar of Kubernetes' `labels.Parse`.
struct LabelSelectorParser {
  private enum Token: Hashable {
    case end
    case symbol(String)
    case word(String)

    var text: String {
      switch self {
      case .end: ""
      case .symbol(let text), .word(let text): text
      }
    }
  }

  private var tokens: [Token] = []
  private var position = 0

  init(_ text: String) {
    tokens = Self.tokens(of: Array(text.utf8))
  }

  // MARK: Tokens

  private static let symbols = ["==", "!=", "=", "!", "(", ")", ",", ">", "<"]

  private static func tokens(of bytes: [UInt8]) -> [Token] {
    var tokens: [Token] = []
    var index = 0
    let special = Set("=!(),><".utf8)
    let blank = Set(" \t\r\n".utf8)
    while index < bytes.count {
      if blank.contains(bytes[index]) {
        index += 1
      } else if special.contains(bytes[index]) {
        let rest = String(decoding: bytes[index...].prefix(2), as: UTF8.self)
        let symbol = symbols.first(where: rest.hasPrefix) ?? String(rest.prefix(1))
        tokens.append(.symbol(symbol))
        index += symbol.utf8.count
      } else {
        let end = bytes[index...].firstIndex { special.contains($0) || blank.contains($0) } ?? bytes.count
        tokens.append(.word(String(decoding: bytes[index..<end], as: UTF8.self)))
        index = end
      }
    }
    return tokens
  }

  private var next: Token { position < tokens.count ? tokens[position] : .end }

  private mutating func advance() -> Token {
    defer { position += 1 }
    return next
  }

  // MARK: Grammar

  mutating func parse() throws(LabelSelectorError) -> [LabelSelector.Requirement] {
    var found: [LabelSelector.Requirement] = []
    while next != .end {
      guard startsRequirement else {
        throw LabelSelectorError("found '\(next.text)', expected: !, identifier, or 'end of string'")
      }
      found.append(try requirement())
      let separator = advance()
      if separator == .end { break }
      guard separator == .symbol(",") else {
        throw LabelSelectorError("found '\(separator.text)', expected: ',' or 'end of string'")
      }
      guard startsRequirement else {
        throw LabelSelectorError("found '\(next.text)', expected: identifier after ','")
      }
    }
    return found
  }

  private var startsRequirement: Bool {
    if case .word = next { return true }
    return next == .symbol("!")
  }

  private mutating func requirement() throws(LabelSelectorError) -> LabelSelector.Requirement {
    let isNegated = next == .symbol("!")
    if isNegated { position += 1 }
    let token = advance()
    guard case .word(let key) = token else {
      throw LabelSelectorError("unable to parse requirement: found '\(token.text)', expected: identifier")
    }
    guard LabelSyntax.isKey(key) else {
      throw LabelSelectorError("unable to parse requirement: invalid label key \"\(key)\"")
    }
    if isNegated { return LabelSelector.Requirement(key: key, comparison: .doesNotExist, values: []) }
    if next == .end || next == .symbol(",") {
      return LabelSelector.Requirement(key: key, comparison: .exists, values: [])
    }
    return try comparison(of: key)
  }

  private mutating func comparison(of key: String) throws(LabelSelectorError) -> LabelSelector.Requirement {
    let comparison: LabelSelector.Requirement.Operator
    let token = advance()
    switch token {
    case .word("in"): comparison = .isIn
    case .word("notin"): comparison = .isNotIn
    case .symbol("="), .symbol("=="): comparison = .isIn
    case .symbol("!="): comparison = .isNotIn
    case .symbol(">"): comparison = .greater
    case .symbol("<"): comparison = .less
    default:
      throw LabelSelectorError(
        "unable to parse requirement: found '\(token.text)', expected: '=', '!=', '==', 'in', notin'")
    }
    var isSet = false
    if case .word = token { isSet = true }
    let values = isSet ? try valueSet() : [try exactValue()]
    for value in values where !LabelSyntax.isValue(value) {
      throw LabelSelectorError("unable to parse requirement: invalid label value: \"\(value)\": at key: \"\(key)\"")
    }
    if comparison == .greater || comparison == .less, values.first.flatMap({ Int64($0) }) == nil {
      throw LabelSelectorError("unable to parse requirement: for 'Gt', 'Lt' operators, the value must be an integer")
    }
    return LabelSelector.Requirement(key: key, comparison: comparison, values: values)
  }

  private mutating func exactValue() throws(LabelSelectorError) -> String {
    if next == .end || next == .symbol(",") { return "" }
    let token = advance()
    guard case .word(let value) = token else {
      throw LabelSelectorError("unable to parse requirement: found '\(token.text)', expected: identifier")
    }
    return value
  }

  /// Values in parentheses; what is missing between commas is the empty value.
  private mutating func valueSet() throws(LabelSelectorError) -> [String] {
    let opening = advance()
    guard opening == .symbol("(") else {
      throw LabelSelectorError("unable to parse requirement: found '\(opening.text)' expected: '('")
    }
    var values: [String] = []
    while true {
      if case .word(let value) = next {
        values.append(value)
        position += 1
      } else {
        values.append("")
      }
      let separator = advance()
      if separator == .symbol(")") { return values }
      guard separator == .symbol(",") else {
        throw LabelSelectorError("unable to parse requirement: found '\(separator.text)', expected: ',' or ')'")
      }
    }
  }
}

/// What keys and values of labels may look like.
enum LabelSyntax {
  private static let longest = 63
  private static let longestPrefix = 253

  /// A name of at most 63 characters, with a DNS name and a slash before it or without.
  static func isKey(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { Array($0) }
    switch parts.count {
    case 1: return isName(parts[0])
    case 2: return isDomain(parts[0]) && isName(parts[1])
    default: return false
    }
  }

  /// Empty, or a name.
  static func isValue(_ text: String) -> Bool {
    text.isEmpty || isName(Array(text.utf8))
  }

  private static func isName(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.first, let last = bytes.last, bytes.count <= longest else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isDomain(_ bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty, bytes.count <= longestPrefix else { return false }
    return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
      guard let first = label.first, let last = label.last else { return false }
      return isLowercase(first) && isLowercase(last)
        && label.allSatisfy { isLowercase($0) || $0 == UInt8(ascii: "-") }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowercase(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  private static func isLowercase(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
