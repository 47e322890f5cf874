import GoTemplate

/// A point in time with the zone it is shown in: Go's `time.Time`.
final class Moment: TemplateObject {
  /// Seconds since 1970 in UTC.
  let seconds: Int
  let nanoseconds: Int
  /// Seconds east of UTC.
  let offset: Int
  let zone: String

  init(seconds: Int, nanoseconds: Int = 0, offset: Int = 0, zone: String = "UTC") {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
    self.offset = offset
    self.zone = zone
  }

  static let goType = GoType.named("time.Time", kind: "struct")
  /// What Go starts with: the first of January of the year 1.
  static let zero = Moment(seconds: -62_135_596_800)
  /// What `now` gives: a render must not depend on when it runs.
  static let fixedNow = Moment(seconds: 1_767_225_600)

  var type: GoType { Moment.goType }

  // MARK: Parts

  /// Seconds from Go's absolute zero, far before all years: unsigned, so that times at the edges wrap as Go's do.
  private var absolute: UInt { UInt(bitPattern: seconds &+ offset &+ Moment.daysFromZeroTo1970 * 86_400) }
  private static let daysFromZeroTo1970 = 106_751_991_073_400
  var days: Int { Int(absolute / 86_400) - Moment.daysFromZeroTo1970 }
  var secondOfDay: Int { Int(absolute % 86_400) }
  var date: CivilDate { CivilDate(daysSinceEpoch: days) }
  var weekday: Int { ((days + 4) % 7 + 7) % 7 }
  var dayOfYear: Int { days - CivilDate.days(year: date.year, month: 1, day: 1) + 1 }

  func adding(nanoseconds more: Int) -> Moment {
    let total = nanoseconds + more % 1_000_000_000
    let carried = total >= 0 ? total / 1_000_000_000 : (total - 999_999_999) / 1_000_000_000
    return Moment(
      seconds: seconds &+ more / 1_000_000_000 &+ carried, nanoseconds: total - carried * 1_000_000_000, offset: offset,
      zone: zone)
  }

  /// The same point in UTC, the one zone there is: zone tables belong to a machine.
  var utc: Moment { Moment(seconds: seconds, nanoseconds: nanoseconds) }

  // MARK: Templates

  var text: GoString? { GoString(Layout("2006-01-02 15:04:05.999999999 -0700 MST").format(self)) }

  var marshaled: Value { .text(Layout("2006-01-02T15:04:05.999999999Z07:00").format(self)) }

  func isEqual(to other: any TemplateObject) -> Bool {
    guard let other = other as? Moment else { return false }
    return seconds == other.seconds && nanoseconds == other.nanoseconds && offset == other.offset
  }

  func method(_ name: GoString) -> Function? {
    switch name {
    case "Format":
      return Function("Format", .string) { [self] in .text(Layout($0.string(0).text).format(self)) }
    case "Month":
      return constant(name, .object(NamedNumber("time.Month", date.month, CivilDate.monthNames[date.month - 1])))
    case "Weekday": return constant(name, .object(NamedNumber("time.Weekday", weekday, CivilDate.dayNames[weekday])))
    case "AddDate":
      return Function("AddDate", .int, .int, .int) { [self] in
        .object(addingDate(years: $0.int(0), months: $0.int(1), days: $0.int(2)))
      }
    case "UTC", "Local": return Function(name.text) { [self] _ in .object(utc) }
    case "IsZero": return constant(name, .bool(seconds == Moment.zero.seconds && nanoseconds == 0))
    case "String": return Function("String") { [self] _ in .string(text ?? "") }
    default: return number(name).map { value in Function(name.text) { _ in value() } }
    }
  }

  private func constant(_ name: GoString, _ value: sending Value) -> Function {
    switch value {
    case .object(let object): return Function(name.text) { _ in .object(object) }
    case .bool(let truth): return Function(name.text) { _ in .bool(truth) }
    default: return Function(name.text) { _ in .null }
    }
  }

  private func number(_ name: GoString) -> (@Sendable () -> Value)? {
    let value: Int
    switch name {
    case "Year": value = date.year
    case "Day": value = date.day
    case "Hour": value = secondOfDay / 3_600
    case "Minute": value = secondOfDay / 60 % 60
    case "Second": value = secondOfDay % 60
    case "Nanosecond": value = nanoseconds
    case "YearDay": value = dayOfYear
    case "Unix", "UnixMilli", "UnixMicro", "UnixNano":
      let scale = ["Unix": 1, "UnixMilli": 1_000, "UnixMicro": 1_000_000][name] ?? 1_000_000_000
      let whole = seconds.multipliedReportingOverflow(by: scale).partialValue
      let result = Int64(whole &+ nanoseconds / (1_000_000_000 / scale))
      return { .int64(result) }
    default: return nil
    }
    return { .int(value) }
  }

  private func addingDate(years: Int, months: Int, days: Int) -> Moment {
    let day = CivilDate.days(year: date.year &+ years, month: date.month &+ months, day: date.day &+ days)
    return Moment(
      seconds: day &* 86_400 &+ secondOfDay &- offset, nanoseconds: nanoseconds, offset: offset, zone: zone)
  }
}

/// A number of a named Go type that prints as a word: a month, a weekday.
final class NamedNumber: TemplateObject {
  private let name: String
  private let value: Int
  private let word: String

  init(_ name: String, _ value: Int, _ word: String) {
    self.name = name
    self.value = value
    self.word = word
  }

  var type: GoType { .named(name, kind: "int") }
  var underlying: Value? { .int(value) }
  var text: GoString? { GoString(word) }

  func method(_ name: GoString) -> Function? {
    name == "String" ? Function("String") { [word] _ in .text(word) } : nil
  }

  func isEqual(to other: any TemplateObject) -> Bool {
    (other as? NamedNumber).map { $0.value == value && $0.name == name } ?? false
  }
}
