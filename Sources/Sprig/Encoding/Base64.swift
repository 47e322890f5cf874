import GoTemplate

/// Base64 and base32 with the standard alphabets, and Go's complaints about what is none.
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> GoString {
    GoString(BitCoding.encode(bytes, alphabet: alphabet, bits: 6, group: 4))
  }

  static func decode(_ text: GoString) throws(BitCoding.Corrupt) -> [UInt8] {
    try BitCoding.decode(text.bytes, alphabet: alphabet, bits: 6, group: 4, name: "base64")
  }
}

enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

  static func encode(_ bytes: [UInt8]) -> GoString {
    GoString(BitCoding.encode(bytes, alphabet: alphabet, bits: 5, group: 8))
  }

  static func decode(_ text: GoString) throws(BitCoding.Corrupt) -> [UInt8] {
    try BitCoding.decode(text.bytes, alphabet: alphabet, bits: 5, group: 8, name: "base32")
  }
}

/// What base64 and base32 have in common: groups of characters that carry bits.
enum BitCoding {
  struct Corrupt: Error {
    var message: String
  }

  static func encode(_ bytes: [UInt8], alphabet: [UInt8], bits: Int, group: Int) -> [UInt8] {
    var out: [UInt8] = []
    var (buffer, count) = (0, 0)
    for byte in bytes {
      buffer = buffer << 8 | Int(byte)
      count += 8
      while count >= bits {
        count -= bits
        out.append(alphabet[buffer >> count])
        buffer &= 1 << count - 1
      }
    }
    if count > 0 { out.append(alphabet[buffer << (bits - count)]) }
    while out.count % group != 0 { out.append(UInt8(ascii: "=")) }
    return out
  }

  /// Line breaks are skipped; padding must fill the last group.
  static func decode(
    _ text: [UInt8], alphabet: [UInt8], bits: Int, group: Int, name: String
  ) throws(Corrupt) -> [UInt8] {
    var out: [UInt8] = []
    var (buffer, count, inGroup, padding, last) = (0, 0, 0, 0, 0)
    for (offset, byte) in text.enumerated() where byte != 0x0A && byte != 0x0D {
      let corrupt = Corrupt(message: "illegal \(name) data at input byte \(offset)")
      last = offset + 1
      if byte == UInt8(ascii: "=") {
        guard inGroup > 0, isFullByte(inGroup, bits, group) || padding > 0 else { throw corrupt }
        padding += 1
        inGroup += 1
        guard inGroup <= group else { throw corrupt }
        continue
      }
      guard padding == 0, let digit = alphabet.firstIndex(of: byte) else {
        throw Corrupt(message: "illegal \(name) data at input byte \(offset)")
      }
      inGroup = inGroup % group + 1
      buffer = buffer << bits | digit
      count += bits
      if count >= 8 {
        count -= 8
        out.append(UInt8(buffer >> count))
        buffer &= 1 << count - 1
      }
    }
    guard inGroup % group == 0 else {
      throw Corrupt(message: "illegal \(name) data at input byte \(last - (name == "base64" ? inGroup % group : 0))")
    }
    return out
  }

  /// Whether so many characters of a group can be all there are.
  private static func isFullByte(_ characters: Int, _ bits: Int, _ group: Int) -> Bool {
    let whole = characters * bits / 8
    return whole > 0 && (whole * 8 + bits - 1) / bits == characters
  }
}
