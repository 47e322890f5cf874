import GoTemplate
import Pattern

/// The formats that schemas of charts use. A name that is not here is a note, as in the library.
enum SchemaFormats {
  /// Why a text is not of a format; nil when it is.
  static func complaint(_ format: String, _ text: GoString) -> String? {
    switch format {
    case "regex":
      do throws(PatternError) {
        _ = try Pattern(text.text)
        return nil
      } catch {
        return error.message
      }
    case "ipv4": return isIPv4(text.text) ? nil : "expected four decimals"
    case "hostname": return hostname(text.text)
    case "email": return email(text.text)
    case "uri": return text.text.firstRange(of: ":") == nil || text.text.hasPrefix(":") ? "relative url" : nil
    case "date": return isDate(text.bytes) ? nil : "not in YYYY-MM-DD format"
    case "uuid": return isUUID(text.bytes) ? nil : "must be of format 8-4-4-4-12"
    default: return nil
    }
  }

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil && (part.count == 1 || part.first != "0")
      }
  }

  private static func hostname(_ text: String) -> String? {
    let body = text.hasSuffix(".") ? text.dropLast() : Substring(text)
    if body.utf8.count > 253 { return "more than 253 characters long" }
    for label in body.split(separator: ".", omittingEmptySubsequences: false) {
      if label.isEmpty || label.utf8.count > 63 { return "label must be 1 to 63 characters long" }
      if label.hasPrefix("-") { return "label starts with hyphen" }
      if label.hasSuffix("-") { return "label ends with hyphen" }
      for character in label where !(character.isASCII && (character.isLetter || character.isNumber || character == "-")) {
        return "invalid character '\(character)'"
      }
    }
    return nil
  }

  private static func email(_ text: String) -> String? {
    if text.utf8.count > 254 { return "more than 255 characters long" }
    guard let at = text.lastIndex(of: "@") else { return "missing @" }
    return text[..<at].isEmpty ? "local part more than 64 characters long" : nil
  }

  private static func isDate(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
    let number = { (range: Range<Int>) in Int(String(decoding: bytes[range], as: UTF8.self)) }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    return (1...12).contains(month) && (1...days).contains(day)
  }

  private static func isUUID(_ bytes: [UInt8]) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }
}
