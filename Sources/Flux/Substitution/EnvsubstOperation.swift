/// What the operators of `${name…}` do with the value of a variable.
struct EnvsubstOperation {
  let name: String
  let arguments: [[UInt8]]

  /// The result for `value`. `steps` counts the work of matching patterns.
  func apply(to value: [UInt8], steps: inout Int) throws(EnvsubstError) -> [UInt8] {
    switch name {
    case ",": return GoText.withFirst(value, uppercased: false)
    case ",,": return GoText.lowercased(value)
    case "^": return GoText.withFirst(value, uppercased: true)
    case "^^": return GoText.uppercased(value)
    case "#" where arguments.isEmpty: return Array(String(value.count).utf8)
    case "#", "##": return try trimPrefix(value, &steps)
    case "%", "%%": return try trimSuffix(value, &steps)
    case ":": return try part(of: value)
    case "/", "//": return try replace(in: value, &steps)
    case "/#": return replacePrefix(of: value)
    case "/%": return replaceSuffix(of: value)
    default: return value.isEmpty ? arguments.flatMap { $0 } : value
    }
  }

  private func trimPrefix(_ value: [UInt8], _ steps: inout Int) throws(EnvsubstError) -> [UInt8] {
    try ShellPattern.trimPrefix(value, arguments[0], longest: name == "##", steps: &steps)
  }

  /// Flux cuts an end off by turning value and pattern round, character by character.
  private func trimSuffix(_ value: [UInt8], _ steps: inout Int) throws(EnvsubstError) -> [UInt8] {
    let cut = try ShellPattern.trimPrefix(
      Self.reversed(value), Self.reversed(arguments[0]), longest: name == "%%", steps: &steps)
    return Self.reversed(cut)
  }

  private static func reversed(_ bytes: [UInt8]) -> [UInt8] {
    var text = ""
    text.unicodeScalars.append(contentsOf: String(decoding: bytes, as: UTF8.self).unicodeScalars.reversed())
    return Array(text.utf8)
  }

  /// Bytes, not characters; numbers that are none leave the value as it is.
  private func part(of value: [UInt8]) throws(EnvsubstError) -> [UInt8] {
    guard let first = arguments.first, var start = Self.number(first) else { return value }
    if start < 0 { start = max(0, value.count + start) }
    guard arguments.count > 1 else { return start < value.count ? Array(value[start...]) : [] }
    guard let length = Self.number(arguments[1]) else { return value }
    let end = start &+ length
    if end >= value.count { return start < value.count ? Array(value[start...]) : [] }
    guard end >= 0, start <= end else {
      throw .sliceOutOfRange(end < 0 ? "[:\(end)]" : "[\(start):\(end)]")
    }
    return Array(value[start..<end])
  }

  private static func number(_ bytes: [UInt8]) -> Int? { Int(String(decoding: bytes, as: UTF8.self)) }

  private func replace(in value: [UInt8], _ steps: inout Int) throws(EnvsubstError) -> [UInt8] {
    guard let old = arguments.first else { return value }
    let new = arguments.count > 1 ? arguments[1] : []
    let limit = name == "/" ? 1 : Int.max
    var result: [UInt8] = []
    var next = 0
    var count = 0
    while count < limit, let found = try Self.find(old, in: value, from: next, isFirst: count == 0, &steps) {
      result += value[next..<found]
      result += new
      guard result.count <= Envsubst.lengthLimit else { throw .tooLong(limit: Envsubst.lengthLimit) }
      next = found + old.count
      count += 1
    }
    return result + value[next...]
  }

  /// The next place of `needle`; an empty one is found before every character and at the end, as in Go.
  private static func find(
    _ needle: [UInt8], in value: [UInt8], from start: Int, isFirst: Bool, _ steps: inout Int
  ) throws(EnvsubstError) -> Int? {
    if needle.isEmpty {
      if isFirst { return start }
      return start < value.count ? start + GoText.decode(value, at: start).length : nil
    }
    var place = start
    while place + needle.count <= value.count {
      var matched = 0
      while matched < needle.count, value[place + matched] == needle[matched] { matched += 1 }
      if matched == needle.count { return place }
      steps += matched
      guard steps <= ShellPattern.stepLimit else { throw .tooMuchWork(limit: ShellPattern.stepLimit) }
      place += 1
    }
    return nil
  }

  private func replacePrefix(of value: [UInt8]) -> [UInt8] {
    guard arguments.count == 2, value.starts(with: arguments[0]) else { return value }
    return arguments[1] + value[arguments[0].count...]
  }

  private func replaceSuffix(of value: [UInt8]) -> [UInt8] {
    guard arguments.count == 2, value.reversed().starts(with: arguments[0].reversed()) else { return value }
    return value[..<(value.count - arguments[0].count)] + arguments[1]
  }
}
