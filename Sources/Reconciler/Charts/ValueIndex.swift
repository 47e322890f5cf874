import Helm
import YAML

/// The values of a release and of its chart, to be found by their content: what leads a rendered value back to the one
/// that a template printed as a part of something larger.
struct ValueIndex {
  /// One value.
  struct Entry {
    var path: [String]
    var node: Node
    /// Whether the release gives it; otherwise it is the chart's own.
    var isGiven: Bool
  }

  private var scalars: [String: [Entry]] = [:]
  private var mappings: [String: [Entry]] = [:]
  private var known: [[String]: Entry] = [:]
  /// Values nested deeper are not looked for.
  private static let deepest = 32

  /// The values `given` over those of a chart.
  init(given: Node?, defaults: [(path: [String], value: Node)]) {
    if let given { add(given, at: [], isGiven: true, depth: 0) }
    for (path, value) in defaults { add(value, at: path, isGiven: false, depth: path.count) }
  }

  private mutating func add(_ node: Node, at path: [String], isGiven: Bool, depth: Int) {
    guard depth < Self.deepest else { return }
    let isNew = known[path] == nil
    let entry = Entry(path: path, node: node, isGiven: isGiven)
    if isNew { known[path] = entry }
    switch node.value {
    case .scalar(let scalar):
      if isNew { scalars[scalar.text, default: []].append(entry) }
    case .sequence(let items):
      guard isNew else { return }  // lists replace each other
      for (index, item) in items.enumerated() {
        add(item, at: path + [String(index)], isGiven: isGiven, depth: depth + 1)
      }
    case .mapping(let mapping):
      guard isNew || known[path]?.node.mapping != nil else { return }
      if !mapping.isEmpty { mappings[Self.signature(mapping), default: []].append(entry) }
      for inner in mapping.entries {
        add(inner.value, at: path + [inner.key.text], isGiven: isGiven, depth: depth + 1)
      }
    }
  }

  private static func signature(_ mapping: Mapping) -> String {
    mapping.entries.map(\.key.text).sorted().joined(separator: "\n")
  }

  /// The value at a path: the release's, or the chart's own. Globals of a subchart are those of its parents.
  func entry(at path: [String]) -> Entry? {
    if let entry = known[path] { return entry }
    guard let global = path.firstIndex(of: "global"), global > 0 else { return nil }
    return entry(at: Array(path[..<(global - 1)] + path[global...]))
  }

  /// The values that say the same as `node` does.
  func entries(like node: Node) -> [Entry] {
    switch node.value {
    case .scalar(let scalar): scalars[scalar.text] ?? []
    case .mapping(let mapping): mapping.isEmpty ? [] : mappings[Self.signature(mapping)] ?? []
    case .sequence: []
    }
  }
}
