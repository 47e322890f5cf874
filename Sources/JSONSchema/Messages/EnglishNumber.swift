import YAML

/// Numbers as golang.org/x/text prints them for English readers, which is how messages show bounds.
enum EnglishNumber {
  /// `1,234`.
  static func whole(_ value: Int) -> String {
    (value < 0 ? "-" : "") + grouped(String(value.magnitude))
  }

  /// `%v` of a float: the fewest digits, `1.5×10⁰⁷` from a million on and below a ten-thousandth.
  static func float(_ number: JSONNumber) -> String {
    guard let value = Double(number.text), value.isFinite else { return number.isNegative ? "-∞" : "∞" }
    let text = GoFloat.general(value)
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "e")) else {
      let parts = text.split(separator: ".", maxSplits: 1)
      let sign = value < 0 ? "-" : ""
      let whole = sign + grouped(String(parts[0].drop { $0 == "-" }))
      return parts.count == 2 ? "\(whole).\(parts[1])" : whole
    }
    let exponent = text[text.index(after: mark)...]
    return text[..<mark] + "×10" + (exponent.hasPrefix("-") ? "⁻" : "") + exponent.dropFirst().map(superscript).joined()
  }

  private static func grouped(_ digits: String) -> String {
    var groups: [Substring] = []
    var rest = digits[...]
    while rest.utf8.count > 3 {
      groups.append(rest.suffix(3))
      rest = rest.dropLast(3)
    }
    return ([rest] + groups.reversed()).joined(separator: ",")
  }

  private static func superscript(_ digit: Character) -> String {
    switch digit {
    case "0": "⁰"
    case "1": "¹"
    case "2": "²"
    case "3": "³"
    case "4": "⁴"
    case "5": "⁵"
    case "6": "⁶"
    case "7": "⁷"
    case "8": "⁸"
    default: "⁹"
    }
  }
}

extension JSONNumber {
  /// The number in the grammar of JSON.
  var text: String {
    guard !digits.isEmpty else { return "0" }
    return (isNegative ? "-" : "") + digits.map(String.init).joined() + "e\(exponent)"
  }
}
