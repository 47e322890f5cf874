/// The decimal digits of a number: 0.d1d2d3… × 10^point.
struct DecimalDigits {
  var digits: [UInt8]
  var point: Int

  /// The fewest digits that read back as the same number.
  init(shortest value: Double) {
    var (digits, point, seenPoint, exponent) = ([UInt8](), 0, false, 0)
    let text = Array(value.magnitude.description.utf8)
    for (index, byte) in text.enumerated() {
      if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        break
      }
      if byte == UInt8(ascii: ".") {
        seenPoint = true
        continue
      }
      digits.append(byte - UInt8(ascii: "0"))
      if !seenPoint { point += 1 }
    }
    self.digits = digits
    self.point = point + exponent
    normalize()
  }

  /// All digits of the number, which is a finite binary fraction.
  init(exact value: Double) {
    guard value != 0 else {
      (digits, point) = ([], 0)
      return
    }
    let exponent = max(Int(value.exponentBitPattern), 1) - 1075
    let hidden: UInt64 = value.exponentBitPattern == 0 ? 0 : 1 << 52
    var number = BigDigits(value.significandBitPattern | hidden)
    if exponent >= 0 {
      for _ in 0..<exponent { number.multiply(by: 2) }
    } else {
      for _ in 0..<(-exponent) { number.multiply(by: 5) }
    }
    digits = number.decimal
    point = digits.count + min(exponent, 0)
    normalize()
  }

  private mutating func normalize() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    point -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The first `count` digits, the last one rounded half to even.
  func rounded(to count: Int) -> DecimalDigits {
    guard count < digits.count else { return self }
    var result = self
    guard count >= 0 else {
      (result.digits, result.point) = ([], 0)
      return result
    }
    let isTie = digits[count] == 5 && count + 1 == digits.count
    let roundsUp = isTie ? count > 0 && digits[count - 1] % 2 == 1 : digits[count] >= 5
    result.digits.removeSubrange(count...)
    if roundsUp {
      while let last = result.digits.last, last == 9 { result.digits.removeLast() }
      if result.digits.isEmpty {
        result.digits = [1]
        result.point += 1
      } else {
        result.digits[result.digits.count - 1] += 1
      }
    }
    while result.digits.last == 0 { result.digits.removeLast() }
    if result.digits.isEmpty { result.point = 0 }
    return result
  }

  /// The digit at `index` as a byte, `0` past the end.
  func ascii(_ index: Int) -> UInt8 {
    UInt8(ascii: "0") + (digits.indices.contains(index) ? digits[index] : 0)
  }
}

/// A large natural number that can be multiplied and written.
private struct BigDigits {
  /// Groups of nine decimal digits, lowest first.
  private var groups: [UInt32]
  private static let base: UInt64 = 1_000_000_000

  init(_ value: UInt64) {
    var (rest, found) = (value, [UInt32]())
    while rest > 0 {
      found.append(UInt32(rest % BigDigits.base))
      rest /= BigDigits.base
    }
    groups = found
  }

  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in groups.indices {
      let product = UInt64(groups[index]) * factor + carry
      groups[index] = UInt32(product % BigDigits.base)
      carry = product / BigDigits.base
    }
    if carry > 0 { groups.append(UInt32(carry)) }
  }

  var decimal: [UInt8] {
    var found: [UInt8] = []
    for group in groups {
      var rest = group
      for _ in 0..<9 {
        found.append(UInt8(rest % 10))
        rest /= 10
      }
    }
    return found.reversed()
  }
}
