/// URLs as far as schemas need them: telling the fragment apart, and resolving one against another (RFC 3986, 5.2).
struct SchemaURL {
  var scheme: Substring?
  var authority: Substring?
  var path: Substring
  var query: Substring?

  init(_ text: String) {
    var rest = text[...]
    (scheme, authority, query) = (nil, nil, nil)
    if let colon = rest.firstIndex(of: ":"), Self.isScheme(rest[..<colon]) {
      scheme = rest[..<colon]
      rest = rest[rest.index(after: colon)...]
    }
    if let mark = rest.firstIndex(of: "?") {
      query = rest[rest.index(after: mark)...]
      rest = rest[..<mark]
    }
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      authority = rest[..<end]
      rest = rest[end...]
    }
    path = rest
  }

  private static func isScheme(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { byte in
      isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether a URL leads to the network.
  static func isRemote(_ url: String) -> Bool { url.hasPrefix("http://") || url.hasPrefix("https://") }

  /// Whether it has no hierarchy, such as `urn:x:y`.
  private var isOpaque: Bool { scheme != nil && authority == nil && !path.hasPrefix("/") }

  /// The text before `#`, and the fragment with its percent escapes undone.
  static func split(_ text: String) -> (url: String, fragment: String) {
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "#")) else { return (text, "") }
    return (String(text[..<mark]), unescape(text[text.index(after: mark)...]))
  }

  /// What `reference` (without fragment) means in a document with the URL `base`.
  static func resolve(_ reference: String, against base: String) -> String {
    guard !reference.isEmpty else { return base }
    var (target, origin) = (SchemaURL(reference), SchemaURL(base))
    if target.scheme != nil {
      if !target.isOpaque { target.path = withoutDots(target.path) }
      return target.text
    }
    if origin.isOpaque { return base }
    target.scheme = origin.scheme
    if target.authority != nil {
      target.path = withoutDots(target.path)
      return target.text
    }
    target.authority = origin.authority
    if target.path.isEmpty {
      origin.query = target.query ?? origin.query
      return origin.text
    }
    if !target.path.hasPrefix("/") {
      let folder = origin.path.lastIndex(of: "/").map { origin.path[...$0] } ?? "/"
      target.path = folder + target.path
    }
    target.path = withoutDots(target.path)
    return target.text
  }

  private static func withoutDots(_ path: Substring) -> Substring {
    guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false)
    for (index, segment) in segments.enumerated() {
      let isLast = index == segments.count - 1
      switch segment {
      case ".": if isLast { kept.append("") }
      case "..":
        if kept.count > 1 { kept.removeLast() }
        if isLast { kept.append("") }
      default: kept.append(segment)
      }
    }
    return kept.joined(separator: "/")[...]
  }

  private var text: String {
    (scheme.map { $0 + ":" } ?? "") + (authority.map { "//" + $0 } ?? "") + path + (query.map { "?" + $0 } ?? "")
  }

  /// Percent escapes undone; those that are none stay.
  private static func unescape(_ text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        plain.append(value)
        index += 3
      } else {
        plain.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: plain, as: UTF8.self)
  }

  /// A pointer as a fragment: what a URL cannot hold is escaped, `/` is not.
  static func escape(_ pointer: String) -> String {
    var escaped: [UInt8] = []
    for byte in pointer.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
        UInt8(ascii: "~"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "+"), UInt8(ascii: ":"),
        UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "/"):
        escaped.append(byte)
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        escaped += Array("%\(digits.utf8.count == 1 ? "0" : "")\(digits)".utf8)
      }
    }
    return String(decoding: escaped, as: UTF8.self)
  }
}
