extension Pattern {
  /// `subject` with every match replaced by `template`, in which `$1`, `$name`, `${1}`, `${name}` stand for groups and `$$` for `$`.
  /// - Parameter limit: bytes; where the result has more, it ends behind the match that made it so long.
  public func replaceAll(
    in subject: [UInt8], with template: [UInt8], limit: Int = .max
  ) throws(PatternError) -> [UInt8] {
    try replaceAll(in: subject, limit: limit) { match, output in
      expand(template, for: match, in: subject, into: &output)
    }
  }

  /// `text` with every match replaced by `template`.
  public func replaceAll(in text: String, with template: String) throws(PatternError) -> String {
    String(decoding: try replaceAll(in: Array(text.utf8), with: Array(template.utf8)), as: UTF8.self)
  }

  /// `text` with every match replaced by `replacement` as it stands.
  public func replaceAll(in text: String, withLiteral replacement: String) throws(PatternError) -> String {
    let bytes = Array(replacement.utf8)
    let result = try replaceAll(in: Array(text.utf8)) { _, output in output += bytes }
    return String(decoding: result, as: UTF8.self)
  }

  /// Go's `ReplaceAll`: an empty match right behind another match is left alone.
  private func replaceAll(
    in subject: [UInt8], limit: Int = .max, _ replace: (Match, inout [UInt8]) -> Void
  ) throws(PatternError) -> [UInt8] {
    var output: [UInt8] = []
    var (position, lastEnd, count) = (0, 0, 0)
    while position <= subject.count, output.count <= limit,
      let match = try match(subject, from: position, options: 0, limits: limits.afterMatches(count))
    {
      count += 1
      let range = match.range
      output += subject[lastEnd..<range.lowerBound]
      if range.upperBound > lastEnd || range.lowerBound == 0 { replace(match, &output) }
      lastEnd = range.upperBound
      position = max(position + subject.scalarWidth(at: position), range.upperBound)
    }
    output += subject[lastEnd...]
    return output
  }

  /// Appends `template` with its references replaced, as Go's `Expand` does: a group that is not there is empty,
  /// a `$` that starts no reference stands for itself.
  public func expand(_ template: [UInt8], for match: Match, in subject: [UInt8], into output: inout [UInt8]) {
    var offset = 0
    while offset < template.count {
      guard template[offset] == UInt8(ascii: "$") else {
        output.append(template[offset])
        offset += 1
        continue
      }
      if offset + 1 < template.count, template[offset + 1] == UInt8(ascii: "$") {
        output.append(UInt8(ascii: "$"))
        offset += 2
      } else if let (name, end) = Self.reference(in: template, at: offset) {
        if let range = range(of: name, in: match) { output += subject[range] }
        offset = end
      } else {
        output.append(UInt8(ascii: "$"))
        offset += 1
      }
    }
  }

  /// The name behind the `$` at `offset`, and where it ends.
  private static func reference(in template: [UInt8], at offset: Int) -> (name: String, end: Int)? {
    var start = offset + 1
    let isBraced = start < template.count && template[start] == UInt8(ascii: "{")
    if isBraced { start += 1 }
    let rest = String(decoding: template[start...], as: UTF8.self).unicodeScalars
    let name = String(rest.prefix { $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType == .decimal })
    var end = start + name.utf8.count
    guard !name.isEmpty else { return nil }
    if isBraced {
      guard end < template.count, template[end] == UInt8(ascii: "}") else { return nil }
      end += 1
    }
    return (name, end)
  }

  /// What the group that a reference means has matched; of groups with one name the first that took part.
  private func range(of name: String, in match: Match) -> Range<Int>? {
    guard name.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
      return zip(groupNames, match.groups).first { $0 == name && $1 != nil }?.1
    }
    // As in Go, a number with a leading zero is a name, and no group has such a name.
    guard name == "0" || !name.hasPrefix("0"), let number = Int(name), number < match.groups.count else { return nil }
    return match.groups[number]
  }
}
