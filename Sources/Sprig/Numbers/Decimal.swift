/// A decimal number of any length: sprig's float arithmetic is decimal, so that 0.1 + 0.2 is 0.3.
struct Decimal {
  /// The digits, first to last, without leading zeros.
  private var digits: [UInt8]
  private var exponent: Int
  private var isNegative: Bool

  /// The number with the digits that `value` prints with; nil for what is no number.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var (digits, exponent, seenPoint, power) = ([UInt8](), 0, false, 0)
    let text = Array(value.magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "e") {
        power = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      }
      if byte == UInt8(ascii: ".") {
        seenPoint = true
      } else {
        digits.append(byte - UInt8(ascii: "0"))
        if seenPoint { exponent -= 1 }
      }
    }
    self.init(digits, exponent + power, value < 0)
  }

  private init(_ digits: [UInt8], _ exponent: Int, _ isNegative: Bool) {
    self.digits = Array(digits.drop { $0 == 0 })
    self.exponent = exponent
    self.isNegative = isNegative && !self.digits.isEmpty
    while self.digits.last == 0 {
      self.digits.removeLast()
      self.exponent += 1
    }
  }

  /// The nearest floating point number.
  var double: Double {
    guard !digits.isEmpty else { return 0 }
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    return Double("\(isNegative ? "-" : "")\(text)e\(exponent)") ?? .nan
  }

  var isZero: Bool { digits.isEmpty }

  static func + (left: Decimal, right: Decimal) -> Decimal {
    let exponent = min(left.exponent, right.exponent)
    let (first, second) = (left.scaled(to: exponent), right.scaled(to: exponent))
    if left.isNegative == right.isNegative {
      return Decimal(sum(first, second), exponent, left.isNegative)
    }
    if isLess(first, second) { return Decimal(difference(second, first), exponent, right.isNegative) }
    return Decimal(difference(first, second), exponent, left.isNegative)
  }

  static prefix func - (value: Decimal) -> Decimal {
    Decimal(value.digits, value.exponent, !value.isNegative)
  }

  static func * (left: Decimal, right: Decimal) -> Decimal {
    var product = [Int](repeating: 0, count: left.digits.count + right.digits.count)
    for (row, first) in left.digits.enumerated() {
      for (column, second) in right.digits.enumerated() { product[row + column + 1] += Int(first) * Int(second) }
    }
    for index in product.indices.reversed() where product[index] > 9 {
      product[index - 1] += product[index] / 10
      product[index] %= 10
    }
    return Decimal(product.map { UInt8($0) }, left.exponent + right.exponent, left.isNegative != right.isNegative)
  }

  /// The quotient to 16 decimals, the last one rounded half away from zero.
  func divided(by other: Decimal) -> Decimal {
    let decimals = 16
    let shift = exponent - other.exponent + decimals
    let dividend = digits + [UInt8](repeating: 0, count: max(shift, 0))
    let divisor = other.digits + [UInt8](repeating: 0, count: max(-shift, 0))
    var (quotient, remainder) = ([UInt8](), [UInt8]())
    for digit in dividend {
      remainder = Array((remainder + [digit]).drop { $0 == 0 })
      var count: UInt8 = 0
      while !Decimal.isLess(remainder, divisor) {
        remainder = Array(Decimal.difference(remainder, divisor).drop { $0 == 0 })
        count += 1
      }
      quotient.append(count)
    }
    let twice = Array(Decimal.sum(remainder, remainder).drop { $0 == 0 })
    if !Decimal.isLess(twice, divisor) { quotient = Decimal.sum(quotient, [1]) }
    return Decimal(quotient, -decimals, isNegative != other.isNegative)
  }

  // MARK: Digits

  private func scaled(to other: Int) -> [UInt8] {
    digits.isEmpty ? [] : digits + [UInt8](repeating: 0, count: exponent - other)
  }

  private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }

  private static func sum(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    let (long, short) = left.count >= right.count ? (left, right) : (right, left)
    var (out, carry): ([UInt8], UInt8) = ([], 0)
    for offset in 0..<long.count {
      let other = offset < short.count ? short[short.count - 1 - offset] : 0
      let total = long[long.count - 1 - offset] + other + carry
      out.append(total % 10)
      carry = total / 10
    }
    if carry > 0 { out.append(carry) }
    return out.reversed()
  }

  /// `left` is the larger one.
  private static func difference(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
    var (out, borrow): ([UInt8], Int) = ([], 0)
    for offset in 0..<left.count {
      let other = offset < right.count ? Int(right[right.count - 1 - offset]) : 0
      let rest = Int(left[left.count - 1 - offset]) - other - borrow
      borrow = rest < 0 ? 1 : 0
      out.append(UInt8(rest < 0 ? rest + 10 : rest))
    }
    return out.reversed()
  }
}
