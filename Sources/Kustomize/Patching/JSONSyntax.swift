/// Checks that a text is JSON: kustomize reads a patch that begins with `[` as JSON only, and YAML's short forms are none.
struct JSONSyntax {
  private let bytes: [UInt8]
  private var index = 0
  /// The collections that are open, `[` and `{`.
  private var open: [UInt8] = []

  /// The offset of the first byte that cannot stand where it stands; nil where the whole text is one JSON value.
  static func firstError(in bytes: [UInt8]) -> Int? {
    var syntax = JSONSyntax(bytes: bytes)
    return syntax.isValid() ? nil : syntax.index
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private enum Expected { case value, valueOrEnd, key, keyOrEnd, separator }

  private mutating func isValid() -> Bool {
    var expected = Expected.value
    while true {
      skipSpace()
      guard index < bytes.count else { return false }
      guard let next = step(expected) else { return false }
      expected = next
      if open.isEmpty, expected == .separator { break }
    }
    skipSpace()
    return index == bytes.count
  }

  /// Reads what comes next; what may follow, or nil where it is wrong.
  private mutating func step(_ expected: Expected) -> Expected? {
    let byte = bytes[index]
    switch (expected, byte) {
    case (.valueOrEnd, UInt8(ascii: "]")), (.keyOrEnd, UInt8(ascii: "}")): return close()
    case (.separator, UInt8(ascii: "]")) where open.last == UInt8(ascii: "["): return close()
    case (.separator, UInt8(ascii: "}")) where open.last == UInt8(ascii: "{"): return close()
    case (.separator, UInt8(ascii: ",")):
      index += 1
      return open.last == UInt8(ascii: "[") ? .value : .key
    case (.separator, _): return nil
    case (.key, _), (.keyOrEnd, _): return key()
    case (_, UInt8(ascii: "[")), (_, UInt8(ascii: "{")):
      open.append(byte)
      index += 1
      return byte == UInt8(ascii: "[") ? .valueOrEnd : .keyOrEnd
    default: return scalar() ? .separator : nil
    }
  }

  private mutating func close() -> Expected {
    open.removeLast()
    index += 1
    return .separator
  }

  private mutating func key() -> Expected? {
    guard string() else { return nil }
    skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
    index += 1
    return .value
  }

  private mutating func skipSpace() {
    while index < bytes.count, bytes[index].isJSONSpace { index += 1 }
  }

  private mutating func scalar() -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "\""): string()
    case UInt8(ascii: "t"): word("true")
    case UInt8(ascii: "f"): word("false")
    case UInt8(ascii: "n"): word("null")
    default: number()
    }
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func string() -> Bool {
    guard bytes[index] == UInt8(ascii: "\"") else { return false }
    index += 1
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return true
      case UInt8(ascii: "\\"):
        guard escape() else { return false }
      case 0..<0x20: return false
      default: index += 1
      }
    }
    return false
  }

  private mutating func escape() -> Bool {
    guard index + 1 < bytes.count else { return false }
    if bytes[index + 1] == UInt8(ascii: "u") {
      let digits = bytes[(index + 2)...].prefix(4)
      guard digits.count == 4, digits.allSatisfy({ $0.isHexDigit }) else { return false }
      index += 6
      return true
    }
    guard "\"\\/bfnrt".utf8.contains(bytes[index + 1]) else { return false }
    index += 2
    return true
  }

  private mutating func number() -> Bool {
    if bytes[index] == UInt8(ascii: "-") { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: "0") {
      index += 1
    } else {
      guard digits() else { return false }
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() else { return false }
    }
    guard index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") else { return true }
    index += 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
    return digits()
  }

  private mutating func digits() -> Bool {
    let start = index
    while index < bytes.count, bytes[index].isDigit { index += 1 }
    return index > start
  }
}

extension UInt8 {
  fileprivate var isJSONSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D }

  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  fileprivate var isHexDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
