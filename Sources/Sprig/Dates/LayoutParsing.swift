import GoTemplate

/// Reads a time by a layout, as Go's `time.Parse` does.
struct LayoutParser {
  /// Why a text does not fit a layout, in Go's words.
  struct Mismatch: Error {
    var message: String
  }

  private let layout: String
  private let text: String
  private var rest: Substring
  private var year = 0
  private var month = -1
  private var day = -1
  private var dayOfYear = -1
  private var hour = 0
  private var minute = 0
  private var second = 0
  private var nanoseconds = 0
  private var isPM: Bool?
  private var offset: Int?
  private var zone = ""

  private init(_ layout: String, _ text: String) {
    self.layout = layout
    self.text = text
    rest = Substring(text)
  }

  static func parse(_ layout: String, _ text: String) throws(Mismatch) -> Moment {
    var parser = LayoutParser(layout, text)
    return try parser.run()
  }

  private mutating func run() throws(Mismatch) -> Moment {
    for piece in Layout(layout).pieces {
      switch piece {
      case .text(let expected):
        guard rest.hasPrefix(expected) else { throw mismatch(expected) }
        rest = rest.dropFirst(expected.count)
      case .field(let field, let form):
        let start = rest
        guard try read(field) else {
          rest = start
          throw mismatch(form)
        }
      }
    }
    guard rest.isEmpty else { throw complaint(": extra text: \(Quoting.quote(String(rest)))") }
    return try moment()
  }

  private func mismatch(_ form: String) -> Mismatch {
    Mismatch(
      message: "parsing time \(Quoting.quote(text)) as \(Quoting.quote(layout)): "
        + "cannot parse \(Quoting.quote(String(rest))) as \(Quoting.quote(form))")
  }

  private func complaint(_ suffix: String) -> Mismatch {
    Mismatch(message: "parsing time \(Quoting.quote(text))\(suffix)")
  }

  // MARK: Fields

  private mutating func number(_ least: Int, _ most: Int) -> Int? {
    let digits = rest.prefix(most).prefix { $0.isASCII && $0.isNumber }
    guard digits.count >= least else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(digits)
  }

  private mutating func word(of names: [String], length: Int? = nil) -> Int? {
    for (index, name) in names.enumerated() {
      let wanted = length.map { String(name.prefix($0)) } ?? name
      if rest.lowercased().hasPrefix(wanted.lowercased()) {
        rest = rest.dropFirst(wanted.count)
        return index
      }
    }
    return nil
  }

  private mutating func set(_ value: Int?, _ field: WritableKeyPath<LayoutParser, Int>) -> Bool {
    guard let value else { return false }
    self[keyPath: field] = value
    return true
  }

  private mutating func read(_ field: Layout.Field) throws(Mismatch) -> Bool {
    switch field {
    case .longYear: return set(number(4, 4), \.year)
    case .year: return set(number(2, 2).map { $0 + ($0 >= 69 ? 1_900 : 2_000) }, \.year)
    case .longMonth: return set(word(of: CivilDate.monthNames).map { $0 + 1 }, \.month)
    case .month: return set(word(of: CivilDate.monthNames, length: 3).map { $0 + 1 }, \.month)
    case .zeroMonth, .numberMonth:
      return try inRange(number(field == .zeroMonth ? 2 : 1, 2), 1...12, "month", \.month)
    case .longWeekday: return word(of: CivilDate.dayNames) != nil
    case .weekday: return word(of: CivilDate.dayNames, length: 3) != nil
    case .day, .spaceDay, .zeroDay:
      if field == .spaceDay, rest.first == " " { rest = rest.dropFirst() }
      return set(number(field == .zeroDay ? 2 : 1, 2), \.day)
    case .spaceYearDay, .zeroYearDay:
      while field == .spaceYearDay, rest.first == " " { rest = rest.dropFirst() }
      return set(number(field == .zeroYearDay ? 3 : 1, 3), \.dayOfYear)
    case .hour: return try inRange(number(1, 2), 0...23, "hour", \.hour)
    case .hour12, .zeroHour12:
      return try inRange(number(field == .hour12 ? 1 : 2, 2), 0...12, "hour", \.hour)
    case .minute, .zeroMinute:
      return try inRange(number(field == .minute ? 1 : 2, 2), 0...59, "minute", \.minute)
    case .second, .zeroSecond:
      guard try inRange(number(field == .second ? 1 : 2, 2), 0...59, "second", \.second) else { return false }
      readOptionalFraction()
      return true
    case .upperPM, .lowerPM: return readPM(field)
    case .zone: return readZoneName()
    case .isoZone(let form):
      if rest.first == "Z" {
        rest = rest.dropFirst()
        offset = 0
        return true
      }
      return readOffset(form)
    case .numberZone(let form): return readOffset(form)
    case .fraction(_, let count, let isTrimmed): return readFraction(isTrimmed ? nil : count)
    }
  }

  private mutating func inRange(
    _ value: Int?, _ range: ClosedRange<Int>, _ name: String, _ field: WritableKeyPath<LayoutParser, Int>
  ) throws(Mismatch) -> Bool {
    guard let value else { return false }
    guard range.contains(value) else { throw complaint(": \(name) out of range") }
    self[keyPath: field] = value
    return true
  }

  /// Seconds may carry a fraction that the layout does not name.
  private mutating func readOptionalFraction() {
    guard let mark = rest.first, mark == "." || mark == ",", rest.dropFirst().first?.isNumber ?? false else { return }
    _ = readFraction(nil)
  }

  private mutating func readFraction(_ count: Int?) -> Bool {
    guard let mark = rest.first, mark == "." || mark == "," else { return count == nil }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard !digits.isEmpty, count == nil || digits.count == count else { return false }
    rest = rest.dropFirst(digits.count + 1)
    nanoseconds = Int(digits.prefix(9) + String(repeating: "0", count: max(9 - digits.count, 0))) ?? 0
    return true
  }

  private mutating func readPM(_ field: Layout.Field) -> Bool {
    let names = field == .upperPM ? ["AM", "PM"] : ["am", "pm"]
    guard let index = names.firstIndex(where: { rest.hasPrefix($0) }) else { return false }
    rest = rest.dropFirst(2)
    isPM = index == 1
    return true
  }

  private mutating func readOffset(_ form: Layout.ZoneForm) -> Bool {
    guard let sign = rest.first, sign == "+" || sign == "-" else { return false }
    rest = rest.dropFirst()
    var parts: [Int] = []
    let wanted = form == .hours ? 1 : form == .plain || form == .colon ? 2 : 3
    while parts.count < wanted {
      if !parts.isEmpty, form == .colon || form == .colonSeconds {
        guard rest.first == ":" else { return false }
        rest = rest.dropFirst()
      }
      guard let value = number(2, 2) else { return false }
      parts.append(value)
    }
    parts += [0, 0]
    let magnitude = parts[0] * 3_600 + parts[1] * 60 + parts[2]
    offset = sign == "-" ? -magnitude : magnitude
    return true
  }

  private mutating func readZoneName() -> Bool {
    if rest.hasPrefix("UTC") {
      rest = rest.dropFirst(3)
      (zone, offset) = ("UTC", 0)
      return true
    }
    let name = rest.prefix { $0.isASCII && $0.isUppercase }
    guard (3...5).contains(name.count) else { return false }
    rest = rest.dropFirst(name.count)
    zone = String(name)
    return true
  }

  // MARK: The result

  private mutating func moment() throws(Mismatch) -> Moment {
    if let isPM {
      if isPM && hour < 12 { hour += 12 }
      if !isPM && hour == 12 { hour = 0 }
    }
    if dayOfYear >= 0 {
      guard dayOfYear >= 1, dayOfYear <= (CivilDate.isLeap(year) ? 366 : 365) else {
        throw complaint(": day-of-year out of range")
      }
      let date = CivilDate(daysSinceEpoch: CivilDate.days(year: year, month: 1, day: 1) + dayOfYear - 1)
      (month, day) = (date.month, date.day)
    }
    if month < 0 { month = 1 }
    if day < 0 { day = 1 }
    guard day >= 1, day <= CivilDate.daysIn(month, of: year) else { throw complaint(": day out of range") }
    let days = CivilDate.days(year: year, month: month, day: day)
    let local = days * 86_400 + hour * 3_600 + minute * 60 + second
    let east = offset ?? 0
    let name = zone.isEmpty && east == 0 ? "UTC" : zone
    return Moment(seconds: local - east, nanoseconds: nanoseconds, offset: east, zone: name)
  }
}
