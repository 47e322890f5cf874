/// Numbers in the notation of Go's source: prefixes, underscores, exponents.
public enum NumberText {
  /// A signed integer with Go's prefixes (`strconv.ParseInt` with base 0); nil when it is none or too large.
  public static func integer(_ bytes: [UInt8]) -> Int64? {
    guard let first = bytes.first else { return nil }
    let isSigned = first == UInt8(ascii: "-") || first == UInt8(ascii: "+")
    guard let magnitude = unsigned(isSigned ? Array(bytes.dropFirst()) : bytes) else { return nil }
    guard first == UInt8(ascii: "-") else { return Int64(exactly: magnitude) }
    if magnitude == Int64.min.magnitude { return Int64.min }
    return Int64(exactly: magnitude).map { -$0 }
  }

  /// An unsigned integer with Go's prefixes; nil when it is none or too large.
  public static func unsigned(_ bytes: [UInt8]) -> UInt64? {
    guard !bytes.isEmpty, underscoresAreGood(bytes) else { return nil }
    var (radix, digits) = (10, bytes[...])
    if digits.first == UInt8(ascii: "0") && digits.count > 1 {
      switch digits[1] {
      case UInt8(ascii: "x"), UInt8(ascii: "X"): (radix, digits) = (16, digits.dropFirst(2))
      case UInt8(ascii: "o"), UInt8(ascii: "O"): (radix, digits) = (8, digits.dropFirst(2))
      case UInt8(ascii: "b"), UInt8(ascii: "B"): (radix, digits) = (2, digits.dropFirst(2))
      default: (radix, digits) = (8, digits.dropFirst())
      }
    }
    return magnitude(digits.filter { $0 != UInt8(ascii: "_") }, radix: radix)
  }

  /// Plain digits in a radix, without sign; nil when a byte is none or the number too large.
  public static func magnitude(_ digits: [UInt8], radix: Int) -> UInt64? {
    guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self), radix: radix)
  }

  /// A floating point number (`strconv.ParseFloat`), be it decimal, hexadecimal, infinite or no number; nil when it is
  /// malformed or too large.
  public static func float(_ bytes: [UInt8]) -> Double? {
    guard underscoresAreGood(bytes) else { return nil }
    let text = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    let lower = text.lowercased()
    let unsigned = lower.first == "+" || lower.first == "-" ? String(lower.dropFirst()) : lower
    if ["inf", "infinity"].contains(unsigned) { return lower.hasPrefix("-") ? -Double.infinity : Double.infinity }
    if lower == "nan" { return Double.nan }
    let isHexadecimal = unsigned.hasPrefix("0x")
    let allowed = isHexadecimal ? "0123456789abcdefpx.+-" : "0123456789e.+-"
    guard !unsigned.isEmpty, unsigned.utf8.allSatisfy({ allowed.utf8.contains($0) }) else { return nil }
    if isHexadecimal && !unsigned.contains("p") { return nil }
    guard let value = Double(normalized(text)), value.isFinite else { return nil }
    return value
  }

  /// Swift wants digits on both sides of the point, Go does not.
  private static func normalized(_ text: String) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    for (index, byte) in bytes.enumerated() {
      let isPoint = byte == UInt8(ascii: ".")
      if isPoint && (out.last.map { !isDigit($0) } ?? true) { out.append(UInt8(ascii: "0")) }
      out.append(byte)
      if isPoint && (index + 1 == bytes.count || !isDigit(bytes[index + 1])) { out.append(UInt8(ascii: "0")) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit
  }

  /// Underscores stand between digits or behind the prefix.
  private static func underscoresAreGood(_ bytes: [UInt8]) -> Bool {
    guard bytes.contains(UInt8(ascii: "_")) else { return true }
    var rest = bytes[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var previous = UInt8(ascii: "^")
    var isHexadecimal = false
    if rest.count >= 2, rest.first == UInt8(ascii: "0"), "bBoOxX".utf8.contains(rest[rest.startIndex + 1]) {
      isHexadecimal = "xX".utf8.contains(rest[rest.startIndex + 1])
      rest = rest.dropFirst(2)
      previous = UInt8(ascii: "0")
    }
    for byte in rest {
      if (0x30...0x39).contains(byte) || isHexadecimal && isDigit(byte) {
        previous = UInt8(ascii: "0")
      } else if byte == UInt8(ascii: "_") {
        guard previous == UInt8(ascii: "0") else { return false }
        previous = byte
      } else {
        guard previous != UInt8(ascii: "_") else { return false }
        previous = UInt8(ascii: "!")
      }
    }
    return previous != UInt8(ascii: "_")
  }
}
