/// A length of time in Go's syntax, such as `1h30m`.
public struct GoDuration: Sendable, Hashable, Comparable {
  /// The length in nanoseconds.
  public var nanoseconds: Int64

  /// A length in nanoseconds.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// A length in seconds.
  public static func seconds(_ count: Int64) -> GoDuration { GoDuration(nanoseconds: count * 1_000_000_000) }
  /// A length in minutes.
  public static func minutes(_ count: Int64) -> GoDuration { .seconds(count * 60) }
  /// A length in hours.
  public static func hours(_ count: Int64) -> GoDuration { .minutes(count * 60) }

  /// The length in seconds, with fractions.
  public var seconds: Double { Double(nanoseconds) / 1e9 }

  /// Reads what Go's `time.ParseDuration` reads: a sign, then numbers with fractions and units; nil for anything else.
  public init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if rest.elementsEqual([UInt8(ascii: "0")]) {
      self.init(nanoseconds: 0)
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = Self.part(&rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    self.init(nanoseconds: isNegative ? -total : total)
  }

  /// One number with its unit.
  private static func part(_ rest: inout ArraySlice<UInt8>) -> Int64? {
    let whole = rest.prefix { $0.isDigit }
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      fraction = rest.prefix { $0.isDigit }
      rest = rest.dropFirst(fraction.count)
    }
    guard !(whole.isEmpty && fraction.isEmpty) else { return nil }
    let unit = rest.prefix { !$0.isDigit && $0 != UInt8(ascii: ".") }
    rest = rest.dropFirst(unit.count)
    guard let scale = units[String(decoding: unit, as: UTF8.self)] else { return nil }
    guard let count = whole.isEmpty ? 0 : Int64(String(decoding: whole, as: UTF8.self)) else { return nil }
    let (value, overflow) = count.multipliedReportingOverflow(by: scale)
    let part = (Double("0." + String(decoding: fraction, as: UTF8.self)) ?? 0) * Double(scale)
    let (sum, sumOverflow) = value.addingReportingOverflow(Int64(part))
    return overflow || sumOverflow ? nil : sum
  }

  private static let units: [String: Int64] = [
    "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]

  /// By length.
  public static func < (left: GoDuration, right: GoDuration) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension GoDuration: CustomStringConvertible {
  /// The length as people write it: `1h30m`, `10m`, `45s`, `1.5s`.
  public var description: String {
    if nanoseconds == 0 { return "0s" }
    var rest = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    for (unit, scale) in [("h", 3_600_000_000_000 as UInt64), ("m", 60_000_000_000)] where rest >= scale {
      text += "\(rest / scale)\(unit)"
      rest %= scale
    }
    guard rest > 0 else { return text }
    for (unit, scale) in [("s", 1_000_000_000 as UInt64), ("ms", 1_000_000), ("µs", 1000), ("ns", 1)]
    where rest >= scale {
      let fraction = rest % scale == 0 ? "" : Self.fraction(rest % scale, of: scale)
      return text + "\(rest / scale)\(fraction)\(unit)"
    }
    return text
  }

  private static func fraction(_ part: UInt64, of scale: UInt64) -> String {
    var digits = String(part + scale).dropFirst()
    while digits.last == "0" { digits = digits.dropLast() }
    return ".\(digits)"
  }
}
