/// The kinds of text that Kubernetes takes for names, keys and labels.
enum MetadataText {
  /// A DNS subdomain: labels of lower case letters, digits and hyphens, separated by dots.
  static func isSubdomain(_ text: String) -> Bool {
    text.utf8.count <= 253
      && text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
        isDNSLabel($0, limit: 253)
      }
  }

  /// A DNS label, as a namespace is named.
  static func isDNSLabel(_ text: Substring.UTF8View, limit: Int = 63) -> Bool {
    guard let first = text.first, let last = text.last, text.count <= limit else { return false }
    return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
      && text.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") || $0.isLetter && $0 | 0x20 == $0 }
  }

  /// The key of a label: a word, with a DNS subdomain and a slash before it or not.
  static func isQualifiedName(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isWord(parts[0])
    case 2: return isWord(parts[1]) && isSubdomain(String(Substring(parts[0])))
    default: return false
    }
  }

  /// The value of a label: letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.
  static func isWord(_ text: Substring.UTF8View) -> Bool {
    guard let first = text.first, let last = text.last, text.count <= 63 else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy {
        isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte.isDigit || byte.isLetter }
}
