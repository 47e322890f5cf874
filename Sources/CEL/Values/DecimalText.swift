/// Fractions as text, with the fewest digits that read back the same, laid out as Go does.
enum DecimalText {
  /// The digits of a finite number, and where the point stands: after `point` of them.
  private static func digits(of number: Double) -> (digits: String, point: Int) {
    let text = "\(number.magnitude)"
    let parts = text.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = String(mantissa[0])
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    var digits = Substring(whole + fraction)
    var point = whole.utf8.count + exponent
    while digits.hasPrefix("0"), digits.utf8.count > 1 {
      digits.removeFirst()
      point -= 1
    }
    while digits.hasSuffix("0"), digits.utf8.count > 1 { digits.removeLast() }
    return digits == "0" ? ("0", 1) : (String(digits), point)
  }

  /// Without an exponent: `strconv.FormatFloat(number, 'f', -1, 64)`.
  static func fixed(_ number: Double) -> String {
    guard number.isFinite else { return special(number) }
    let (digits, point) = digits(of: number)
    let sign = number.sign == .minus ? "-" : ""
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let count = digits.utf8.count
    guard point < count else { return sign + digits + String(repeating: "0", count: point - count) }
    return sign + digits.prefix(point) + "." + digits.dropFirst(point)
  }

  /// With an exponent when it is below -4, or 6 and more: Go's `%g` of the shortest digits.
  static func general(_ number: Double) -> String {
    guard number.isFinite else { return special(number) }
    let (digits, point) = digits(of: number)
    let exponent = digits == "0" ? 0 : point - 1
    guard exponent < -4 || exponent >= 6 else { return fixed(number) }
    let sign = number.sign == .minus ? "-" : ""
    let fraction = digits.dropFirst()
    let mantissa = digits.prefix(1) + (fraction.isEmpty ? "" : "." + fraction)
    return "\(sign)\(mantissa)e\(exponent < 0 ? "-" : "+")\(Int64(exponent.magnitude).padded(2))"
  }

  private static func special(_ number: Double) -> String {
    number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf"
  }
}
