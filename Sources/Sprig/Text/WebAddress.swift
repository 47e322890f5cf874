import GoTemplate

/// A URL as Go's `net/url` takes it apart and puts it together.
struct WebAddress {
  var scheme: GoString = ""
  var opaque: GoString = ""
  var userinfo: GoString?
  var host: GoString = ""
  var path: GoString = ""
  var query: GoString = ""
  var fragment: GoString = ""

  /// Why a text is no URL, in Go's words.
  struct Malformed: Error {
    var message: String
  }

  init() {}

  init(_ text: GoString) throws(Malformed) {
    guard text.bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Malformed(message: "net/url: invalid control character in URL")
    }
    var rest = text.bytes[...]
    if let mark = rest.firstIndex(of: UInt8(ascii: "#")) {
      fragment = try WebAddress.unescaped(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    try readScheme(&rest)
    if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
      query = GoString(rest[(mark + 1)...])
      rest = rest[..<mark]
    }
    if rest.first != UInt8(ascii: "/") {
      if !scheme.isEmpty {
        opaque = GoString(rest)
        return
      }
      let segment = rest.prefix { $0 != UInt8(ascii: "/") }
      if segment.contains(UInt8(ascii: ":")) {
        throw Malformed(message: "first path segment in URL cannot contain colon")
      }
    }
    let isNet = rest.starts(with: Array("//".utf8)) && !(scheme.isEmpty && rest.starts(with: Array("///".utf8)))
    if isNet {
      let authority = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
      rest = rest.dropFirst(2 + authority.count)
      try readAuthority(authority)
    }
    path = try WebAddress.unescaped(rest)
  }

  private mutating func readScheme(_ rest: inout ArraySlice<UInt8>) throws(Malformed) {
    for (offset, byte) in rest.enumerated() {
      switch byte {
      case 0x41...0x5A, 0x61...0x7A: continue
      case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        if offset == 0 { return }
      case UInt8(ascii: ":"):
        guard offset > 0 else { throw Malformed(message: "missing protocol scheme") }
        scheme = Letters.mapped(GoString(rest.prefix(offset)), Letters.lower)
        rest = rest.dropFirst(offset + 1)
        return
      default: return
      }
    }
  }

  private mutating func readAuthority(_ authority: ArraySlice<UInt8>) throws(Malformed) {
    var rest = authority
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) {
      let info = rest[..<at]
      guard info.allSatisfy(WebAddress.isUserinfo) else { throw Malformed(message: "net/url: invalid userinfo") }
      userinfo = GoString(info)
      rest = rest[(at + 1)...]
    }
    try checkPort(rest)
    let wrong = rest.first { $0 < 0x80 && !WebAddress.isUserinfo($0) && !"[]<>\"".utf8.contains($0) }
    if let wrong {
      let name = Quoting.quote(GoString([wrong]))
      throw Malformed(message: "invalid character \(name) in host name")
    }
    host = try WebAddress.unescaped(rest)
  }

  private func checkPort(_ host: ArraySlice<UInt8>) throws(Malformed) {
    let afterBracket = host.lastIndex(of: UInt8(ascii: "]")).map { host[($0 + 1)...] } ?? host
    if host.first == UInt8(ascii: "["), !host.contains(UInt8(ascii: "]")) {
      throw Malformed(message: "missing ']' in host")
    }
    guard let colon = afterBracket.lastIndex(of: UInt8(ascii: ":")) else { return }
    let port = afterBracket[colon...]
    guard port.dropFirst().allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw Malformed(message: "invalid port \(Quoting.quote(GoString(port))) after host")
    }
  }

  private static func isUserinfo(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._:~!$&'()*+,;=%@".utf8.contains(byte)
    }
  }

  private static func unescaped(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> GoString {
    var (out, index) = ([UInt8](), bytes.startIndex)
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "%") else {
        out.append(bytes[index])
        index += 1
        continue
      }
      let digits = bytes[index...].prefix(3)
      guard digits.count == 3, let value = UInt8(String(decoding: digits.dropFirst(), as: UTF8.self), radix: 16) else {
        throw Malformed(message: "invalid URL escape \(Quoting.quote(GoString(digits)))")
      }
      out.append(value)
      index += 3
    }
    return GoString(out)
  }

  /// The host without port and brackets.
  var hostname: GoString {
    var bytes = host.bytes[...]
    if let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
      bytes[(colon + 1)...].allSatisfy({ (0x30...0x39).contains($0) })
    {
      bytes = bytes[..<colon]
    }
    if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") { bytes = bytes.dropFirst().dropLast() }
    return GoString(bytes)
  }

  /// The URL put together.
  var text: GoString {
    var out: [UInt8] = []
    if !scheme.isEmpty { out += scheme.bytes + Array(":".utf8) }
    if !opaque.isEmpty {
      out += opaque.bytes
    } else {
      if !scheme.isEmpty || !host.isEmpty || userinfo != nil {
        if !host.isEmpty || !path.isEmpty || userinfo != nil { out += Array("//".utf8) }
        if let userinfo { out += userinfo.bytes + Array("@".utf8) }
        out += WebAddress.escaped(host, allowing: "!$&'()*+,;=:[]<>\"").bytes
      }
      let escapedPath = WebAddress.escaped(path, allowing: "$&+,/:;=@")
      if !escapedPath.isEmpty, escapedPath.bytes.first != UInt8(ascii: "/"), !host.isEmpty { out.append(0x2F) }
      out += escapedPath.bytes
    }
    if !query.isEmpty { out += Array("?".utf8) + query.bytes }
    if !fragment.isEmpty {
      out += Array("#".utf8) + WebAddress.escaped(fragment, allowing: "$&+,/:;=?@!()*").bytes
    }
    return GoString(out)
  }

  private static func escaped(_ text: GoString, allowing extra: String) -> GoString {
    Escaping.percentEncoded(text) { extra.utf8.contains($0) ? [$0] : nil }
  }
}
