/// The way to a value inside a document (RFC 6901), as text: `/properties/a~1b`; empty for the document.
struct JSONPointer: Sendable, Hashable {
  var text: String

  static let root = JSONPointer(text: "")

  /// One token further.
  func appending(_ token: String) -> JSONPointer {
    JSONPointer(text: text + "/" + Self.escape(token))
  }

  /// What holds the value; nil for the document.
  var parent: JSONPointer? {
    text.utf8.lastIndex(of: UInt8(ascii: "/")).map { JSONPointer(text: String(text[..<$0])) }
  }

  /// The tokens, unescaped.
  var tokens: [String] {
    text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { Self.unescape(String($0)) }
  }

  /// Whether every `~` is followed by 0 or 1.
  var isWellFormed: Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.allSatisfy { index in
      guard bytes[index] == UInt8(ascii: "~") else { return true }
      return index + 1 < bytes.count && (bytes[index + 1] == UInt8(ascii: "0") || bytes[index + 1] == UInt8(ascii: "1"))
    }
  }

  static func escape(_ token: String) -> String {
    guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
    var escaped: [UInt8] = []
    for byte in token.utf8 {
      switch byte {
      case UInt8(ascii: "~"): escaped += Array("~0".utf8)
      case UInt8(ascii: "/"): escaped += Array("~1".utf8)
      default: escaped.append(byte)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }

  private static func unescape(_ token: String) -> String {
    guard token.utf8.contains(UInt8(ascii: "~")) else { return token }
    var plain: [UInt8] = []
    var bytes = token.utf8[...]
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "~"), let code = bytes.popFirst() {
        plain.append(code == UInt8(ascii: "1") ? UInt8(ascii: "/") : byte)
      } else {
        plain.append(byte)
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }
}
