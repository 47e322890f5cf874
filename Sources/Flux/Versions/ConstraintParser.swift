/// Reads the text of a ``VersionConstraint``.
struct ConstraintParser {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { offset == bytes.count }

  /// Steps over `||`.
  mutating func takeAlternativeMark() -> Bool {
    guard bytes[offset...].starts(with: "||".utf8) else { return false }
    offset += 2
    return true
  }

  /// Conditions separated by commas or spaces, up to `||` or the end; nil where they break the grammar.
  mutating func conditions() -> [VersionConstraint.Condition]? {
    var found: [VersionConstraint.Condition] = []
    skipSpaces()
    while true {
      guard let condition = condition() else { return nil }
      let spaces = skipSpaces()
      if condition.comparison == .equal, spaces > 0, let upper = rangeEnd() {
        found.append(VersionConstraint.Condition(comparison: .greaterOrEqual, version: condition.version))
        found.append(VersionConstraint.Condition(comparison: .lessOrEqual, version: upper))
        skipSpaces()
      } else {
        found.append(condition)
      }
      if isAtEnd || bytes[offset] == UInt8(ascii: "|") { return found }
      if bytes[offset] == UInt8(ascii: ",") {
        offset += 1
        skipSpaces()
      } else if !bytes[offset - 1].isSpace {
        return nil
      }
    }
  }

  private mutating func condition() -> VersionConstraint.Condition? {
    let comparison = comparison()
    skipSpaces()
    return version().map { VersionConstraint.Condition(comparison: comparison, version: $0) }
  }

  /// The operators with their other spellings, long ones first.
  private static let spellings: [(String, VersionConstraint.Comparison)] = [
    ("!=", .notEqual), (">=", .greaterOrEqual), ("=>", .greaterOrEqual), ("<=", .lessOrEqual), ("=<", .lessOrEqual),
    ("~>", .tilde), ("=", .equal), (">", .greater), ("<", .less), ("~", .tilde), ("^", .caret),
  ]

  private mutating func comparison() -> VersionConstraint.Comparison {
    for (text, comparison) in Self.spellings where bytes[offset...].starts(with: text.utf8) {
      offset += text.utf8.count
      return comparison
    }
    return .equal
  }

  private mutating func version() -> PartialVersion? {
    let text = bytes[offset...].prefix { !$0.isSpace && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "|") }
    offset += text.count
    return PartialVersion(String(decoding: text, as: UTF8.self))
  }

  /// What follows ` - ` in `1.2 - 1.4`; nil, without moving, when there is no such range.
  private mutating func rangeEnd() -> PartialVersion? {
    let start = offset
    if !isAtEnd, bytes[offset] == UInt8(ascii: "-") {
      offset += 1
      if skipSpaces() > 0, let version = version() { return version }
    }
    offset = start
    return nil
  }

  @discardableResult
  private mutating func skipSpaces() -> Int {
    let count = bytes[offset...].prefix { $0.isSpace }.count
    offset += count
    return count
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
