import Diagnostics
import Kubernetes
import YAML

/// Reads the fields of one mapping of a custom resource. What has the wrong type is noted and read as absent,
/// so that one mistake does not hide what the rest of the object says.
struct SpecReader {
  let mapping: Mapping
  let origin: Origin
  /// The way from the object to this mapping, such as `spec.chart.spec`.
  let path: String
  /// The object's own namespace: what references without one mean.
  let namespace: String
  private(set) var problems: [FluxDecodeProblem] = []

  init(mapping: Mapping, origin: Origin, path: String, namespace: String) {
    self.mapping = mapping
    self.origin = origin
    self.path = path
    self.namespace = namespace
  }

  mutating func note(_ problem: FluxDecodeProblem) {
    problems.append(problem)
  }

  /// The value under `key`; nil when it is absent or null, which the API treats alike.
  func node(_ key: String) -> Node? {
    guard let node = mapping[key] else { return nil }
    return node.isNull ? nil : node
  }

  mutating func string(_ key: String) -> Field<String>? {
    guard let node = node(key) else { return nil }
    return text(of: node, path: "\(path).\(key)")
  }

  mutating func bool(_ key: String) -> Field<Bool>? {
    guard let node = node(key) else { return nil }
    guard let value = node.boolean else {
      note(node, wanted: "true or false", path: "\(path).\(key)")
      return nil
    }
    return Field(value, origin: node.origin)
  }

  mutating func int(_ key: String) -> Field<Int>? {
    guard let node = node(key) else { return nil }
    guard let value = node.integer else {
      note(node, wanted: "an integer", path: "\(path).\(key)")
      return nil
    }
    return Field(value, origin: node.origin)
  }

  mutating func duration(_ key: String) -> Field<GoDuration>? {
    guard let text = string(key) else { return nil }
    guard let duration = GoDuration(text.value) else {
      problems.append(FluxDecodeProblem(.badDuration(text.value), path: "\(path).\(key)", origin: text.origin))
      return nil
    }
    return Field(duration, origin: text.origin)
  }

  mutating func strings(_ key: String) -> [Field<String>] {
    var found: [Field<String>] = []
    for (index, item) in items(key).enumerated() {
      if let text = text(of: item, path: "\(path).\(key)[\(index)]") { found.append(text) }
    }
    return found
  }

  mutating func stringMap(_ key: String) -> [StringEntry] {
    guard let node = node(key) else { return [] }
    guard let mapping = node.mapping else {
      note(node, wanted: "a mapping", path: "\(path).\(key)")
      return []
    }
    var found: [StringEntry] = []
    for entry in mapping.entries where !entry.value.isNull {
      guard let value = text(of: entry.value, path: "\(path).\(key).\(entry.key.text)") else { continue }
      found.append(StringEntry(key: Field(entry.key.text, origin: entry.keyOrigin), value: value))
    }
    return found
  }

  mutating func object<Part: SpecPart>(_ key: String, as type: Part.Type = Part.self) -> Field<Part>? {
    guard let node = node(key) else { return nil }
    return part(node, path: "\(path).\(key)")
  }

  mutating func list<Part: SpecPart>(_ key: String, of type: Part.Type = Part.self) -> [Field<Part>] {
    var found: [Field<Part>] = []
    for (index, item) in items(key).enumerated() {
      if let part: Field<Part> = part(item, path: "\(path).\(key)[\(index)]") { found.append(part) }
    }
    return found
  }

  /// The items of the list under `key`, whatever they are.
  mutating func items(_ key: String) -> [Node] {
    guard let node = node(key) else { return [] }
    guard let items = node.sequence else {
      note(node, wanted: "a list", path: "\(path).\(key)")
      return []
    }
    return items
  }

  private mutating func part<Part: SpecPart>(_ node: Node, path: String) -> Field<Part>? {
    guard let mapping = node.mapping else {
      note(node, wanted: "a mapping", path: path)
      return nil
    }
    var reader = SpecReader(mapping: mapping, origin: node.origin, path: path, namespace: namespace)
    let part = Part(&reader)
    problems += reader.problems
    return Field(part, origin: node.origin)
  }

  private mutating func text(of node: Node, path: String) -> Field<String>? {
    guard let text = node.string else {
      note(node, wanted: "a string", path: path)
      return nil
    }
    return Field(text, origin: node.origin)
  }

  private mutating func note(_ node: Node, wanted: String, path: String) {
    let code = FluxDecodeProblem.Code.wrongType(wanted: wanted, found: node.typeName)
    problems.append(FluxDecodeProblem(code, path: path, origin: node.origin))
  }
}

/// A part of a custom resource that is read from a mapping.
protocol SpecPart: Sendable {
  init(_ reader: inout SpecReader)
}
