/// Texts in quotes, as Go's `%q` writes them.
enum GoQuote {
  /// `"text"`, as `%q` writes it.
  static func double(_ text: String) -> String {
    "\"\(escaped(text, quote: "\""))\""
  }

  /// `'text'`, as messages show names and values.
  static func single(_ text: String) -> String {
    "'\(escaped(text, quote: "'"))'"
  }

  /// `'one', 'two'`.
  static func list(_ texts: [String]) -> String {
    texts.map(single).joined(separator: ", ")
  }

  private static func escaped(_ text: String, quote: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\": result += [Unicode.Scalar("\\"), scalar]
      case "\u{7}": result += "\\a".unicodeScalars
      case "\u{8}": result += "\\b".unicodeScalars
      case "\u{C}": result += "\\f".unicodeScalars
      case "\n": result += "\\n".unicodeScalars
      case "\r": result += "\\r".unicodeScalars
      case "\t": result += "\\t".unicodeScalars
      case "\u{B}": result += "\\v".unicodeScalars
      default:
        if isPrintable(scalar) {
          result.append(scalar)
        } else {
          result += hexadecimal(scalar).unicodeScalars
        }
      }
    }
    return String(result)
  }

  private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    let (mark, width) = scalar.value < 0x80 ? ("x", 2) : scalar.value < 0x10000 ? ("u", 4) : ("U", 8)
    return "\\" + mark + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the space.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value < 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator, .spaceSeparator:
      return false
    default: return true
    }
  }
}
