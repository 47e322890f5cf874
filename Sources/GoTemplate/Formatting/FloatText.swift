/// Numbers as Go's `strconv.FormatFloat` writes them.
public enum FloatText {
  /// The text of `value` in one of the formats `e E f g G b x X`; a negative precision means the fewest digits that
  /// read back as the same number.
  public static func format(_ value: Double, _ format: Character, precision: Int = -1) -> [UInt8] {
    if value.isNaN { return Array("NaN".utf8) }
    if value.isInfinite { return Array((value < 0 ? "-Inf" : "+Inf").utf8) }
    var out: [UInt8] = value.sign == .minus ? [UInt8(ascii: "-")] : []
    switch format {
    case "b": out.append(binary(value))
    case "x", "X": out += hexadecimal(value, precision, upper: format == "X")
    case "e", "E": out += exponential(digits(value, precision < 0 ? nil : precision + 1), precision, format)
    case "f": out += fixed(value, precision)
    default: out += general(value, precision, format)
    }
    return out
  }

  private static func digits(_ value: Double, _ count: Int?) -> DecimalDigits {
    guard let count else { return DecimalDigits(shortest: value) }
    return DecimalDigits(exact: value).rounded(to: count)
  }

  private static func exponential(_ number: DecimalDigits, _ precision: Int, _ format: Character) -> [UInt8] {
    let count = precision < 0 ? max(number.digits.count - 1, 0) : precision
    var out = [number.ascii(0)]
    if count > 0 {
      out.append(UInt8(ascii: "."))
      for index in 1...count { out.append(number.ascii(index)) }
    }
    let exponent = number.digits.isEmpty ? 0 : number.point - 1
    out.append(format == "E" || format == "G" ? UInt8(ascii: "E") : UInt8(ascii: "e"))
    out.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    if exponent.magnitude < 10 { out.append(UInt8(ascii: "0")) }
    out.append(String(exponent.magnitude))
    return out
  }

  private static func fixed(_ value: Double, _ precision: Int) -> [UInt8] {
    let number: DecimalDigits
    if precision < 0 {
      number = DecimalDigits(shortest: value)
    } else {
      let exact = DecimalDigits(exact: value)
      number = exact.rounded(to: exact.point + precision)
    }
    return plain(number, precision < 0 ? max(number.digits.count - number.point, 0) : precision)
  }

  private static func plain(_ number: DecimalDigits, _ decimals: Int) -> [UInt8] {
    var out: [UInt8] = []
    if number.point > 0 {
      for index in 0..<number.point { out.append(number.ascii(index)) }
    } else {
      out.append(UInt8(ascii: "0"))
    }
    guard decimals > 0 else { return out }
    out.append(UInt8(ascii: "."))
    for offset in 0..<decimals {
      let index = number.point + offset
      out.append(index < 0 ? UInt8(ascii: "0") : number.ascii(index))
    }
    return out
  }

  private static func general(_ value: Double, _ precision: Int, _ format: Character) -> [UInt8] {
    let isShortest = precision < 0
    let wanted = precision == 0 ? 1 : precision
    let number = digits(value, isShortest ? nil : wanted)
    var limit = wanted
    if limit > number.digits.count && number.digits.count >= number.point { limit = number.digits.count }
    if isShortest { limit = 6 }
    let exponent = number.digits.isEmpty ? -1 : number.point - 1
    if exponent < -4 || exponent >= limit {
      return exponential(
        number, max(min(isShortest ? number.digits.count : wanted, number.digits.count), 1) - 1, format)
    }
    return plain(number, max(number.digits.count - number.point, 0))
  }

  private static func binary(_ value: Double) -> String {
    let exponent = max(Int(value.exponentBitPattern), 1) - 1075
    let hidden: UInt64 = value.exponentBitPattern == 0 ? 0 : 1 << 52
    return "\(value.significandBitPattern | hidden)p\(exponent < 0 ? "" : "+")\(exponent)"
  }

  private static func hexadecimal(_ value: Double, _ precision: Int, upper: Bool) -> [UInt8] {
    var (mantissa, exponent): (UInt64, Int) = (0, 0)
    if value != 0 {
      let magnitude = value.magnitude
      mantissa = UInt64(magnitude.significand * 0x1p60)
      exponent = Int(magnitude.exponent)
    }
    if precision >= 0 && precision < 15 {
      let shift = UInt64(60 - precision * 4)
      let extra = (mantissa << (64 - shift)) >> (64 - shift)
      let half: UInt64 = 1 << (shift - 1)
      mantissa >>= shift
      if extra > half || (extra == half && mantissa & 1 == 1) { mantissa += 1 }
      mantissa <<= shift
      if mantissa & (1 << 61) != 0 {
        mantissa >>= 1
        exponent += 1
      }
    }
    var text = "0x\(mantissa >> 60 & 1)"
    var fraction = Array(String(mantissa & (1 << 60 - 1), radix: 16).utf8)
    fraction = Array(repeating: UInt8(ascii: "0"), count: 15 - fraction.count) + fraction
    if precision < 0 {
      while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
    } else {
      fraction = Array(
        (fraction + Array(repeating: UInt8(ascii: "0"), count: max(precision - 15, 0))).prefix(precision))
    }
    if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
    text += "p" + (exponent < 0 ? "-" : "+") + (exponent.magnitude < 10 ? "0" : "") + String(exponent.magnitude)
    return Array((upper ? text.uppercased() : text).utf8)
  }
}
