/// Reads a bracketed class and writes it in PCRE2's syntax.
struct ClassParser {
  private(set) var cursor: PatternCursor
  private let foldsCase: Bool
  private let start: Int
  private var set = CharacterSet()

  init(_ cursor: PatternCursor, foldsCase: Bool) {
    self.cursor = cursor
    self.foldsCase = foldsCase
    start = cursor.offset
  }

  /// The class in PCRE2's syntax; the cursor is behind its `]` afterwards.
  mutating func parse() throws(PatternError) -> String {
    cursor.offset += 1
    let isNegated = cursor.take("^")
    var isFirst = true
    while isFirst || cursor.next != "]" {
      guard !cursor.isAtEnd else { throw PatternError(.missingBracket, cursor.rest(from: start)) }
      isFirst = false
      if try posixClass() { continue }
      if let escaped = try cursor.characterSetEscape(foldsCase: foldsCase) {
        set.formUnion(escaped)
      } else {
        try range()
      }
    }
    cursor.offset += 1
    return set.written(negated: isNegated)
  }

  /// `[:alpha:]`, `[:^alpha:]`.
  private mutating func posixClass() throws(PatternError) -> Bool {
    guard cursor.startsWith("[:") else { return false }
    var end = cursor.offset + 2
    while end + 1 < cursor.scalars.count, !(cursor.scalars[end] == ":" && cursor.scalars[end + 1] == "]") { end += 1 }
    guard end + 1 < cursor.scalars.count else { return false }
    let isNegative = cursor.peek(2) == "^"
    let name = cursor.text((cursor.offset + (isNegative ? 3 : 2))..<end)
    guard let named = CharacterSet.posix(name) else {
      throw PatternError(.invalidCharacterRange, cursor.text(cursor.offset..<(end + 2)))
    }
    set.formUnion(isNegative ? (foldsCase ? named.folded.inverted : named.inverted) : named)
    cursor.offset = end + 2
    return true
  }

  private mutating func range() throws(PatternError) {
    let rangeStart = cursor.offset
    let low = try scalar()
    var high = low
    if cursor.next == "-", let following = cursor.peek(1), following != "]" {
      cursor.offset += 1
      high = try scalar()
    }
    guard low <= high else { throw PatternError(.invalidCharacterRange, cursor.text(from: rangeStart)) }
    set.ranges.append(low.value...high.value)
  }

  private mutating func scalar() throws(PatternError) -> Unicode.Scalar {
    if cursor.next == "\\" { return try cursor.scalarEscape() }
    guard let scalar = cursor.advance() else {
      throw PatternError(.missingBracket, cursor.rest(from: start))
    }
    return scalar
  }
}
