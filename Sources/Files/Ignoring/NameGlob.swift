/// A shell pattern for one path component, as Go's `filepath.Match` reads it: `*`, `?`, `[a-z]`, `[^a-z]`, `\`.
package struct NameGlob: Sendable, Hashable {
  private enum Token: Hashable {
    case star
    case anyOne
    case literal(Unicode.Scalar)
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)
  }

  /// Nil for a malformed pattern: it matches nothing.
  private let tokens: [Token]?
  /// What a name must be, or after a leading star end in; nil for patterns with more to them. Most are this simple.
  private let ending: [UInt8]?
  private let startsWithStar: Bool

  /// The pattern that `text` is.
  package init(_ text: String) {
    var rest = Substring(text).unicodeScalars
    var found: [Token]? = []
    while let token = Self.next(&rest) {
      if token == .star, found?.last == .star { continue }
      found?.append(token)
    }
    tokens = rest.isEmpty ? found : nil
    startsWithStar = tokens?.first == .star
    ending = tokens.flatMap { Self.literal($0.dropFirst($0.first == .star ? 1 : 0)) }
  }

  private static func literal(_ tokens: ArraySlice<Token>) -> [UInt8]? {
    var text = String.UnicodeScalarView()
    for token in tokens {
      guard case .literal(let scalar) = token else { return nil }
      text.append(scalar)
    }
    return Array(String(text).utf8)
  }

  /// Whether the pattern can be read; one that cannot matches nothing.
  package var isWellFormed: Bool { tokens != nil }

  /// Takes the next token off; nil at the end, and at a mistake, with something left over.
  private static func next(_ rest: inout Substring.UnicodeScalarView) -> Token? {
    let start = rest
    switch rest.popFirst() {
    case "*": return .star
    case "?": return .anyOne
    case "[":
      if let set = characterClass(&rest) { return set }
    case "\\":
      if let next = rest.popFirst() { return .literal(next) }
    case let scalar?: return .literal(scalar)
    case nil: return nil
    }
    rest = start
    return nil
  }

  private static func characterClass(_ rest: inout Substring.UnicodeScalarView) -> Token? {
    let negated = rest.first == "^"
    if negated { rest.removeFirst() }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while ranges.isEmpty || rest.first != "]" {
      guard let low = member(&rest) else { return nil }
      var high = low
      if rest.first == "-" {
        rest.removeFirst()
        guard let last = member(&rest) else { return nil }
        high = last
      }
      // An empty range such as `z-a` is allowed and holds nothing; a single impossible one stands for it.
      ranges.append(low <= high ? low...high : "\u{0}"..."\u{0}")
    }
    rest.removeFirst()
    return .oneOf(ranges, negated: negated)
  }

  /// One character of a class, which must not be its last in the pattern.
  private static func member(_ rest: inout Substring.UnicodeScalarView) -> Unicode.Scalar? {
    guard let first = rest.popFirst(), first != "-", first != "]" else { return nil }
    let found = first == "\\" ? rest.popFirst() : first
    return rest.isEmpty ? nil : found
  }

  /// Whether the whole of `name` fits.
  package func matches(_ name: Substring) -> Bool {
    matches(Array(name.utf8)[...])
  }

  /// Whether the whole of `name`, as UTF-8, fits.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    if let ending {
      guard startsWithStar ? name.count >= ending.count : name.count == ending.count else { return false }
      return name.suffix(ending.count).elementsEqual(ending)
    }
    guard let tokens else { return false }
    let scalars = Array(String(decoding: name, as: UTF8.self).unicodeScalars)
    var (token, scalar) = (0, 0)
    // Where to go on when what follows the last star does not fit: one character later.
    var retry: (token: Int, scalar: Int)?
    while scalar < scalars.count {
      if token < tokens.count, tokens[token] == .star {
        retry = (token + 1, scalar)
        token += 1
      } else if token < tokens.count, Self.fits(scalars[scalar], tokens[token]) {
        token += 1
        scalar += 1
      } else if let again = retry {
        retry = (again.token, again.scalar + 1)
        (token, scalar) = (again.token, again.scalar + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .star }
  }

  private static func fits(_ scalar: Unicode.Scalar, _ token: Token) -> Bool {
    switch token {
    case .star: false
    case .anyOne: true
    case .literal(let wanted): scalar == wanted
    case .oneOf(let ranges, let negated): ranges.contains { $0.contains(scalar) } != negated
    }
  }
}
