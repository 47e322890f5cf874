/// A decimal number, exact whatever its size: `digits × 10^exponent`.
struct JSONNumber: Hashable {
  /// How many digits a number may have: more than any honest one, and few enough for long division.
  static let digitLimit = 1_000
  /// How large a power of ten may be.
  static let exponentLimit = 1_000_000

  private(set) var isNegative = false
  /// Values from 0 to 9, without zeros in front or at the end; none for 0.
  private(set) var digits: [UInt8] = []
  private(set) var exponent = 0

  /// Reads a number in the grammar of JSON; nil for anything else, and for one beyond the limits.
  init?(_ text: String) {
    var rest = text.utf8[...]
    if rest.first == UInt8(ascii: "-") {
      isNegative = true
      rest = rest.dropFirst()
    }
    let whole = rest.prefix(while: Self.isDigit)
    rest = rest.dropFirst(whole.count)
    guard !whole.isEmpty, whole.count == 1 || whole.first != UInt8(ascii: "0") else { return nil }
    digits = whole.map { $0 - UInt8(ascii: "0") }
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: Self.isDigit)
      guard !fraction.isEmpty else { return nil }
      digits += fraction.map { $0 - UInt8(ascii: "0") }
      exponent = -fraction.count
      rest = rest.dropFirst(fraction.count + 1)
    }
    if let mark = rest.first {
      guard mark | 0x20 == UInt8(ascii: "e"), let power = Self.power(rest.dropFirst()) else { return nil }
      exponent += power
    }
    guard digits.count <= Self.digitLimit else { return nil }
    normalise()
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func power(_ text: Substring.UTF8View) -> Int? {
    let unsigned = text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") ? text.dropFirst() : text
    guard !unsigned.isEmpty, unsigned.allSatisfy(isDigit), let power = Int(Substring(text)),
      power.magnitude <= exponentLimit
    else { return nil }
    return power
  }

  private mutating func normalise() {
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    digits.removeFirst(digits.prefix { $0 == 0 }.count)
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }

  /// Whether it has no fraction.
  var isInteger: Bool { exponent >= 0 }

  /// As a machine number; the largest where it does not fit, nil for a fraction.
  var clampedInt: Int? {
    guard isInteger else { return nil }
    var value = 0
    for index in 0..<(digits.count + min(exponent, 20)) {
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.addingReportingOverflow(index < digits.count ? Int(digits[index]) : 0)
      guard !overflows, !carries else { return isNegative ? .min : .max }
      value = sum
    }
    return isNegative ? -value : value
  }

  /// Whether it is a multiple of `divisor`, which must not be 0.
  func isMultiple(of divisor: JSONNumber) -> Bool {
    guard !digits.isEmpty, !divisor.digits.isEmpty else { return digits.isEmpty }
    // Digits end with no zero, so a divisor with more tens than the number has never divides it.
    guard exponent >= divisor.exponent else { return false }
    // A factor of the divisor that powers of ten can cancel is used up after four zeros for each of its digits.
    let zeros = min(exponent - divisor.exponent, 4 * divisor.digits.count)
    var remainder: [UInt8] = []
    for index in 0..<(digits.count + zeros) {
      remainder.append(index < digits.count ? digits[index] : 0)
      if remainder.first == 0 { remainder.removeFirst() }
      while Self.subtract(divisor.digits, from: &remainder) {}
    }
    return remainder.isEmpty
  }

  /// Takes `part` from `whole` unless it is larger; both without zeros in front.
  private static func subtract(_ part: [UInt8], from whole: inout [UInt8]) -> Bool {
    guard !isLess(whole, part) else { return false }
    var borrow: UInt8 = 0
    for offset in 1...whole.count {
      let digit = (offset <= part.count ? part[part.count - offset] : 0) + borrow
      let index = whole.count - offset
      borrow = whole[index] < digit ? 1 : 0
      whole[index] = whole[index] + 10 * borrow - digit
    }
    whole.removeFirst(whole.prefix { $0 == 0 }.count)
    return true
  }

  /// Whether one whole number is below another.
  private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count ? left.lexicographicallyPrecedes(right) : left.count < right.count
  }
}

extension JSONNumber: Comparable {
  static func < (left: JSONNumber, right: JSONNumber) -> Bool {
    guard left.isNegative == right.isNegative else { return left.isNegative }
    return left.isNegative
      ? left.magnitude(isBelow: right, orAbove: true) : left.magnitude(isBelow: right, orAbove: false)
  }

  /// Compares without signs; with `orAbove` the other way round.
  private func magnitude(isBelow other: JSONNumber, orAbove: Bool) -> Bool {
    if orAbove { return other.magnitude(isBelow: self, orAbove: false) }
    guard !digits.isEmpty, !other.digits.isEmpty else { return digits.isEmpty && !other.digits.isEmpty }
    let (size, otherSize) = (digits.count + exponent, other.digits.count + other.exponent)
    return size == otherSize ? digits.lexicographicallyPrecedes(other.digits) : size < otherSize
  }
}
