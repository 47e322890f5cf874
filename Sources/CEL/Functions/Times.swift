/// What timestamps and durations are made of.
enum Times {
  static let all = [
    dateOnly("getFullYear") { $0.date.year },
    dateOnly("getMonth") { $0.date.month - 1 },
    dateOnly("getDate") { $0.date.day },
    dateOnly("getDayOfMonth") { $0.date.day - 1 },
    dateOnly("getDayOfYear") { $0.day - Calendar.days(year: $0.date.year, month: 1, day: 1) },
    dateOnly("getDayOfWeek") { ($0.day + 4).flooredRemainder(7) },
    part("getHours", { $0.second / 3_600 }, ofDuration: { $0 / 3_600_000_000_000 }),
    part("getMinutes", { $0.second / 60 % 60 }, ofDuration: { $0 / 60_000_000_000 }),
    part("getSeconds", { $0.second % 60 }, ofDuration: { $0 / 1_000_000_000 }),
    part("getMilliseconds", { $0.nanoseconds / 1_000_000 }, ofDuration: { $0 / 1_000_000 % 1_000 }),
  ]

  /// A moment as the clock on a wall shows it.
  private struct WallClock {
    /// Since 1970-01-01.
    var day: Int64
    /// Of the day.
    var second: Int64
    var nanoseconds: Int64
    var date: (year: Int64, month: Int64, day: Int64) { Calendar.date(ofDay: day) }

    init(_ moment: TimestampValue, secondsEast: Int64) {
      let local = moment.seconds + secondsEast
      day = local.flooredQuotient(86_400)
      second = local.flooredRemainder(86_400)
      nanoseconds = moment.nanoseconds
    }
  }

  private static let ofTimestamp: [Function.Overload] = [
    .member([.timestamp], .int), .member([.timestamp, .string], .int),
  ]

  private static func dateOnly(_ name: String, _ read: @escaping @Sendable (WallClock) -> Int64) -> Function {
    Function(name, ofTimestamp, plain: { (values) throws(EvaluationError) in try reading(values, read) })
  }

  private static func part(
    _ name: String, _ read: @escaping @Sendable (WallClock) -> Int64,
    ofDuration: @escaping @Sendable (Int64) -> Int64
  ) -> Function {
    Function(
      name, ofTimestamp + [.member([.duration], .int)],
      plain: { (values) throws(EvaluationError) in
        if case .duration(let span) = values[0], values.count == 1 { return .int(ofDuration(span.nanoseconds)) }
        return try reading(values, read)
      })
  }

  private static func reading(_ values: [Value], _ read: (WallClock) -> Int64) throws(EvaluationError) -> Value {
    guard case .timestamp(let moment) = values[0] else { throw .noSuchOverload(values) }
    guard values.count == 2 else { return .int(read(WallClock(moment, secondsEast: 0))) }
    guard case .string(let zone) = values[1] else { throw .noSuchOverload(values) }
    if ["", "UTC"].contains(zone) { return .int(read(WallClock(moment, secondsEast: 0))) }
    // The rules of the world's zones are no part of the engine: what a clock there shows is not known.
    guard zone.contains(":") else { return .unknown([.isOther, .fails]) }
    guard let offset = offset(zone) else { throw EvaluationError(.invalid, "'\(zone)' is no time zone") }
    return .int(read(WallClock(moment, secondsEast: offset)))
  }

  /// Hours and minutes, such as `-09:30`, in seconds.
  private static func offset(_ zone: String) -> Int64? {
    let parts = zone.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let hours = Int64(parts[0]), let minutes = Int64(parts[1]), hours.magnitude <= 24,
      (0...59).contains(minutes)
    else { return nil }
    return hours * 3_600 + (zone.hasPrefix("-") ? -minutes : minutes) * 60
  }
}
