/// Numbers as Go's `strconv` reads them.
enum GoNumber {
  enum Integer: Equatable {
    case signed(Int64)
    case unsigned(UInt64)
  }

  /// `ParseInt(text, 0, 64)`, then `ParseUint`: decimal, `0x`, `0o`, `0b` and plain `0` for octal, with a sign.
  static func integer(_ text: Span<UInt8>) -> Integer? {
    var index = 0
    var isNegative = false
    if text.count > 0, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      index = 1
    }
    let hasSign = index == 1
    guard index < text.count else { return nil }
    var base: UInt64 = 10
    if text[index] == UInt8(ascii: "0"), index + 1 < text.count {
      switch text[index + 1] | 0x20 {
      case UInt8(ascii: "x"): (base, index) = (16, index + 2)
      case UInt8(ascii: "o"): (base, index) = (8, index + 2)
      case UInt8(ascii: "b"): (base, index) = (2, index + 2)
      default: (base, index) = (8, index + 1)
      }
      guard index < text.count else { return nil }
    }
    guard let magnitude = digits(text, from: index, base: base) else { return nil }
    if isNegative {
      return magnitude <= 1 << 63 ? .signed(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
    }
    if magnitude <= UInt64(Int64.max) { return .signed(Int64(magnitude)) }
    return hasSign ? nil : .unsigned(magnitude)
  }

  private static func digits(_ text: Span<UInt8>, from start: Int, base: UInt64) -> UInt64? {
    var value: UInt64 = 0
    for index in start..<text.count {
      guard let digit = digitValue(text[index]), digit < base else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: base)
      let (sum, carries) = product.addingReportingOverflow(digit)
      guard !overflows, !carries else { return nil }
      value = sum
    }
    return value
  }

  private static func digitValue(_ byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  /// A decimal number with an optional fraction and exponent. What overflows is none, as Go's range error makes it.
  /// - Parameter separators: whether single underscores may stand between digits.
  static func float(_ text: Span<UInt8>, separators: Bool) -> Double? {
    var scan = FloatScan(separators: separators)
    for index in text.indices {
      guard scan.take(text[index]) else { return nil }
    }
    guard scan.isComplete else { return nil }
    guard let value = Double(String(decoding: scan.kept, as: UTF8.self)), value.isFinite else { return nil }
    return value
  }

  /// The grammar `[-+]? (digits [. digits?] | . digits) ([eE] [-+]? digits)?`.
  private struct FloatScan {
    let separators: Bool
    var kept: [UInt8] = []
    private var state = State.start
    private var last: UInt8 = 0

    private enum State { case start, sign, whole, point, loneDot, fraction, exponent, exponentSign, power }

    init(separators: Bool) {
      self.separators = separators
    }

    var isComplete: Bool {
      guard last != UInt8(ascii: "_") else { return false }
      return switch state {
      case .whole, .point, .fraction, .power: true
      default: false
      }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      if byte == UInt8(ascii: "_") {
        guard separators, isDigit(last) else { return false }
        last = byte
        return true
      }
      if last == UInt8(ascii: "_"), !isDigit(byte) { return false }
      guard let next = follow(byte) else { return false }
      state = next
      last = byte
      kept.append(byte)
      return true
    }

    private func follow(_ byte: UInt8) -> State? {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        switch state {
        case .start, .sign, .whole: .whole
        case .point, .loneDot, .fraction: .fraction
        case .exponent, .exponentSign, .power: .power
        }
      case UInt8(ascii: "."):
        switch state {
        case .start, .sign: .loneDot
        case .whole: .point
        default: nil
        }
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        switch state {
        case .whole, .point, .fraction: .exponent
        default: nil
        }
      case UInt8(ascii: "+"), UInt8(ascii: "-"):
        switch state {
        case .start: .sign
        case .exponent: .exponentSign
        default: nil
        }
      default: nil
      }
    }
  }
}
