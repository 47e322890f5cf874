/// Text as Go's standard library sees it: bytes that are decoded on the way, bad ones counting as U+FFFD.
enum GoText {
  static let replacement: UInt32 = 0xfffd

  /// The character at `offset` and its length in bytes; U+FFFD and 1 where the bytes are no UTF-8.
  static func decode(_ bytes: some RandomAccessCollection<UInt8>, at offset: Int) -> (scalar: UInt32, length: Int) {
    let index = bytes.index(bytes.startIndex, offsetBy: offset)
    let first = bytes[index]
    if first < 0x80 { return (UInt32(first), 1) }
    let length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    guard first >= 0xc2, first < 0xf5, bytes.count - offset >= length else { return (replacement, 1) }
    var scalar = UInt32(first) & (0xff >> UInt32(length + 1))
    for byte in bytes[bytes.index(after: index)..<bytes.index(index, offsetBy: length)] {
      guard byte & 0xc0 == 0x80 else { return (replacement, 1) }
      scalar = scalar << 6 | UInt32(byte & 0x3f)
    }
    let isOverlong = length == 3 && scalar < 0x800 || length == 4 && scalar < 0x10000
    guard !isOverlong, Unicode.Scalar(scalar) != nil else { return (replacement, 1) }
    return (scalar, length)
  }

  /// Whether the character may be in a variable's name: a letter or a decimal digit of any script, or `_`.
  static func isNamePart(_ character: UInt32) -> Bool {
    if character == UInt32(ascii: "_") { return true }
    guard let scalar = Unicode.Scalar(character) else { return false }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber:
      return true
    default: return false
    }
  }

  /// Go's `strings.ToUpper`.
  static func uppercased(_ bytes: [UInt8]) -> [UInt8] { mapped(bytes, upper) }
  /// Go's `strings.ToLower`.
  static func lowercased(_ bytes: [UInt8]) -> [UInt8] { mapped(bytes, lower) }

  /// The text with only its first character in the other case.
  static func withFirst(_ bytes: [UInt8], uppercased: Bool) -> [UInt8] {
    guard !bytes.isEmpty else { return bytes }
    let length = decode(bytes, at: 0).length
    let first = Array(bytes[..<length])
    return (uppercased ? mapped(first, upper) : mapped(first, lower)) + bytes[length...]
  }

  private static func mapped(_ bytes: [UInt8], _ change: (Unicode.Scalar) -> Unicode.Scalar) -> [UInt8] {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { text.unicodeScalars.append(change(scalar)) }
    return Array(text.utf8)
  }

  /// The simple mapping: Go never makes several characters out of one. Where the full mapping does, the title case
  /// is the simple one (U+1F80 …), or there is none (ß).
  private static func upper(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.uppercaseMapping) ?? single(scalar.properties.titlecaseMapping) ?? scalar
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let dottedCapitalI: Unicode.Scalar = "\u{130}"
    return scalar == dottedCapitalI ? "i" : single(scalar.properties.lowercaseMapping) ?? scalar
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
