/// A string as Go has it: any bytes, usually UTF-8, compared and measured byte by byte.
///
/// Templates cut strings anywhere (`trunc`, `slice`, `printf "%.3s"`), so a value may hold half a character; Swift's
/// `String` cannot, and compares by canonical equivalence, which Go does not.
public struct GoString: Sendable, Hashable, Comparable {
  /// The bytes.
  public var bytes: [UInt8]

  /// A string of these bytes.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A string of these bytes.
  public init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// The UTF-8 of `text`.
  public init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// How many bytes.
  public var count: Int { bytes.count }

  /// Whether there are no bytes.
  public var isEmpty: Bool { bytes.isEmpty }

  /// As text; bytes that are no UTF-8 become U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Hashes all bytes at once.
  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }

  /// The order of the bytes.
  public static func < (left: GoString, right: GoString) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension GoString: ExpressibleByStringLiteral, CustomStringConvertible {
  /// The UTF-8 of a literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// As `text`.
  public var description: String { text }
}

extension GoString {
  /// The decoded character at `index` and its length in bytes; a byte that starts no character is U+FFFD of length 1,
  /// as Go decodes it.
  public static func decode(_ bytes: [UInt8], at index: Int) -> (scalar: Unicode.Scalar, length: Int, isValid: Bool) {
    let first = bytes[index]
    if first < 0x80 { return (Unicode.Scalar(first), 1, true) }
    let invalid = (Unicode.Scalar(0xFFFD as UInt16) ?? " ", 1, false)
    let length: Int
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF: length = 3
    case 0xF0...0xF4: length = 4
    default: return invalid
    }
    guard index + length <= bytes.count else { return invalid }
    var code = UInt32(first) & (0xFF >> UInt32(length + 1))
    for offset in 1..<length {
      let next = bytes[index + offset]
      guard next & 0xC0 == 0x80 else { return invalid }
      code = code << 6 | UInt32(next & 0x3F)
    }
    let smallest: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000
    guard code >= smallest, let scalar = Unicode.Scalar(code) else { return invalid }
    return (scalar, length, true)
  }

  /// The characters, with U+FFFD for each byte that belongs to none.
  public var scalars: [Unicode.Scalar] {
    var found: [Unicode.Scalar] = []
    found.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let next = GoString.decode(bytes, at: index)
      found.append(next.scalar)
      index += next.length
    }
    return found
  }

  /// How many characters, as Go counts runes.
  public var scalarCount: Int {
    var (count, index) = (0, 0)
    while index < bytes.count {
      index += bytes[index] < 0x80 ? 1 : GoString.decode(bytes, at: index).length
      count += 1
    }
    return count
  }

  /// A string of these characters.
  public init(scalars: some Sequence<Unicode.Scalar>) {
    bytes = []
    for scalar in scalars { bytes.append(scalar: scalar) }
  }
}

extension [UInt8] {
  /// Adds the UTF-8 of a character.
  public mutating func append(scalar: Unicode.Scalar) {
    if scalar.value < 0x80 {
      append(UInt8(scalar.value))
    } else {
      append(contentsOf: scalar.utf8)
    }
  }

  /// Adds the UTF-8 of `text`.
  public mutating func append(_ text: String) {
    append(contentsOf: text.utf8)
  }
}
