/// Dates and times (RFC 3339, section 5.6).
enum TimeFormats {
  /// Go's `time.Parse("2006-01-02", text)`, with its words.
  @Sendable static func date(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    func fails(at offset: Int, _ layout: String) -> String {
      let rest = GoQuote.double(text.dropping(offset))
      return "parsing time \(GoQuote.double(text)) as \"2006-01-02\": cannot parse \(rest) as \"\(layout)\""
    }
    func number(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count, bytes[range].allSatisfy(\.isDigit) else { return nil }
      return bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }
    guard let year = number(0..<4) else { return fails(at: 0, "2006") }
    guard bytes.count > 4, bytes[4] == UInt8(ascii: "-") else { return fails(at: 4, "-") }
    guard let month = number(5..<7) else { return fails(at: 5, "01") }
    guard (1...12).contains(month) else { return "parsing time \(GoQuote.double(text)): month out of range" }
    guard bytes.count > 7, bytes[7] == UInt8(ascii: "-") else { return fails(at: 7, "-") }
    guard let day = number(8..<10) else { return fails(at: 8, "02") }
    guard bytes.count == 10 else {
      return "parsing time \(GoQuote.double(text)): extra text: \(GoQuote.double(text.dropping(10)))"
    }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day) ? nil : "parsing time \(GoQuote.double(text)): day out of range"
  }

  @Sendable static func time(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 9 else { return "less than 9 characters long" }
    guard bytes[2] == UInt8(ascii: ":"), bytes[5] == UInt8(ascii: ":") else { return "missing colon in correct place" }
    guard var hour = number(bytes[0..<2]), var minute = number(bytes[3..<5]), let second = number(bytes[6..<8]) else {
      return "invalid hour/min/sec"
    }
    guard hour >= 0, minute >= 0, second >= 0 else { return "non-positive hour/min/sec" }
    guard hour <= 23, minute <= 59, second <= 60 else { return "hour/min/sec out of range" }
    var rest = bytes[8...]
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: \.isDigit).count
      if digits == 0 { return "no digits in second fraction" }
      rest = rest.dropFirst(digits + 1)
    }
    if rest.count != 1 || rest.first.map({ $0 | 0x20 }) != UInt8(ascii: "z") {
      switch offset(Array(rest)) {
      case .problem(let problem): return problem
      case .minutes(let offset):
        var total = hour * 60 + minute - offset
        if total < 0 { total += 24 * 60 }
        (hour, minute) = (total / 60, total % 60)
      }
    }
    return second >= 60 && (hour != 23 || minute != 59) ? "invalid leap second" : nil
  }

  private enum Offset {
    case minutes(Int)
    case problem(String)
  }

  /// `+01:30`, in minutes.
  private static func offset(_ text: [UInt8]) -> Offset {
    guard text.count == 6 else { return .problem("offset must be 6 characters long") }
    guard text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-") else {
      return .problem("offset must begin with plus/minus")
    }
    guard text[3] == UInt8(ascii: ":") else { return .problem("missing colon in offset in correct place") }
    guard let hours = number(text[1..<3]), let minutes = number(text[4..<6]) else {
      return .problem("invalid hour/min in offset")
    }
    guard hours >= 0, minutes >= 0 else { return .problem("non-positive hour/min in offset") }
    guard hours <= 23, minutes <= 59 else { return .problem("hour/min in offset out of range") }
    return .minutes((text[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 60 + minutes))
  }

  /// Go's `Atoi`, which takes a sign.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: digits, as: UTF8.self))
  }

  @Sendable static func dateTime(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20 else { return "less than 20 characters long" }
    guard bytes[10] | 0x20 == UInt8(ascii: "t") else { return "11th character must be t or T" }
    if let problem = date(String(decoding: bytes[..<10], as: UTF8.self)) { return "invalid date element: \(problem)" }
    return time(text.dropping(11)).map { "invalid time element: \($0)" }
  }
}
