import GoTemplate

/// Durations in nanoseconds, as Go's `time.Duration` reads and writes them.
enum Durations {
  private static let units: [(String, Int64)] = [
    ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
    ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]

  /// `1h30m`, `-1.5h`; nil for what is none.
  static func parse(_ text: String) -> Int64? {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative || rest.first == "+" { rest = rest.dropFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      let whole = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(whole.count)
      var fraction = Substring()
      if rest.first == "." {
        fraction = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
        rest = rest.dropFirst(fraction.count + 1)
      }
      guard !whole.isEmpty || !fraction.isEmpty else { return nil }
      let name = rest.prefix { $0 != "." && !($0.isASCII && $0.isNumber) }
      guard let unit = units.first(where: { $0.0 == name })?.1, let count = Int64(whole.isEmpty ? "0" : whole) else {
        return nil
      }
      rest = rest.dropFirst(name.count)
      let (product, overflow) = count.multipliedReportingOverflow(by: unit)
      let part = fraction.isEmpty ? 0 : Int64((Double("0." + fraction) ?? 0) * Double(unit))
      let (sum, sumOverflow) = total.addingReportingOverflow(product)
      let (final, finalOverflow) = sum.addingReportingOverflow(part)
      guard !overflow, !sumOverflow, !finalOverflow else { return nil }
      total = final
    }
    return isNegative ? -total : total
  }

  /// `1h1m1s`, `1.5s`, `250ms`.
  static func text(_ nanoseconds: Int64) -> String {
    if nanoseconds == 0 { return "0s" }
    let sign = nanoseconds < 0 ? "-" : ""
    let magnitude = nanoseconds.magnitude
    if magnitude < 1_000 { return "\(sign)\(magnitude)ns" }
    if magnitude < 1_000_000 { return sign + decimal(magnitude, 1_000) + "µs" }
    if magnitude < 1_000_000_000 { return sign + decimal(magnitude, 1_000_000) + "ms" }
    let seconds = magnitude / 1_000_000_000
    let shown = decimal(magnitude % 60_000_000_000, 1_000_000_000) + "s"
    if seconds < 60 { return sign + shown }
    if seconds < 3_600 { return "\(sign)\(seconds / 60)m\(shown)" }
    return "\(sign)\(seconds / 3_600)h\(seconds / 60 % 60)m\(shown)"
  }

  private static func decimal(_ value: UInt64, _ unit: UInt64) -> String {
    let rest = value % unit
    guard rest > 0 else { return String(value / unit) }
    var digits = String(String(unit + rest).dropFirst())
    while digits.last == "0" { digits.removeLast() }
    return "\(value / unit).\(digits)"
  }

  /// sprig's `durationRound`: the largest unit that fits more than once.
  static func rounded(_ nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let hour: UInt64 = 3_600_000_000_000
    let units: [(UInt64, String)] = [
      (hour * 24 * 365, "y"), (hour * 24 * 30, "mo"), (hour * 24, "d"), (hour, "h"), (hour / 60, "m"),
      (1_000_000_000, "s"),
    ]
    for (unit, name) in units where magnitude > unit { return "\(magnitude / unit)\(name)" }
    return "0s"
  }
}
