/// Writes XML 1.0, two spaces a level.
struct XMLWriter {
  private(set) var bytes: [UInt8] = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private var depth = 0

  /// An element with elements in it; attributes that are nil are left out.
  mutating func element(
    _ name: String, _ attributes: [(String, String?)] = [], _ body: (inout XMLWriter) -> Void
  ) {
    start(name, attributes)
    put(">\n")
    depth += 1
    body(&self)
    depth -= 1
    indent()
    put("</\(name)>\n")
  }

  /// An element with text in it, or nothing.
  mutating func element(_ name: String, _ attributes: [(String, String?)] = [], text: String = "") {
    start(name, attributes)
    put(text.isEmpty ? "/>\n" : ">\(Self.escaped(text, inAttribute: false))</\(name)>\n")
  }

  private mutating func start(_ name: String, _ attributes: [(String, String?)]) {
    indent()
    put("<\(name)")
    for case (let name, let value?) in attributes {
      put(" \(name)=\"\(Self.escaped(value, inAttribute: true))\"")
    }
  }

  private mutating func indent() {
    put(String(repeating: "  ", count: depth))
  }

  private mutating func put(_ text: String) {
    bytes.append(contentsOf: text.utf8)
  }

  /// Only characters that XML 1.0 allows are left: the hidden ones are spelled out. `>` is always escaped, so `]]>`
  /// cannot come about.
  private static func escaped(_ text: String, inAttribute: Bool) -> String {
    let safe = inAttribute ? VisibleText.line(text) : VisibleText.paragraphs(text)
    var found = ""
    for scalar in safe.unicodeScalars {
      switch scalar {
      case "&": found += "&amp;"
      case "<": found += "&lt;"
      case ">": found += "&gt;"
      case "\"" where inAttribute: found += "&quot;"
      default: found.unicodeScalars.append(scalar)
      }
    }
    return found
  }
}
