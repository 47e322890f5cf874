import Diagnostics
import YAML

/// Writes YAML that was read from a text as kyaml does: in the order and with the quotes, braces and comments of the text,
/// indented by two, lists not indented, without empty lines.
struct BlockText {
  private let comments: SourceComments
  private var lines: [String] = []

  /// Writes what was read from `source`, the text of `file`.
  init(source: String, file: SourceFile) {
    comments = SourceComments(source, file: file)
  }

  func write(_ node: Node) -> String {
    var writer = self
    writer.block(node, indent: 0, head: "")
    let text = writer.lines.joined(separator: "\n")
    return String(text.unicodeScalars.reversed().drop { $0.properties.isWhitespace }.reversed().map(Character.init))
  }

  /// Writes `node` behind `head`, which is on a line that is not finished, such as `key:` or `-`.
  private mutating func block(_ node: Node, indent: Int, head: String) {
    switch node.value {
    case .mapping(let mapping) where !mapping.isEmpty && !comments.isFlow(node):
      var first = head.hasSuffix("-") ? head + " " : nil
      if first == nil, !head.isEmpty { lines.append(head) }
      for entry in mapping.entries {
        let isFirst = first != nil
        if !isFirst { add(comments.above(entry.keyOrigin), indent) }
        let key = (first ?? Self.spaces(indent)) + Self.scalar(entry.key, indent) + ":"
        first = nil
        block(entry.value, indent: indent + (entry.value.sequence == nil ? 2 : 0), head: key)
      }
    case .sequence(let items) where !items.isEmpty && !comments.isFlow(node):
      var first = head.hasSuffix("-") ? head + " -" : nil
      if first == nil, !head.isEmpty { lines.append(head) }
      for item in items {
        if first == nil { add(comments.above(item.origin), indent) }
        block(item, indent: indent + 2, head: first ?? Self.spaces(indent) + "-")
        first = nil
      }
    default:
      lines.append(head + (head.isEmpty ? "" : " ") + Self.flow(node, indent) + comments.behind(node))
    }
  }

  private mutating func add(_ comments: [String], _ indent: Int) {
    for comment in comments { lines.append(Self.spaces(indent) + comment) }
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private static func flow(_ node: Node, _ indent: Int) -> String {
    switch node.value {
    case .scalar(let scalar): return self.scalar(scalar, indent)
    case .sequence(let items): return "[" + items.map { flow($0, indent) }.joined(separator: ", ") + "]"
    case .mapping(let mapping):
      let entries = mapping.entries.map { "\(self.scalar($0.key, indent)): \(flow($0.value, indent))" }
      return "{" + entries.joined(separator: ", ") + "}"
    }
  }

  /// A scalar in its style.
  private static func scalar(_ scalar: Scalar, _ indent: Int) -> String {
    switch scalar.style {
    case .singleQuoted:
      return "'" + scalar.text.parts(separatedBy: "'").joined(separator: "''") + "'"
    case .literal, .folded:
      return (scalar.style == .literal ? "|" : ">") + block(scalar.text, indent)
    case .doubleQuoted:
      return quoted(scalar.text)
    case .plain:
      var plain = scalar
      plain.tag = .none
      guard plain.resolved != scalar.resolved else { return scalar.text }
      if scalar.tag == .string { return quoted(scalar.text) }
      return scalar.tag.prefix + scalar.text
    }
  }

  private static func block(_ text: String, _ indent: Int) -> String {
    var rows = text.parts(separatedBy: "\n")
    let chomping = rows.last == "" ? (rows.dropLast().last == "" ? "+" : "") : "-"
    if rows.last == "" { rows.removeLast() }
    return chomping + rows.map { $0.isEmpty ? "\n" : "\n" + spaces(max(indent, 2)) + $0 }.joined()
  }

  private static func quoted(_ text: String) -> String {
    var output = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\t": output += "\\t"
      case "\r": output += "\\r"
      case ..<" ":
        let digits = String(scalar.value, radix: 16, uppercase: true)
        output += "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output + "\""
  }
}

extension Scalar.Tag {
  /// As it is written before a value that does not look like one.
  fileprivate var prefix: String {
    switch self {
    case .int: "!!int "
    case .float: "!!float "
    case .bool: "!!bool "
    case .null: "!!null "
    case .timestamp: "!!timestamp "
    case .binary: "!!binary "
    case .none, .string, .merge, .custom: ""
    }
  }
}
