/// A stretch of time in nanoseconds, with the range of Go's `time.Duration`, which is what cel-go works with.
public struct DurationValue: Sendable, Hashable {
  /// How long; negative for backwards.
  public var nanoseconds: Int64

  /// A stretch of so many nanoseconds.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  static let nanosecondsPerSecond: Int64 = 1_000_000_000

  private static let units: [(name: String, nanoseconds: Double)] = [
    ("ns", 1), ("us", 1e3), ("µs", 1e3), ("μs", 1e3), ("ms", 1e6), ("s", 1e9), ("m", 6e10), ("h", 3.6e12),
  ]

  /// A text such as `1h30m` or `-1.5s`; nil for any other.
  init?(_ text: String) {
    var rest = Array(text.utf8)[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest.removeFirst()
    }
    if rest.elementsEqual("0".utf8) {
      nanoseconds = 0
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      guard let part = Self.part(of: &rest) else { return nil }
      let (sum, overflows) = total.addingReportingOverflow(isNegative ? -part : part)
      guard !overflows else { return nil }
      total = sum
    }
    nanoseconds = total
  }

  /// A number and its unit, taken off the front.
  private static func part(of rest: inout ArraySlice<UInt8>) -> Int64? {
    let whole = rest.prefix { $0.isDigit }
    rest = rest.dropFirst(whole.count)
    var fraction: ArraySlice<UInt8> = []
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.prefix { $0.isDigit }
      rest = rest.dropFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let unitBytes = rest.prefix { $0 != UInt8(ascii: ".") && !$0.isDigit }
    rest = rest.dropFirst(unitBytes.count)
    let unit = String(decoding: unitBytes, as: UTF8.self)
    guard let size = units.first(where: { $0.name.hasSameBytes(as: unit) })?.nanoseconds else { return nil }
    let wholeText = whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self)
    guard let number = Int64(wholeText) else { return nil }
    let (scaled, overflows) = number.multipliedReportingOverflow(by: Int64(size))
    guard !overflows else { return nil }
    guard !fraction.isEmpty else { return scaled }
    let share = (Double("0." + String(decoding: fraction, as: UTF8.self)) ?? 0) * size
    let (sum, sumOverflows) = scaled.addingReportingOverflow(Int64(share))
    return sumOverflows ? nil : sum
  }

  /// Seconds with an `s` behind, without needless digits.
  var text: String { DecimalText.fixed(Double(nanoseconds) / 1e9) + "s" }
}
