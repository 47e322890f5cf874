/// URLs as Go's `net/url` understands them, with its words.
enum URLFormats {
  @Sendable static func absolute(_ text: String) -> String? {
    let (scheme, problem) = parse(text)
    return problem ?? (scheme == nil ? "relative url" : nil)
  }

  @Sendable static func reference(_ text: String) -> String? {
    text.utf8.contains(UInt8(ascii: "\\")) ? "contains \\" : parse(text).problem
  }

  @Sendable static func template(_ text: String) -> String? {
    if let problem = parse(text).problem { return problem }
    for segment in String(SchemaURL(SchemaURL.split(text).url).path).parts("/") {
      var isOpen = false
      for byte in segment.utf8 where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}") {
        if isOpen == (byte == UInt8(ascii: "{")) { return "nested curly braces" }
        isOpen.toggle()
      }
      if isOpen { return "no matching closing brace" }
    }
    return nil
  }

  private static func parse(_ text: String) -> (scheme: String?, problem: String?) {
    func fails(_ reason: String) -> (String?, String?) { (nil, "parse \(GoQuote.double(text)): \(reason)") }
    if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
      return fails("net/url: invalid control character in URL")
    }
    let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let (url, fragment) = (parts.first ?? "", parts.count == 2 ? parts[1] : "")
    if let problem = badEscape(fragment) { return fails(problem) }
    if url.hasPrefix(":") { return fails("missing protocol scheme") }
    var (scheme, rest): (String?, Substring) = (nil, url)
    if let colon = url.utf8.firstIndex(where: { !isSchemeByte($0) }), url.utf8[colon] == UInt8(ascii: ":"),
      url.utf8.first?.isLetter == true
    {
      scheme = String(url[..<colon])
      rest = url[url.index(after: colon)...]
    }
    rest = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).first ?? ""
    if !rest.hasPrefix("/") {
      if scheme != nil { return (scheme, nil) }
      if rest.prefix(while: { $0 != "/" }).utf8.contains(UInt8(ascii: ":")) {
        return fails("first path segment in URL cannot contain colon")
      }
    }
    if rest.hasPrefix("//"), scheme != nil || !rest.hasPrefix("///") {
      let authority = rest.dropFirst(2).prefix { $0 != "/" }
      rest = rest.dropFirst(2 + authority.count)
      if let problem = badAuthority(authority) { return fails(problem) }
      if let problem = badAddress(authority) { return (nil, problem) }
    }
    return badEscape(rest).map(fails) ?? (scheme, nil)
  }

  private static func isSchemeByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  private static func badEscape(_ text: Substring) -> String? {
    var rest = text.utf8[...]
    while let mark = rest.firstIndex(of: UInt8(ascii: "%")) {
      let escape = rest[mark...].prefix(3)
      guard escape.count == 3, escape.dropFirst().allSatisfy(\.isHexadecimal) else {
        return "invalid URL escape \(GoQuote.double(String(Substring(escape))))"
      }
      rest = rest[mark...].dropFirst(3)
    }
    return nil
  }

  /// The host without user and port.
  private static func host(_ authority: Substring) -> Substring {
    authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
  }

  private static func badAuthority(_ authority: Substring) -> String? {
    if let at = authority.lastIndex(of: "@") {
      let isValid = authority[..<at].utf8.allSatisfy { byte in
        byte.isLetter || byte.isDigit || "-._:~!$&'()*+,;=%@".utf8.contains(byte)
      }
      if !isValid { return "net/url: invalid userinfo" }
    }
    let host = host(authority)
    var port: Substring = ""
    if host.hasPrefix("[") {
      guard let end = host.lastIndex(of: "]") else { return "missing ']' in host" }
      port = host[host.index(after: end)...]
    } else if let colon = host.lastIndex(of: ":") {
      port = host[colon...]
    }
    if !port.isEmpty, port.first != ":" || !port.dropFirst().utf8.allSatisfy(\.isDigit) {
      return "invalid port \(GoQuote.double(String(port))) after host"
    }
    for scalar in host.unicodeScalars where scalar.isASCII {
      let byte = UInt8(ascii: scalar)
      if !byte.isLetter, !byte.isDigit, !"-_.~!$&'()*+,;=:[]<>\"%".utf8.contains(byte) {
        return "invalid character \(GoQuote.double(String(scalar))) in host name"
      }
    }
    return badEscape(host)
  }

  /// An IPv6 address must be in brackets.
  private static func badAddress(_ authority: Substring) -> String? {
    let host = host(authority)
    guard host.hasPrefix("["), let end = host.lastIndex(of: "]") else {
      let name = host.lastIndex(of: ":").map { host[..<$0] } ?? host
      return name.contains(":") ? "ipv6 address not enclosed in brackets" : nil
    }
    let name = String(host[host.index(after: host.startIndex)..<end])
    return name.contains(":") ? AddressFormats.ipv6(name).map { "invalid ipv6 address: \($0)" } : nil
  }
}
