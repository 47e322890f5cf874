/// The text of a comment, read as image-automation-controller does: the whole must be a JSON object with texts as values
/// (kyaml, `fieldmeta.go`), or it is a comment like any other.
struct MarkerText {
  private var rest: Substring.UnicodeScalarView

  /// The members of the object; nil where the text is none.
  static func members(of comment: String) -> [String: String]? {
    // More than one `#` may start a comment.
    var text = MarkerText(rest: Substring(comment).unicodeScalars.drop { $0 == "#" })
    return text.object()
  }

  private mutating func object() -> [String: String]? {
    guard accept("{") else { return nil }
    var members: [String: String] = [:]
    if !accept("}") {
      repeat {
        guard let key = string(), accept(":"), let value = null() ?? string() else { return nil }
        members[key] = value
      } while accept(",")
      guard accept("}") else { return nil }
    }
    skipSpace()
    return rest.isEmpty ? members : nil
  }

  private mutating func skipSpace() { rest = rest.drop { " \t\r\n".unicodeScalars.contains($0) } }

  private mutating func accept(_ wanted: Unicode.Scalar) -> Bool {
    skipSpace()
    guard rest.first == wanted else { return false }
    rest.removeFirst()
    return true
  }

  /// Nothing, which Go reads as an empty text.
  private mutating func null() -> String? {
    skipSpace()
    guard rest.starts(with: "null".unicodeScalars) else { return nil }
    rest.removeFirst(4)
    return ""
  }

  private mutating func string() -> String? {
    guard accept("\"") else { return nil }
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\"": return String(text)
      case "\\":
        guard let escaped = escape() else { return nil }
        text.append(escaped)
      case "\u{0}"..<" ": return nil
      default: text.append(scalar)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    switch rest.popFirst() {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      let digits = String(String.UnicodeScalarView(rest.prefix(4)))
      rest = rest.dropFirst(4)
      // Halves of a pair say nothing: no name of Kubernetes' has such letters.
      return digits.unicodeScalars.count == 4 ? UInt32(digits, radix: 16).map { Unicode.Scalar($0) ?? "\u{FFFD}" } : nil
    default: return nil
    }
  }
}
