import Diagnostics

/// Writes trees as JSON, byte for byte as Go's encoding/json does: keys sorted, the shortest numbers.
public struct JSONEmitter: Sendable {
  /// Whose rules say what plain scalars mean.
  public var dialect: YAMLDialect
  /// Whether `<`, `>` and `&` in strings are escaped, as `json.Marshal` does.
  public var escapesHTML: Bool
  /// What a line is indented with a level; nil for everything in one line.
  public var indentation: String?
  /// Deeper trees are refused: writing recurses.
  static let depthLimit = 512

  /// An emitter; the defaults are those of `json.Marshal` behind Helm's and Kubernetes' YAML.
  public init(dialect: YAMLDialect = .goYAML2, escapesHTML: Bool = true, indentation: String? = nil) {
    self.dialect = dialect
    self.escapesHTML = escapesHTML
    self.indentation = indentation
  }

  /// The tree as JSON, without a line feed at the end.
  /// - Throws: ``YAMLError`` at a value that JSON cannot hold.
  public func emit(_ node: Node) throws(YAMLError) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(node, depth: 0, to: &bytes)
    return bytes
  }

  /// Whether JSON can hold the tree, so that ``emit(_:)`` does not throw.
  public func canEmit(_ node: Node) -> Bool { canEmit(node, depth: 0) }

  private func canEmit(_ node: Node, depth: Int) -> Bool {
    guard depth <= Self.depthLimit else { return false }
    switch node.value {
    case .scalar(let scalar): return canEmit(scalar)
    case .sequence(let items): return items.allSatisfy { canEmit($0, depth: depth + 1) }
    case .mapping(let mapping):
      return mapping.entries.indices.allSatisfy { index in
        (try? mapping.entries[index].key.jsonKey(
          by: dialect, at: mapping.entries[index].keyOrigin, isRoot: depth == 0)) != nil
          && canEmit(mapping.entries[index].value, depth: depth + 1)
      }
    }
  }

  private func canEmit(_ scalar: Scalar) -> Bool {
    switch scalar.resolved(by: dialect) {
    case .float(let value): value.isFinite
    case .mismatch: false
    case .null, .bool, .int, .uint, .string, .timestamp: true
    }
  }

  private func write(_ node: Node, depth: Int, to bytes: inout [UInt8]) throws(YAMLError) {
    guard depth <= Self.depthLimit else { throw YAMLError(.tooDeep(limit: Self.depthLimit), at: node.origin.location) }
    switch node.value {
    case .scalar(let scalar):
      try write(scalar, at: node.origin, to: &bytes)
    case .sequence(let items):
      try writeList(items, in: ("[", "]"), depth: depth, to: &bytes) { item, bytes throws(YAMLError) in
        try write(item, depth: depth + 1, to: &bytes)
      }
    case .mapping(let mapping):
      try writeList(try sorted(mapping, isRoot: depth == 0), in: ("{", "}"), depth: depth, to: &bytes) {
        entry, bytes throws(YAMLError) in
        JSONString.append(entry.key, to: &bytes, escapesHTML: escapesHTML)
        bytes += Array((indentation == nil ? ":" : ": ").utf8)
        try write(entry.value, depth: depth + 1, to: &bytes)
      }
    }
  }

  private func writeList<Element>(
    _ elements: [Element], in brackets: (String, String), depth: Int, to bytes: inout [UInt8],
    _ writeElement: (Element, inout [UInt8]) throws(YAMLError) -> Void
  ) throws(YAMLError) {
    bytes += Array(brackets.0.utf8)
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      startLine(depth + 1, to: &bytes)
      try writeElement(element, &bytes)
    }
    if !elements.isEmpty { startLine(depth, to: &bytes) }
    bytes += Array(brackets.1.utf8)
  }

  private func startLine(_ level: Int, to bytes: inout [UInt8]) {
    guard let indentation else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<level { bytes += Array(indentation.utf8) }
  }

  private func sorted(_ mapping: Mapping, isRoot: Bool) throws(YAMLError) -> [(key: String, value: Node)] {
    var found: [(key: String, value: Node)] = []
    found.reserveCapacity(mapping.count)
    for entry in mapping.entries {
      found.append((try entry.key.jsonKey(by: dialect, at: entry.keyOrigin, isRoot: isRoot), entry.value))
    }
    return found.sorted { $0.key.precedesByBytes($1.key) }
  }

  private func write(_ scalar: Scalar, at origin: Origin, to bytes: inout [UInt8]) throws(YAMLError) {
    let text: String
    switch scalar.resolved(by: dialect) {
    case .null: text = "null"
    case .bool(let value): text = value ? "true" : "false"
    case .int(let value): text = String(value)
    case .uint(let value): text = String(value)
    case .float(let value):
      guard value.isFinite else { throw YAMLError(.notInJSON(GoFloat.general(value)), at: origin.location) }
      text = GoFloat.json(value)
    case .string(let value), .timestamp(let value):
      JSONString.append(value, to: &bytes, escapesHTML: escapesHTML)
      return
    case .mismatch(let tag): throw YAMLError(.tagMismatch(scalar.text, tag: tag), at: origin.location)
    }
    bytes += Array(text.utf8)
  }
}
