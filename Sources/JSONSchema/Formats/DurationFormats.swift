/// Durations and periods (RFC 3339, appendix A).
enum DurationFormats {
  @Sendable static func duration(_ text: String) -> String? {
    guard text.hasPrefix("P") else { return "must start with P" }
    let rest = text.dropping(1)
    if rest.isEmpty { return "nothing after P" }
    if rest.hasSuffix("W") {
      let weeks = rest.utf8.dropLast()
      if weeks.isEmpty { return "no number in week" }
      return weeks.allSatisfy(\.isDigit) ? nil : "invalid week"
    }
    let allUnits = ["YMD", "HMS"]
    for (index, part) in rest.parts("T").enumerated() {
      if index > 0, part.isEmpty { return "no time elements" }
      if index >= allUnits.count { return "more than one T" }
      if let problem = elements(part, units: allUnits[index]) { return problem }
    }
    return nil
  }

  private static func elements(_ text: String, units: String) -> String? {
    var (rest, left) = (text.utf8[...], units.utf8[...])
    while !rest.isEmpty {
      let digits = rest.prefix(while: \.isDigit).count
      if digits == 0 { return "missing number" }
      rest = rest.dropFirst(digits)
      guard let unit = rest.popFirst() else { return "missing unit" }
      guard let place = left.firstIndex(of: unit) else {
        let name = quoted(Unicode.Scalar(unit))
        return units.utf8.contains(unit) ? "unit \(name) out of order" : "invalid unit \(name)"
      }
      left = left[left.index(after: place)...]
    }
    return nil
  }

  @Sendable static func period(_ text: String) -> String? {
    guard let slash = text.firstIndex(of: "/") else { return "missing slash" }
    let (start, end) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
    if start.hasPrefix("P") {
      if let problem = duration(start) { return "invalid start duration: \(problem)" }
      return TimeFormats.dateTime(end).map { "invalid end date-time: \($0)" }
    }
    if let problem = TimeFormats.dateTime(start) { return "invalid start date-time: \(problem)" }
    if end.hasPrefix("P") { return duration(end).map { "invalid end duration: \($0)" } }
    return TimeFormats.dateTime(end).map { "invalid end date-time: \($0)" }
  }
}
