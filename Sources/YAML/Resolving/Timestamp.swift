/// Dates as go-yaml recognises them: four layouts of Go's `time.Parse`.
enum Timestamp {
  /// The text as Go prints the time (RFC 3339); nil when it is no date.
  static func normalised(_ text: Span<UInt8>) -> String? {
    guard text.count >= 8, text[4] == UInt8(ascii: "-") else { return nil }
    for index in 0..<4 where !GoNumber.isDigit(text[index]) { return nil }
    var reader = Reader(text)
    guard let month = reader.number(), (1...12).contains(month), reader.skip(UInt8(ascii: "-")),
      let day = reader.number()
    else { return nil }
    var year = 0
    for index in 0..<4 { year = year * 10 + Int(text[index] - UInt8(ascii: "0")) }
    guard day >= 1, day <= days(of: month, in: year) else { return nil }
    let date = "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))"
    if reader.isAtEnd { return date + "T00:00:00Z" }
    guard let separator = reader.next() else { return nil }
    switch separator {
    case UInt8(ascii: "T"), UInt8(ascii: "t"):
      guard let clock = reader.clock(), let zone = reader.zone(), reader.isAtEnd else { return nil }
      return "\(date)T\(clock)\(zone)"
    case UInt8(ascii: " "):
      while reader.skip(UInt8(ascii: " ")) {}
      guard let clock = reader.clock(), reader.isAtEnd else { return nil }
      return "\(date)T\(clock)Z"
    default:
      return nil
    }
  }

  private static func days(of month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func pad(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Go's forgiving reading: one digit or two where the layout has a short field.
  private struct Reader {
    let text: [UInt8]
    var index = 5

    init(_ span: Span<UInt8>) {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(span.count)
      for index in span.indices { bytes.append(span[index]) }
      text = bytes
    }

    var isAtEnd: Bool { index == text.count }

    mutating func next() -> UInt8? {
      guard index < text.count else { return nil }
      index += 1
      return text[index - 1]
    }

    mutating func skip(_ byte: UInt8) -> Bool {
      guard index < text.count, text[index] == byte else { return false }
      index += 1
      return true
    }

    private func digit(at index: Int) -> Int? {
      guard index < text.count, GoNumber.isDigit(text[index]) else { return nil }
      return Int(text[index] - UInt8(ascii: "0"))
    }

    mutating func number() -> Int? {
      guard let first = digit(at: index) else { return nil }
      index += 1
      guard let second = digit(at: index) else { return first }
      index += 1
      return first * 10 + second
    }

    /// Hours, minutes, seconds and a fraction of up to nine digits that count.
    mutating func clock() -> String? {
      guard let hour = number(), hour < 24, skip(UInt8(ascii: ":")), let minute = number(), minute < 60,
        skip(UInt8(ascii: ":")), let second = number(), second < 60
      else { return nil }
      return "\(pad(hour, 2)):\(pad(minute, 2)):\(pad(second, 2))\(fraction())"
    }

    private mutating func fraction() -> String {
      guard index < text.count, text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: ","),
        digit(at: index + 1) != nil
      else { return "" }
      index += 1
      var digits: [UInt8] = []
      while let value = digit(at: index) {
        if digits.count < 9 { digits.append(UInt8(value) + UInt8(ascii: "0")) }
        index += 1
      }
      while digits.last == UInt8(ascii: "0") { digits.removeLast() }
      return digits.isEmpty ? "" : "." + String(decoding: digits, as: UTF8.self)
    }

    /// `Z` or an offset from it.
    mutating func zone() -> String? {
      if skip(UInt8(ascii: "Z")) { return "Z" }
      guard let sign = next(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
        let hours = twoDigits(), hours <= 23, skip(UInt8(ascii: ":")), let minutes = twoDigits(), minutes < 60
      else { return nil }
      if hours == 0, minutes == 0 { return "Z" }
      return "\(sign == UInt8(ascii: "+") ? "+" : "-")\(pad(hours, 2)):\(pad(minutes, 2))"
    }

    private mutating func twoDigits() -> Int? {
      guard let tens = digit(at: index), let ones = digit(at: index + 1) else { return nil }
      index += 2
      return tens * 10 + ones
    }
  }
}
