import GoTemplate

/// `urlParse` and `urlJoin`.
enum URLFunctions {
  static let functions: [Function] = [
    Function("urlParse", .string) { (arguments) throws(FunctionError) in
      let url = try parsed(arguments.string(0), "unable to parse url")
      return .anyDict([
        "scheme": .string(url.scheme), "host": .string(url.host), "hostname": .string(url.hostname),
        "path": .string(url.path), "query": .string(url.query), "opaque": .string(url.opaque),
        "fragment": .string(url.fragment), "userinfo": .string(url.userinfo ?? ""),
      ])
    },
    Function("urlJoin", .anyMap) { (arguments) throws(FunctionError) in
      let dict = arguments.dict(0)
      var url = WebAddress()
      url.scheme = try part(dict, "scheme")
      url.host = try part(dict, "host")
      url.path = try part(dict, "path")
      url.query = try part(dict, "query")
      url.opaque = try part(dict, "opaque")
      url.fragment = try part(dict, "fragment")
      let userinfo = try part(dict, "userinfo")
      if !userinfo.isEmpty {
        let whole = GoString(Array("proto://".utf8) + userinfo.bytes + Array("@host".utf8))
        url.userinfo = try parsed(whole, "unable to parse userinfo in dict").userinfo
      }
      return .string(url.text)
    },
  ]

  private static func parsed(_ text: GoString, _ complaint: String) throws(FunctionError) -> WebAddress {
    do throws(WebAddress.Malformed) {
      return try WebAddress(text)
    } catch {
      throw .message("\(complaint): parse \(Quoting.quote(text)): \(error.message)")
    }
  }

  private static func part(_ dict: Dict, _ key: GoString) throws(FunctionError) -> GoString {
    guard let value = dict[key] else { return "" }
    if case .string(let text) = value { return text }
    if value.isNil { throw nilDereference }
    throw .message("unable to parse \(key) key, must be of type string, but \(value.type.kind) found")
  }
}
