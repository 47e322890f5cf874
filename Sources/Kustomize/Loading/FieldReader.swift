import Diagnostics
import YAML

/// Reads the fields of one mapping into typed values, by the rules of the Go decoder that kustomize uses for it.
struct FieldReader: Sendable {
  /// How exact the text must be.
  enum Mode: Sendable {
    /// A kustomization file: unknown fields are errors, and a number is no string.
    case kustomization
    /// A file that configures field specs: unknown fields are errors.
    case strictConfiguration
    /// The configuration of a generator or transformer: unknown fields pass, and any scalar is a string where one is wanted.
    case configuration
    /// A file that such a configuration names.
    case file

    var refusesUnknown: Bool { self == .kustomization || self == .strictConfiguration }
    var refusesOtherScalars: Bool { self == .kustomization }
    /// kustomize reads resources, and so the configuration of transformers, with another YAML reader than its own files.
    var dialect: YAMLDialect { self == .configuration ? .goYAML3 : .goYAML2 }
  }

  /// The fields.
  let mapping: Mapping
  /// Where the mapping stands.
  let origin: Origin
  /// What the mapping is called in messages, such as `configMapGenerator[0]`; empty for the whole file.
  let name: String
  let mode: Mode

  /// A reader of `node`; an error when it is no mapping. A null is an empty mapping.
  init(_ node: Node, name: String, mode: Mode) throws(KustomizeError) {
    switch node.value {
    case .mapping(let mapping): self.mapping = mapping
    case .scalar(let scalar) where scalar.resolved(by: mode.dialect) == .null: mapping = Mapping()
    default:
      throw KustomizeError(
        .field, "\(name.isEmpty ? "a kustomization" : "'\(name)'") must be a mapping", at: node.origin.location)
    }
    origin = node.origin
    self.name = name
    self.mode = mode
  }

  /// The full name of a field for messages.
  func path(_ field: String) -> String { name.isEmpty ? field : "\(name).\(field)" }

  /// The entry of `field`. Go finds a field whatever the case of its letters; of several, which come in the order of their
  /// bytes behind the way over JSON, the last one that is no null wins.
  func entry(_ field: String) -> Mapping.Entry? {
    let first = field.utf8.first.map { $0 | 0x20 }
    var found: Mapping.Entry?
    for entry in mapping.entries {
      let key = entry.key.text
      guard key.utf8.count == field.utf8.count, key.utf8.first.map({ $0 | 0x20 }) == first else { continue }
      guard key == field || key.lowercased() == field.lowercased() else { continue }
      guard let earlier = found, isNull(entry.value) || (!isNull(earlier.value) && key < earlier.key.text) else {
        found = entry
        continue
      }
    }
    return found
  }

  private func isNull(_ value: Node) -> Bool {
    value.scalar?.resolved(by: mode.dialect) == .null
  }

  /// The value of `field`; nil where it is missing or null.
  func node(_ field: String) -> Node? {
    guard let value = entry(field)?.value else { return nil }
    return isNull(value) ? nil : value
  }

  /// Refuses fields that are not in `known`, where the mode wants that.
  func allow(_ known: [String]) throws(KustomizeError) {
    guard mode.refusesUnknown else { return }
    for entry in mapping.entries where !known.contains(entry.key.text) {
      let lowered = entry.key.text.lowercased()
      if known.contains(where: { $0.lowercased() == lowered }) { continue }
      let hint = Spelling.closest(to: entry.key.text, in: known).map { "; did you mean '\($0)'?" } ?? ""
      throw KustomizeError(
        .field, "unknown field '\(path(entry.key.text))'\(hint)", at: entry.keyOrigin.location)
    }
  }

  func wrongType(_ field: String, _ wanted: String, at node: Node) -> KustomizeError {
    KustomizeError(.field, "field '\(path(field))' must be \(wanted)", at: node.origin.location)
  }
}

// MARK: Scalars

extension FieldReader {
  /// A string.
  func string(_ field: String) throws(KustomizeError) -> Placed<String>? {
    guard let node = node(field) else { return nil }
    return try text(of: node, field: field)
  }

  /// A string, or its default where the field is missing.
  func string(_ field: String, or missing: String) throws(KustomizeError) -> String {
    try string(field)?.value ?? missing
  }

  /// A boolean; false where the field is missing.
  func bool(_ field: String) throws(KustomizeError) -> Bool {
    guard let node = node(field) else { return false }
    guard case .bool(let value) = node.scalar?.resolved(by: mode.dialect) else {
      throw wrongType(field, "true or false", at: node)
    }
    return value
  }

  /// A whole number.
  func integer(_ field: String) throws(KustomizeError) -> Placed<Int64>? {
    guard let node = node(field) else { return nil }
    guard case .int(let value) = node.scalar?.resolved(by: mode.dialect) else {
      throw wrongType(field, "a whole number", at: node)
    }
    return Placed(value, at: node.origin)
  }

  private func text(of node: Node, field: String) throws(KustomizeError) -> Placed<String> {
    guard let scalar = node.scalar else { throw wrongType(field, "a string", at: node) }
    let meaning = scalar.resolved(by: mode.dialect)
    switch meaning {
    case .null: return Placed("", at: node.origin)
    case .string(let text), .timestamp(let text): return Placed(text, at: node.origin)
    case .mismatch: throw wrongType(field, "a string", at: node)
    case .bool, .int, .uint, .float: break
    }
    if mode.refusesOtherScalars {
      throw wrongType(field, "a string: put \(scalar.text) in quotes", at: node)
    }
    return Placed(meaning.goText, at: node.origin)
  }
}

extension ResolvedScalar {
  /// The text that Go's decoder makes of a value where a string is wanted.
  var goText: String {
    switch self {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .float(let value): GoFloat.general(value)
    case .timestamp(let text), .string(let text): text
    case .mismatch: ""
    }
  }
}

// MARK: Lists and mappings

extension FieldReader {
  /// A list of strings; empty where the field is missing.
  func strings(_ field: String) throws(KustomizeError) -> [Placed<String>] {
    var found: [Placed<String>] = []
    for (index, item) in try items(field, of: "strings").enumerated() {
      found.append(try text(of: item, field: "\(field)[\(index)]"))
    }
    return found
  }

  /// A string as a node, for text that is read further.
  func text(_ field: String) throws(KustomizeError) -> Node? {
    guard let node = node(field) else { return nil }
    return try textNode(node, field: field)
  }

  /// A list of strings as nodes, for texts that are read further.
  func texts(_ field: String) throws(KustomizeError) -> [Node] {
    var found: [Node] = []
    for (index, item) in try items(field, of: "strings").enumerated() {
      found.append(try textNode(item, field: "\(field)[\(index)]"))
    }
    return found
  }

  /// The node itself where it is a string, so that places inside it are kept.
  private func textNode(_ node: Node, field: String) throws(KustomizeError) -> Node {
    let text = try text(of: node, field: field)
    return node.scalar?.text == text.value ? node : Node(string: text.value, origin: node.origin)
  }

  /// A mapping of strings to strings, in the order of the file; nil where the field is missing.
  func pairs(_ field: String) throws(KustomizeError) -> [PlacedPair]? {
    guard let node = node(field) else { return nil }
    guard let mapping = node.mapping else { throw wrongType(field, "a mapping of strings to strings", at: node) }
    var found: [PlacedPair] = []
    for entry in mapping.entries {
      let value = try text(of: entry.value, field: "\(field).\(entry.key.text)")
      found.append(PlacedPair(key: entry.key.text, value: value.value, origin: value.origin))
    }
    return found
  }

  /// The fields of a mapping; nil where the field is missing.
  func reader(_ field: String) throws(KustomizeError) -> FieldReader? {
    guard let node = node(field) else { return nil }
    return try FieldReader(node, name: path(field), mode: mode)
  }

  /// The fields of each mapping in a list; none where the field is missing.
  func readers(_ field: String) throws(KustomizeError) -> [FieldReader] {
    var found: [FieldReader] = []
    for (index, item) in try items(field, of: "mappings").enumerated() {
      found.append(try FieldReader(item, name: "\(path(field))[\(index)]", mode: mode))
    }
    return found
  }

  /// The items of a list; none where the field is missing.
  func items(_ field: String, of kind: String) throws(KustomizeError) -> [Node] {
    guard let node = node(field) else { return [] }
    guard let items = node.sequence else { throw wrongType(field, "a list of \(kind)", at: node) }
    return items
  }
}
