/// Floating-point numbers as Go prints them: the fewest digits that read back as the same number.
public enum GoFloat {
  /// As go-yaml prints them: `%g`, with YAML's names for infinities and NaN.
  public static func yaml(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.inf" : ".inf" }
    return general(value)
  }

  /// Go's `strconv.FormatFloat(value, 'g', -1, 64)`: an exponent from a million on and below a ten-thousandth.
  public static func general(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return general(ShortestDigits(value.description))
  }

  /// As sigs.k8s.io/yaml prints a key: with the precision of 32 bits.
  static func singleKey(_ value: Double) -> String {
    let single = Float(value)
    return value.isFinite && single.isFinite ? general(ShortestDigits(single.description)) : yaml(Double(single))
  }

  private static func general(_ digits: ShortestDigits) -> String {
    let exponent = digits.point - 1
    return exponent < -4 || exponent >= 6 ? digits.scientific(exponentDigits: 2) : digits.plain
  }

  /// As Go's encoding/json prints them: an exponent from 1e21 on and below 1e-6. The value must be finite.
  public static func json(_ value: Double) -> String {
    let digits = ShortestDigits(value.description)
    let size = value.magnitude
    return size != 0 && (size < 1e-6 || size >= 1e21) ? digits.scientific(exponentDigits: 1) : digits.plain
  }
}

/// The shortest decimal digits of a finite number: `0.d₁d₂d₃… × 10^point`.
struct ShortestDigits {
  var digits: [UInt8] = []
  var point = 0
  var isNegative: Bool

  /// From Swift's description of a number, which has the shortest digits too, only in another layout.
  init(_ description: String) {
    isNegative = description.utf8.first == UInt8(ascii: "-")
    var (seenPoint, exponent, inExponent, exponentIsNegative) = (false, 0, false, false)
    for byte in description.utf8 {
      switch byte {
      case UInt8(ascii: "."): seenPoint = true
      case UInt8(ascii: "e"): inExponent = true
      case UInt8(ascii: "-"): exponentIsNegative = inExponent
      case UInt8(ascii: "0")...UInt8(ascii: "9") where inExponent:
        exponent = exponent * 10 + Int(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits.append(byte)
        if !seenPoint { point += 1 }
      default: break
      }
    }
    point += exponentIsNegative ? -exponent : exponent
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(leading)
    point = digits.isEmpty ? 1 : point - leading
  }

  private var sign: String { isNegative ? "-" : "" }

  private func text(_ digits: some Collection<UInt8>) -> String {
    String(decoding: Array(digits), as: UTF8.self)
  }

  /// Without an exponent.
  var plain: String {
    if digits.isEmpty { return sign + "0" }
    if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + text(digits) }
    if point >= digits.count { return sign + text(digits) + String(repeating: "0", count: point - digits.count) }
    return sign + text(digits[..<point]) + "." + text(digits[point...])
  }

  /// With an exponent of at least that many digits.
  func scientific(exponentDigits: Int) -> String {
    let first = digits.first.map { text([$0]) } ?? "0"
    let rest = digits.count > 1 ? "." + text(digits.dropFirst()) : ""
    let exponent = point - 1
    let size = String(exponent.magnitude)
    let padding = String(repeating: "0", count: max(0, exponentDigits - size.utf8.count))
    return "\(sign)\(first)\(rest)e\(exponent < 0 ? "-" : "+")\(padding)\(size)"
  }
}
