/// Works out what a plain text means, as go-yaml's `resolve` does.
struct PlainResolver {
  let dialect: YAMLDialect
  /// Whether texts that look like dates are tried as such.
  let readsDates: Bool

  init(_ dialect: YAMLDialect, readsDates: Bool = true) {
    self.dialect = dialect
    self.readsDates = readsDates
  }

  func resolve(_ text: String) -> ResolvedScalar {
    let bytes = text.utf8.span
    guard bytes.count > 0 else { return .null }
    switch bytes[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      return number(bytes) ?? .string(text)
    case UInt8(ascii: "."):
      if let special = Self.specialFloat(bytes) { return .float(special) }
      // A leading dot goes straight to Go's ParseFloat, which knows underscores between digits.
      return GoNumber.float(bytes, separators: true).map { .float($0) } ?? .string(text)
    default:
      return word(bytes) ?? .string(text)
    }
  }

  /// Whether the text means anything but itself: what must be quoted to stay a string.
  func isTyped(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 0 else { return true }
    switch bytes[0] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
      return isDate(bytes) || number(bytes) != nil
    case UInt8(ascii: "."):
      return Self.specialFloat(bytes) != nil || GoNumber.float(bytes, separators: true) != nil
    default:
      return word(bytes) != nil
    }
  }

  private func isDate(_ bytes: Span<UInt8>) -> Bool {
    readsDates && Timestamp.normalised(bytes) != nil
  }

  /// Null or a boolean.
  private func word(_ bytes: Span<UInt8>) -> ResolvedScalar? {
    guard bytes.count <= 5 else { return nil }
    switch bytes[0] | 0x20 {
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "~"), UInt8(ascii: "y"),
      UInt8(ascii: "o"):
      break
    default: return nil
    }
    let packed = Words.pack(bytes)
    if let meaning = Words.core[packed] { return meaning }
    return dialect == .goYAML2 ? Words.old[packed] : nil
  }

  private static func specialFloat(_ bytes: Span<UInt8>) -> Double? {
    guard bytes.count == 4 else { return nil }
    switch Words.pack(bytes) {
    case Words.pack(".inf"), Words.pack(".Inf"), Words.pack(".INF"): return .infinity
    case Words.pack(".nan"), Words.pack(".NaN"), Words.pack(".NAN"): return .nan
    default: return nil
    }
  }

  private func number(_ bytes: Span<UInt8>) -> ResolvedScalar? {
    if bytes.count == 5, let special = Self.specialFloat(bytes.extracting(1..<5)), special.isInfinite {
      if bytes[0] == UInt8(ascii: "+") { return .float(special) }
      if bytes[0] == UInt8(ascii: "-") { return .float(-special) }
    }
    if readsDates, let date = Timestamp.normalised(bytes) {
      guard dialect == .goYAML3 else { return nil }  // v2 hands out the text itself
      return .timestamp(date)
    }
    guard bytes.contains(UInt8(ascii: "_")) else { return Self.undatedNumber(bytes) }
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.count)
    for index in bytes.indices where bytes[index] != UInt8(ascii: "_") { digits.append(bytes[index]) }
    return Self.undatedNumber(digits.span)
  }

  private static func undatedNumber(_ plain: Span<UInt8>) -> ResolvedScalar? {
    switch GoNumber.integer(plain) {
    case .signed(let value): .int(value)
    case .unsigned(let value): .uint(value)
    case nil: GoNumber.float(plain, separators: false).map { .float($0) }
    }
  }
}

/// The words that are no strings, packed into numbers: a lookup costs no string.
private enum Words {
  static let core = table([
    (.bool(true), ["true", "True", "TRUE"]),
    (.bool(false), ["false", "False", "FALSE"]),
    (.null, ["~", "null", "Null", "NULL"]),
  ])
  /// YAML 1.1's further booleans.
  static let old = table([
    (.bool(true), ["y", "Y", "yes", "Yes", "YES", "on", "On", "ON"]),
    (.bool(false), ["n", "N", "no", "No", "NO", "off", "Off", "OFF"]),
  ])

  private static func table(_ meanings: [(ResolvedScalar, [String])]) -> [UInt64: ResolvedScalar] {
    var found: [UInt64: ResolvedScalar] = [:]
    for (meaning, words) in meanings {
      for word in words { found[pack(word)] = meaning }
    }
    return found
  }

  static func pack(_ word: String) -> UInt64 {
    pack(word.utf8.span)
  }

  static func pack(_ bytes: Span<UInt8>) -> UInt64 {
    var packed: UInt64 = 0
    for index in bytes.indices { packed = packed << 8 | UInt64(bytes[index]) }
    return packed
  }
}

extension PlainResolver {
  /// What v3 quotes although it reads it as a string itself: YAML 1.1's booleans.
  static func isOldBool(_ bytes: Span<UInt8>) -> Bool {
    bytes.count <= 3 && bytes.count > 0 && Words.old[Words.pack(bytes)] != nil
  }
}

extension Span where Element == UInt8 {
  func contains(_ byte: UInt8) -> Bool {
    for index in indices where self[index] == byte { return true }
    return false
  }
}
