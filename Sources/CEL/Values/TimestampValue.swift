/// A moment from the year 1 to 9999.
public struct TimestampValue: Sendable, Hashable, Comparable {
  /// Since 1970-01-01T00:00:00Z.
  public var seconds: Int64
  /// Within the second, from 0.
  public var nanoseconds: Int64

  static let validSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// A moment; nil when it is outside the range of timestamps.
  public init?(seconds: Int64, nanoseconds: Int64 = 0) {
    guard Self.validSeconds.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Earlier moments first.
  public static func < (left: TimestampValue, right: TimestampValue) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// The moment after a stretch of time; nil outside the range.
  func adding(_ duration: Int64) -> TimestampValue? {
    let unit = DurationValue.nanosecondsPerSecond
    var nanoseconds = self.nanoseconds + duration % unit
    var seconds = self.seconds + duration / unit
    if nanoseconds < 0 {
      nanoseconds += unit
      seconds -= 1
    } else if nanoseconds >= unit {
      nanoseconds -= unit
      seconds += 1
    }
    return TimestampValue(seconds: seconds, nanoseconds: nanoseconds)
  }

  /// The time since another moment, in nanoseconds; nil when it is longer than a duration can be.
  func since(_ other: TimestampValue) -> Int64? {
    let (scaled, overflows) = (seconds - other.seconds).multipliedReportingOverflow(
      by: DurationValue.nanosecondsPerSecond)
    guard !overflows else { return nil }
    let (sum, sumOverflows) = scaled.addingReportingOverflow(nanoseconds - other.nanoseconds)
    return sumOverflows ? nil : sum
  }
}

// MARK: RFC 3339

extension TimestampValue {
  /// A text of RFC 3339, such as `2009-02-13T23:31:30.5Z`; nil for any other.
  init?(_ text: String) {
    var reader = DigitReader(rest: Array(text.utf8)[...])
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
      let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
      let minute = reader.number(2), reader.take(":"), let second = reader.number(2),
      (1...12).contains(month), day >= 1, day <= Calendar.days(inMonth: month, year: year), hour < 24, minute < 60,
      second < 60, let fraction = reader.fraction(), let offset = reader.zone(), reader.rest.isEmpty
    else { return nil }
    let days = Calendar.days(year: year, month: month, day: day)
    self.init(seconds: days * 86_400 + hour * 3_600 + minute * 60 + second - offset, nanoseconds: fraction)
  }

  /// In RFC 3339, in UTC, with as many digits of the second as it takes.
  var text: String {
    let date = Calendar.date(ofDay: seconds.flooredQuotient(86_400))
    let time = seconds.flooredRemainder(86_400)
    var text = "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))T"
    text += "\((time / 3_600).padded(2)):\((time / 60 % 60).padded(2)):\((time % 60).padded(2))"
    if nanoseconds > 0 {
      var digits = nanoseconds.padded(9)
      while digits.hasSuffix("0") { digits.removeLast() }
      text += "." + digits
    }
    return text + "Z"
  }
}

/// Takes numbers of a fixed width off the front of a text.
struct DigitReader {
  var rest: ArraySlice<UInt8>

  mutating func number(_ width: Int) -> Int64? {
    let digits = rest.prefix(width)
    guard digits.count == width, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(width)
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, Unicode.Scalar(first) == character else { return false }
    rest.removeFirst()
    return true
  }

  /// The digits behind a point, as nanoseconds; 0 where there is no point.
  mutating func fraction() -> Int64? {
    guard take(".") else { return 0 }
    let digits = rest.prefix { $0.isDigit }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let known = Array(digits.prefix(9))
    let padded = known + Array(repeating: UInt8(ascii: "0"), count: 9 - known.count)
    return padded.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  /// `Z`, or hours and minutes with a sign, in seconds.
  mutating func zone() -> Int64? {
    if take("Z") { return 0 }
    let isNegative = rest.first == UInt8(ascii: "-")
    guard take("+") || take("-"), let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60
    else { return nil }
    return (isNegative ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
