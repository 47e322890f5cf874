/// UUIDs (RFC 4122) and semantic versions.
enum IdentifierFormats {
  @Sendable static func uuid(_ text: String) -> String? {
    let sizes = [8, 4, 4, 4, 12]
    let groups = text.parts("-")
    guard groups.count == sizes.count else { return "must have \(sizes.count) elements" }
    for (index, group) in groups.enumerated() {
      guard group.utf8.count == sizes[index] else {
        return "element \(index + 1) must be \(sizes[index]) characters long"
      }
      for scalar in group.unicodeScalars where !(scalar.isASCII && UInt8(ascii: scalar).isHexadecimal) {
        return "non-hex character \(quoted(scalar))"
      }
    }
    return nil
  }

  @Sendable static func semanticVersion(_ text: String) -> String? {
    var core = text
    if let mark = core.firstIndex(of: "+") {
      let build = String(core[core.index(after: mark)...])
      if build.isEmpty { return "build is empty" }
      for part in build.parts(".") {
        if let problem = problem(in: part, of: "build") { return problem }
      }
      core = String(core[..<mark])
    }
    if let mark = core.firstIndex(of: "-") {
      for part in String(core[core.index(after: mark)...]).parts(".") {
        if let problem = problem(in: part, of: "pre-release") { return problem }
        if part.utf8.count > 1, part.utf8.allSatisfy(\.isDigit), part.hasPrefix("0") {
          return "pre-release numeric identifier starts with zero"
        }
      }
      core = String(core[..<mark])
    }
    let numbers = core.parts(".")
    guard numbers.count == 3 else { return "versionCore must have 3 numbers separated by dot" }
    for (name, number) in zip(["major", "minor", "patch"], numbers) {
      if number.isEmpty { return "\(name) is empty" }
      if number.utf8.count > 1, number.hasPrefix("0") { return "\(name) starts with zero" }
      if !number.utf8.allSatisfy(\.isDigit) { return "\(name) contains non-digit" }
    }
    return nil
  }

  private static func problem(in identifier: String, of part: String) -> String? {
    if identifier.isEmpty { return "\(part) identifier is empty" }
    for scalar in identifier.unicodeScalars {
      guard scalar.isASCII else { return "invalid character \(quoted(scalar)) in \(part) identifier" }
      let byte = UInt8(ascii: scalar)
      if !byte.isDigit, !byte.isLetter, byte != UInt8(ascii: "-") {
        return "invalid character \(quoted(scalar)) in \(part) identifier"
      }
    }
    return nil
  }
}
