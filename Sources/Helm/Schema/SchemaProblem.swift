import GoTemplate

/// Why a value does not fit a schema: a tree, printed as the Go library that Helm uses prints it.
struct SchemaProblem {
  var path: [GoString]
  var text: String
  var causes: [SchemaProblem] = []
  /// Several problems of one schema.
  var isGroup = false
  /// A problem behind a `$ref`: with one cause, only that is shown.
  var isReference = false

  /// The lines, each with its place.
  static func lines(_ problems: [SchemaProblem], depth: Int = 0) -> [String] {
    problems.flatMap { problem -> [String] in
      if problem.isReference && problem.causes.count == 1 { return lines(problem.causes, depth: depth) }
      let indent = String(repeating: "  ", count: depth)
      return ["\(indent)- at \(quoted(problem.pointer)): \(problem.text)"] + lines(problem.causes, depth: depth + 1)
    }
  }

  private var pointer: GoString {
    GoString(
      path.flatMap { part in
        [UInt8(ascii: "/")]
          + part.bytes.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "~"): Array("~0".utf8)
            case UInt8(ascii: "/"): Array("~1".utf8)
            default: [byte]
            }
          }
      })
  }

  // MARK: Words

  /// Text in single quotes.
  static func quoted(_ text: GoString) -> String {
    var out = "'"
    var inner = Quoting.quote(text).text.dropFirst().dropLast()
    while let character = inner.first {
      inner = inner.dropFirst()
      if character == "\\", inner.first == "\"" { continue }
      out += character == "'" ? "\\'" : String(character)
      if character == "\\", let next = inner.first {
        out.append(next)
        inner = inner.dropFirst()
      }
    }
    return out + "'"
  }

  static func list(_ texts: [GoString]) -> String { texts.map(quoted).joined(separator: ", ") }

  /// A value as error texts show it.
  static func shown(_ value: Value) -> String {
    switch value {
    case .string(let text): quoted(text)
    case .list, .dict: "value"
    default: Formatter.text(value).text
    }
  }

  /// A number with commas between thousands, as the library's messages have them.
  static func number(_ value: Double) -> String {
    var text = GoString(FloatText.format(value, "f")).text
    let sign = text.hasPrefix("-") ? "-" : ""
    if !sign.isEmpty { text.removeFirst() }
    let parts = text.split(separator: ".", maxSplits: 1)
    var whole: [Character] = []
    for (index, digit) in (parts.first ?? "0").reversed().enumerated() {
      if index > 0 && index % 3 == 0 { whole.append(",") }
      whole.append(digit)
    }
    return sign + String(whole.reversed()) + (parts.count > 1 ? "." + parts[1] : "")
  }
}
