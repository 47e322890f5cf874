/// All decimal digits of a fraction, for printing it with a fixed number of them.
struct DecimalExpansion {
  /// Most significant first, without zeros at either end.
  private var digits: [UInt8]
  /// How many of the digits stand in front of the point; negative for zeros behind it.
  private var point: Int
  private let isNegative: Bool

  /// The digits of a finite number.
  init(_ number: Double) {
    isNegative = number.sign == .minus
    digits = []
    point = 0
    guard number != 0 else { return }
    let mantissa = number.significandBitPattern | (number.isNormal ? 1 << 52 : 0)
    digits = String(mantissa).utf8.map { $0 - UInt8(ascii: "0") }
    point = digits.count
    let shift = (number.isNormal ? Int(number.exponentBitPattern) : 1) - 1_075
    for _ in 0..<max(shift, 0) { double() }
    for _ in 0..<max(-shift, 0) { halve() }
    while digits.last == 0 { digits.removeLast() }
  }

  private mutating func double() {
    var carry: UInt8 = 0
    for index in digits.indices.reversed() {
      let doubled = digits[index] * 2 + carry
      digits[index] = doubled % 10
      carry = doubled / 10
    }
    guard carry > 0 else { return }
    digits.insert(carry, at: 0)
    point += 1
  }

  private mutating func halve() {
    var rest: UInt8 = 0
    for index in digits.indices {
      let value = rest * 10 + digits[index]
      digits[index] = value / 2
      rest = value % 2
    }
    if rest > 0 { digits.append(5) }
    if digits.first == 0 {
      digits.removeFirst()
      point -= 1
    }
  }

  /// Leaves `count` digits, rounded to the nearest; a tie goes to the even digit.
  private mutating func round(to count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let isTie = digits[count] == 5 && digits.count == count + 1
    let roundsUp = isTie ? count > 0 && !digits[count - 1].isMultiple(of: 2) : digits[count] >= 5
    digits.removeSubrange(count...)
    guard roundsUp else { return }
    var index = count - 1
    while index >= 0, digits[index] == 9 {
      digits.removeLast()
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits = [1]
      point += 1
    }
  }

  private var sign: String { isNegative ? "-" : "" }

  private func text(of places: Range<Int>) -> String {
    String(decoding: places.map { UInt8(ascii: "0") + (digits.indices.contains($0) ? digits[$0] : 0) }, as: UTF8.self)
  }

  /// With `precision` digits behind the point.
  func fixed(_ precision: Int) -> String {
    var rounded = self
    rounded.round(to: point + precision)
    let whole = rounded.point > 0 ? rounded.text(of: 0..<rounded.point) : "0"
    guard precision > 0 else { return sign + whole }
    return sign + whole + "." + rounded.text(of: rounded.point..<rounded.point + precision)
  }

  /// With one digit in front of the point, `precision` behind it, and an exponent.
  func scientific(_ precision: Int) -> String {
    var rounded = self
    rounded.round(to: 1 + precision)
    let exponent = rounded.digits.isEmpty ? 0 : rounded.point - 1
    let fraction = precision > 0 ? "." + rounded.text(of: 1..<1 + precision) : ""
    let power = Int64(exponent.magnitude).padded(2)
    return sign + rounded.text(of: 0..<1) + fraction + "e" + (exponent < 0 ? "-" : "+") + power
  }
}
