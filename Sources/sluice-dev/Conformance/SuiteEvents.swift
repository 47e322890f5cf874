import YAML

/// A value as yaml-test-suite's events describe it, with aliases written out.
indirect enum SuiteValue {
  case scalar(text: String, style: Scalar.Style)
  case sequence([SuiteValue])
  case mapping([(key: SuiteValue, value: SuiteValue)])

  /// How `node` differs; nil where it does not.
  func difference(from node: Node) -> String? {
    switch (self, node.value) {
    case (.scalar(let text, let style), .scalar(let scalar)):
      if text != scalar.text { return "\(scalar.text.debugDescription), not \(text.debugDescription)" }
      return style == scalar.style ? nil : "\(scalar.style), not \(style): \(text.debugDescription)"
    case (.sequence(let values), .sequence(let nodes)):
      guard values.count == nodes.count else { return "\(nodes.count) items, not \(values.count)" }
      return zip(values, nodes).lazy.compactMap { $0.difference(from: $1) }.first
    case (.mapping(let entries), .mapping(let mapping)):
      for (key, value) in entries {
        guard case .scalar(let text, _) = key else { return "a key that is no scalar" }
        guard let found = mapping[text] else { return "no key \(text.debugDescription)" }
        if let difference = value.difference(from: found) { return difference }
      }
      return nil
    default:
      return "another kind of value"
    }
  }
}

/// Reads the suite's event lines.
struct SuiteEvents {
  private var lines: [Substring]
  private var index = 0
  private var anchors: [String: SuiteValue] = [:]

  init(_ text: String) {
    lines = text.split(separator: "\n")
  }

  mutating func documents() -> [SuiteValue] {
    var found: [SuiteValue] = []
    while index < lines.count {
      let line = lines[index]
      index += 1
      guard line.hasPrefix("+DOC") else { continue }
      anchors = [:]
      if let value = value() { found.append(value) }
    }
    return found
  }

  /// The next value; nil where a collection or the document ends.
  private mutating func value() -> SuiteValue? {
    guard index < lines.count else { return nil }
    let line = lines[index]
    index += 1
    let anchor = line.split(separator: " ").first { $0.hasPrefix("&") }.map { String($0.dropFirst()) }
    let found: SuiteValue
    switch line.prefix(4) {
    case "=ALI": return anchors[String(line.dropFirst(6))]
    case "=VAL": found = scalar(line.dropFirst(5))
    case "+SEQ": found = .sequence(values())
    case "+MAP":
      let parts = values()
      found = .mapping(stride(from: 0, to: parts.count - 1, by: 2).map { (parts[$0], parts[$0 + 1]) })
    default: return nil
    }
    if let anchor, line.prefix(4) != "=VAL" || line.dropFirst(5).hasPrefix("&") { anchors[anchor] = found }
    return found
  }

  private mutating func values() -> [SuiteValue] {
    var found: [SuiteValue] = []
    while let next = value() { found.append(next) }
    return found
  }

  /// `&anchor <tag> :text`, where the sign before the text names the style.
  private func scalar(_ line: Substring) -> SuiteValue {
    var rest = line
    if rest.hasPrefix("&") { rest = rest.drop { $0 != " " }.dropFirst() }
    if rest.hasPrefix("<") { rest = rest.drop { $0 != ">" }.dropFirst(2) }
    let style: Scalar.Style =
      switch rest.first {
      case "'": .singleQuoted
      case "\"": .doubleQuoted
      case "|": .literal
      case ">": .folded
      default: .plain
      }
    return .scalar(text: unescaped(rest.dropFirst()), style: style)
  }

  private func unescaped(_ text: Substring) -> String {
    var found = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      switch (isEscaped, scalar) {
      case (false, "\\"): isEscaped = true
      case (false, _): found.append(scalar)
      case (true, let letter):
        isEscaped = false
        found.append(["n": "\n", "t": "\t", "r": "\r", "b": "\u{8}", "0": "\0"][letter] ?? letter)
      }
    }
    return String(found)
  }
}
