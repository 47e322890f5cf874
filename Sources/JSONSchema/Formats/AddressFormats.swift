/// Addresses of hosts and people.
enum AddressFormats {
  @Sendable static func ipv4(_ text: String) -> String? {
    let groups = text.parts(".")
    guard groups.count == 4 else { return "expected four decimals" }
    for group in groups {
      if group.utf8.count > 1, group.hasPrefix("0") { return "leading zeros" }
      guard let number = Int(group) else {
        let isNumber = !group.isEmpty && group.utf8.allSatisfy(\.isDigit)
        return "strconv.Atoi: parsing \(GoQuote.double(group)): \(isNumber ? "value out of range" : "invalid syntax")"
      }
      guard (0...255).contains(number) else { return "decimal must be between 0 and 255" }
    }
    return nil
  }

  @Sendable static func ipv6(_ text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return "missing colon" }
    if let problem = IPv6Scanner.problem(in: text) { return problem }
    return text.utf8.contains(UInt8(ascii: "%")) ? "zone id is not a part of ipv6 address" : nil
  }

  @Sendable static func hostname(_ text: String) -> String? {
    let name = text.hasSuffix(".") ? String(text.dropLast()) : text
    if name.utf8.count > 253 { return "more than 253 characters long" }
    for label in name.parts(".") {
      guard (1...63).contains(label.utf8.count) else { return "label must be 1 to 63 characters long" }
      if label.hasPrefix("-") { return "label starts with hyphen" }
      if label.hasSuffix("-") { return "label ends with hyphen" }
      for scalar in label.unicodeScalars {
        guard scalar.isASCII, UInt8(ascii: scalar).isLetter || UInt8(ascii: scalar).isDigit || scalar == "-" else {
          return "invalid character \(quoted(scalar))"
        }
      }
    }
    return nil
  }

  @Sendable static func email(_ text: String) -> String? {
    if text.utf8.count > 254 { return "more than 255 characters long" }
    guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return "missing @" }
    let (local, domain) = (String(text[..<at]), String(text[text.index(after: at)...]))
    if local.utf8.count > 64 { return "local part more than 64 characters long" }
    if let problem = localPart(local) { return problem }
    guard domain.hasPrefix("["), domain.hasSuffix("]"), domain.utf8.count > 1 else {
      return hostname(domain).map { "invalid domain: \($0)" }
    }
    let address = String(domain.dropFirst().dropLast())
    if address.hasPrefix("IPv6:") {
      return ipv6(address.dropping("IPv6:".utf8.count)).map { "invalid ipv6 address: \($0)" }
    }
    return ipv4(address).map { "invalid ipv4 address: \($0)" }
  }

  private static func localPart(_ local: String) -> String? {
    if local.utf8.count > 1, local.hasPrefix("\"") {
      let inside = local.utf8.dropFirst().dropLast()
      let isWrong = inside.contains(UInt8(ascii: "\\")) || inside.contains(UInt8(ascii: "\""))
      return isWrong ? "backslash and quote are not allowed within quoted local part" : nil
    }
    if local.hasPrefix(".") { return "starts with dot" }
    if local.hasSuffix(".") { return "ends with dot" }
    if local.parts(".").count > 1, local.parts(".").contains("") { return "consecutive dots" }
    for scalar in local.unicodeScalars {
      let isAllowed =
        scalar.isASCII
        && (UInt8(ascii: scalar).isLetter || UInt8(ascii: scalar).isDigit
          || ".!#$%&'*+-/=?^_`{|}~".unicodeScalars.contains(scalar))
      if !isAllowed { return "invalid character \(quoted(scalar))" }
    }
    return nil
  }
}

/// Reads IPv6 addresses as Go's `netip.ParseAddr` does, with its words.
struct IPv6Scanner {
  static func problem(in text: String) -> String? {
    func fails(_ reason: String, _ rest: Substring.UTF8View? = nil) -> String {
      let place = rest.map { " (at \(GoQuote.double(String(Substring($0)))))" } ?? ""
      return "ParseAddr(\(GoQuote.double(text))): \(reason)\(place)"
    }
    // An address with a dot before its first colon is read as IPv4.
    if let mark = text.utf8.first(where: {
      $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%")
    }),
      mark != UInt8(ascii: ":")
    {
      return fails(mark == UInt8(ascii: ".") ? "unexpected character" : "missing IPv6 address", text.utf8[...])
    }
    let (address, zone) = split(text)
    if let zone, zone.isEmpty { return fails("zone must be a non-empty string") }
    var (rest, groups, ellipsis) = (address.utf8[...], 0, false)
    if rest.starts(with: "::".utf8) {
      ellipsis = true
      rest = rest.dropFirst(2)
      if rest.isEmpty { return nil }
    }
    while groups < 8 {
      let digits = rest.prefix(while: \.isHexadecimal)
      if digits.count > 4 { return fails("each group must have 4 or less digits", rest) }
      if digits.isEmpty { return fails("each colon-separated field must have at least one digit", rest) }
      let after = rest.dropFirst(digits.count)
      if after.first == UInt8(ascii: ".") {
        if !ellipsis, groups != 6 {
          return fails("embedded IPv4 address must replace the final 2 fields of the address", rest)
        }
        if groups > 6 { return fails("too many hex fields to fit an embedded IPv4 at the end of the address", rest) }
        if AddressFormats.ipv4(String(Substring(rest))) != nil { return fails("IPv4 field has value >255") }
        groups += 2
        rest = rest.dropFirst(rest.count)
        break
      }
      groups += 1
      rest = after
      if rest.isEmpty { break }
      if rest.first != UInt8(ascii: ":") { return fails("unexpected character, want colon", rest) }
      if rest.count == 1 { return fails("colon must be followed by more characters", rest) }
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: ":") {
        if ellipsis { return fails("multiple :: in address", rest) }
        ellipsis = true
        rest = rest.dropFirst()
        if rest.isEmpty { break }
      }
    }
    if !rest.isEmpty { return fails("trailing garbage after address", rest) }
    if groups < 8, !ellipsis { return fails("address string too short") }
    if groups == 8, ellipsis { return fails("the :: must expand to at least one field of zeros") }
    return nil
  }

  private static func split(_ text: String) -> (String, String?) {
    guard let mark = text.firstIndex(of: "%") else { return (text, nil) }
    return (String(text[..<mark]), String(text[text.index(after: mark)...]))
  }
}
