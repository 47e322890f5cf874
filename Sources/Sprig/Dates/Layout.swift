/// A layout of Go's `time` package: the reference time `Mon Jan 2 15:04:05 MST 2006` as it shall look.
struct Layout {
  enum Field: Hashable {
    case longMonth, month, numberMonth, zeroMonth, longWeekday, weekday, day, spaceDay, zeroDay, spaceYearDay
    case zeroYearDay, hour, hour12, zeroHour12, minute, zeroMinute, second, zeroSecond, longYear, year, upperPM, lowerPM
    case zone
    /// `Z07:00` and its kin: `Z` for UTC.
    case isoZone(ZoneForm)
    case numberZone(ZoneForm)
    /// A fraction with so many zeros, or nines, which leave out zeros at the end.
    case fraction(mark: String, count: Int, isTrimmed: Bool)
  }

  enum ZoneForm: Hashable { case hours, plain, colon, plainSeconds, colonSeconds }

  enum Piece: Hashable {
    case text(String)
    case field(Field, String)
  }

  let pieces: [Piece]

  init(_ layout: String) {
    var (pieces, text, rest) = ([Piece](), "", Substring(layout))
    while !rest.isEmpty {
      if let (field, length) = Layout.field(at: rest, after: text) {
        if !text.isEmpty { pieces.append(.text(text)) }
        pieces.append(.field(field, String(rest.prefix(length))))
        text = ""
        rest = rest.dropFirst(length)
      } else {
        text.append(rest.removeFirst())
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
    self.pieces = pieces
  }

  /// Longer forms come before those they start with.
  private static let forms: [(String, Field)] = [
    ("January", .longMonth), ("Jan", .month), ("Monday", .longWeekday), ("Mon", .weekday), ("MST", .zone),
    ("01", .zeroMonth), ("002", .zeroYearDay), ("02", .zeroDay), ("03", .zeroHour12), ("04", .zeroMinute),
    ("05", .zeroSecond), ("06", .year), ("15", .hour), ("1", .numberMonth), ("2006", .longYear), ("2", .day),
    ("_2006", .longYear), ("__2", .spaceYearDay), ("_2", .spaceDay), ("3", .hour12), ("4", .minute), ("5", .second),
    ("PM", .upperPM), ("pm", .lowerPM), ("-07:00:00", .numberZone(.colonSeconds)),
    ("-070000", .numberZone(.plainSeconds)), ("-07:00", .numberZone(.colon)), ("-0700", .numberZone(.plain)),
    ("-07", .numberZone(.hours)), ("Z07:00:00", .isoZone(.colonSeconds)), ("Z070000", .isoZone(.plainSeconds)),
    ("Z07:00", .isoZone(.colon)), ("Z0700", .isoZone(.plain)), ("Z07", .isoZone(.hours)),
  ]

  private static func field(at rest: Substring, after text: String) -> (Field, Int)? {
    for (form, field) in forms where rest.hasPrefix(form) {
      if form == "_2006" { return nil }
      // "Jan" and "Mon" are words of their own only where no small letter follows.
      if form == "Jan" || form == "Mon", let next = rest.dropFirst(3).first, next.isLowercase, next.isASCII {
        return nil
      }
      return (field, form.count)
    }
    guard let mark = rest.first, mark == "." || mark == "," else { return nil }
    let digits = rest.dropFirst()
    guard let digit = digits.first, digit == "0" || digit == "9" else { return nil }
    let count = digits.prefix { $0 == digit }.count
    if let next = digits.dropFirst(count).first, next.isASCII, next.isNumber { return nil }
    return (.fraction(mark: String(mark), count: count, isTrimmed: digit == "9"), count + 1)
  }

  // MARK: Writing

  func format(_ moment: Moment) -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .field(let field, _): Layout.text(field, moment)
      }
    }.joined()
  }

  private static func padded(_ value: Int, _ width: Int, _ filling: Character = "0") -> String {
    let digits = String(value.magnitude)
    let sign = value < 0 ? "-" : ""
    return sign + String(repeating: filling, count: max(width - digits.utf8.count, 0)) + digits
  }

  private static func text(_ field: Field, _ moment: Moment) -> String {
    let (date, second) = (moment.date, moment.secondOfDay)
    let hour12 = (second / 3_600 + 11) % 12 + 1
    switch field {
    case .longMonth: return CivilDate.monthNames[date.month - 1]
    case .month: return String(CivilDate.monthNames[date.month - 1].prefix(3))
    case .numberMonth: return String(date.month)
    case .zeroMonth: return padded(date.month, 2)
    case .longWeekday: return CivilDate.dayNames[moment.weekday]
    case .weekday: return String(CivilDate.dayNames[moment.weekday].prefix(3))
    case .day: return String(date.day)
    case .spaceDay: return padded(date.day, 2, " ")
    case .zeroDay: return padded(date.day, 2)
    case .spaceYearDay: return padded(moment.dayOfYear, 3, " ")
    case .zeroYearDay: return padded(moment.dayOfYear, 3)
    case .hour: return padded(second / 3_600, 2)
    case .hour12: return String(hour12)
    case .zeroHour12: return padded(hour12, 2)
    case .minute: return String(second / 60 % 60)
    case .zeroMinute: return padded(second / 60 % 60, 2)
    case .second: return String(second % 60)
    case .zeroSecond: return padded(second % 60, 2)
    case .longYear: return padded(date.year, 4)
    case .year: return padded((date.year % 100 + 100) % 100, 2)
    case .upperPM: return second >= 43_200 ? "PM" : "AM"
    case .lowerPM: return second >= 43_200 ? "pm" : "am"
    case .zone: return moment.zone.isEmpty ? zoneText(.hours, moment.offset, withMinutes: true) : moment.zone
    case .isoZone(let form): return moment.offset == 0 ? "Z" : zoneText(form, moment.offset)
    case .numberZone(let form): return zoneText(form, moment.offset)
    case .fraction(let mark, let count, let isTrimmed):
      var digits = padded(moment.nanoseconds, 9).prefix(count) + String(repeating: "0", count: max(count - 9, 0))
      if isTrimmed { while digits.last == "0" { digits.removeLast() } }
      return digits.isEmpty ? "" : mark + digits
    }
  }

  private static func zoneText(_ form: ZoneForm, _ offset: Int, withMinutes: Bool = false) -> String {
    let magnitude = abs(offset)
    let (hours, minutes, seconds) = (magnitude / 3_600, magnitude / 60 % 60, magnitude % 60)
    let head = (offset < 0 ? "-" : "+") + padded(hours, 2)
    switch form {
    case .hours: return withMinutes && minutes != 0 ? head + padded(minutes, 2) : head
    case .plain: return head + padded(minutes, 2)
    case .colon: return "\(head):\(padded(minutes, 2))"
    case .plainSeconds: return head + padded(minutes, 2) + padded(seconds, 2)
    case .colonSeconds: return "\(head):\(padded(minutes, 2)):\(padded(seconds, 2))"
    }
  }
}
