/// The flags, width and precision of one verb.
struct FormatFlags {
  var width: Int?
  var precision: Int?
  var minus = false
  var plus = false
  var sharp = false
  var space = false
  var zero = false
  /// `%+v`
  var plusV = false
  /// `%#v`
  var sharpV = false

  /// `text` filled up to the width.
  func padded(_ text: [UInt8], zeros: Bool? = nil) -> [UInt8] {
    guard let width else { return text }
    let missing = width - GoString(text).scalarCount
    guard missing > 0 else { return text }
    let usesZeros = (zeros ?? zero) && !minus
    let filling = [UInt8](repeating: usesZeros ? UInt8(ascii: "0") : UInt8(ascii: " "), count: missing)
    return minus ? text + filling : filling + text
  }

  /// An integer in `radix`, with sign and prefix, filled up.
  func integer(_ magnitude: UInt64, isNegative: Bool, radix: Int, verb: Character, upper: Bool = false) -> [UInt8] {
    var least = 0
    if let precision {
      if precision == 0 && magnitude == 0 { return padded([], zeros: false) }
      least = precision
    } else if zero && !minus, let width {
      least = width - (isNegative || plus || space ? 1 : 0)
    }
    var digits = Array(String(magnitude, radix: radix, uppercase: upper).utf8)
    if digits.count < least {
      digits = [UInt8](repeating: UInt8(ascii: "0"), count: least - digits.count) + digits
    }
    if sharp {
      switch radix {
      case 2: digits = Array("0b".utf8) + digits
      case 8 where digits.first != UInt8(ascii: "0"): digits = Array("0".utf8) + digits
      case 16: digits = Array((upper ? "0X" : "0x").utf8) + digits
      default: break
      }
    }
    if verb == "O" { digits = Array("0o".utf8) + digits }
    if isNegative {
      digits.insert(UInt8(ascii: "-"), at: 0)
    } else if plus {
      digits.insert(UInt8(ascii: "+"), at: 0)
    } else if space {
      digits.insert(UInt8(ascii: " "), at: 0)
    }
    return padded(digits, zeros: false)
  }

  /// A floating point number, with sign, filled up.
  func float(_ value: Double, verb: Character, precision defaultPrecision: Int) -> [UInt8] {
    let precision = self.precision ?? defaultPrecision
    var number = FloatText.format(value, verb, precision: precision)
    var sign = UInt8(ascii: "+")
    if number.first == UInt8(ascii: "-") || number.first == UInt8(ascii: "+") { sign = number.removeFirst() }
    if space && sign == UInt8(ascii: "+") && !plus { sign = UInt8(ascii: " ") }
    if value.isNaN || value.isInfinite {
      return padded(value.isNaN && !space && !plus ? number : showsSign(sign) ? [sign] + number : number, zeros: false)
    }
    if sharp && verb != "b" { number = keepingPoint(number, verb, precision) }
    guard showsSign(sign) else { return padded(number) }
    if zero && !minus, let width, width > number.count + 1 {
      return [sign] + [UInt8](repeating: UInt8(ascii: "0"), count: width - number.count - 1) + number
    }
    return padded([sign] + number)
  }

  private func showsSign(_ sign: UInt8) -> Bool {
    plus || sign != UInt8(ascii: "+")
  }

  /// `%#g` keeps the point and the zeros behind it.
  private func keepingPoint(_ number: [UInt8], _ verb: Character, _ precision: Int) -> [UInt8] {
    var missing = 0
    if verb == "g" || verb == "G" || verb == "x" { missing = precision < 0 ? 6 : precision }
    let marks = verb == "x" || verb == "X" ? "pP" : "eE"
    let mark = number.firstIndex { marks.utf8.contains($0) } ?? number.endIndex
    var head = Array(number[..<mark])
    var isLeadingZero = true
    var hasPoint = false
    for byte in head {
      if byte == UInt8(ascii: ".") {
        hasPoint = true
      } else {
        if byte != UInt8(ascii: "0") { isLeadingZero = false }
        if !isLeadingZero { missing -= 1 }
      }
    }
    if !hasPoint {
      if head.count == 1 && head.first == UInt8(ascii: "0") { missing -= 1 }
      head.append(UInt8(ascii: "."))
    }
    head += [UInt8](repeating: UInt8(ascii: "0"), count: max(missing, 0))
    return head + number[mark...]
  }

  /// The text cut to the precision, in characters.
  func truncated(_ text: GoString) -> GoString {
    guard let precision else { return text }
    var (index, count) = (0, 0)
    while index < text.bytes.count {
      if count == precision { return GoString(text.bytes[..<index]) }
      index += GoString.decode(text.bytes, at: index).length
      count += 1
    }
    return text
  }

  func quoted(_ text: GoString) -> [UInt8] {
    let cut = truncated(text)
    if sharp && Quoting.canBackquote(cut) { return padded(Array("`".utf8) + cut.bytes + Array("`".utf8)) }
    return padded(Quoting.quote(cut, asciiOnly: plus).bytes)
  }

  /// Bytes in hexadecimal, apart with the space flag.
  func hexadecimal(_ bytes: [UInt8], upper: Bool) -> [UInt8] {
    let shown = precision.map { Array(bytes.prefix($0)) } ?? bytes
    var out: [UInt8] = []
    let prefix = upper ? "0X" : "0x"
    for (index, byte) in shown.enumerated() {
      if space && index > 0 { out.append(UInt8(ascii: " ")) }
      if sharp && (space || index == 0) { out.append(prefix) }
      out.append(Quoting.hex(UInt32(byte), 2, upper: upper))
    }
    return padded(out)
  }

  /// `U+0041`, with the character itself under the sharp flag.
  func unicode(_ value: UInt64) -> [UInt8] {
    let digits = String(value, radix: 16, uppercase: true)
    let least = max(precision ?? 4, 4)
    var text = "U+" + String(repeating: "0", count: max(least - digits.utf8.count, 0)) + digits
    if sharp, let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init), scalar.isPrintableInGo {
      text += " '\(scalar)'"
    }
    return padded(Array(text.utf8), zeros: false)
  }
}
