/// Reads the pieces of versions and constraints.
struct VersionScanner {
  let bytes: [UInt8]
  var position = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  var isAtEnd: Bool { position == bytes.count }

  mutating func skip(_ character: Character) {
    if position < bytes.count, bytes[position] == character.asciiValue { position += 1 }
  }

  mutating func take(while isWanted: (UInt8) -> Bool) -> String? {
    let start = position
    while position < bytes.count, isWanted(bytes[position]) { position += 1 }
    return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  mutating func digits() -> String? { take { (0x30...0x39).contains($0) } }

  mutating func dottedDigits() -> String? {
    let start = position
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return nil }
    position += 1
    guard let found = digits() else {
      position = start
      return nil
    }
    return found
  }

  /// `-alpha.1` after `mark`; nothing when it is malformed.
  mutating func identifiers(after mark: Character) -> String? {
    let start = position
    guard position < bytes.count, bytes[position] == mark.asciiValue else { return nil }
    position += 1
    let first = position
    var end: Int?
    while take(while: VersionScanner.isIdentifier) != nil {
      end = position
      guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { break }
      position += 1
    }
    guard let end else {
      position = start
      return nil
    }
    position = end
    return String(decoding: bytes[first..<end], as: UTF8.self)
  }

  static func isIdentifier(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
    default: false
    }
  }

  // MARK: Constraints

  @discardableResult mutating func skipSpaces() -> Int {
    let start = position
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(bytes[position]) { position += 1 }
    return position - start
  }

  /// A version of a constraint: any number may be `x`, `X` or `*`.
  struct Pattern {
    var text: String
    var numbers: [String]
    var prerelease: String
  }

  mutating func pattern() -> Pattern? {
    let start = position
    skip("v")
    guard let first = take(while: VersionScanner.isPatternByte) else {
      position = start
      return nil
    }
    var numbers = [first]
    while numbers.count < 3, position + 1 < bytes.count, bytes[position] == UInt8(ascii: "."),
      VersionScanner.isPatternByte(bytes[position + 1])
    {
      position += 1
      numbers.append(take(while: VersionScanner.isPatternByte) ?? "")
    }
    let prerelease = identifiers(after: "-") ?? ""
    _ = identifiers(after: "+")
    return Pattern(
      text: String(decoding: bytes[start..<position], as: UTF8.self), numbers: numbers, prerelease: prerelease)
  }

  private static func isPatternByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || "xX*|".utf8.contains(byte)
  }

  mutating func operation() -> String {
    for candidate in ["!=", ">=", "=>", "<=", "=<", "~>", "=", ">", "<", "~", "^"]
    where bytes[position...].starts(with: candidate.utf8) {
      position += candidate.utf8.count
      return candidate
    }
    return ""
  }
}
