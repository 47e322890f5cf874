import Kubernetes
import YAML

// What becomes of the values of a target that its patch does not speak of. kyaml visits them all the same: repeated elements
// of merged lists are dropped, and nulls that are not written out. Nearly always nothing changes, and then nothing is copied.
extension MergeWalker {
  /// What becomes of such a value.
  enum Kept {
    /// It stays as it is.
    case same
    /// This is in its place; nil clears it.
    case changed(Node?)
  }

  /// What becomes of the value of `entry`, a field of a target.
  func kept(_ entry: Mapping.Entry, _ schema: FieldSchema?, _ path: [String]) throws(KustomizeError) -> Kept {
    switch entry.value.value {
    case .scalar(let scalar): return scalar.isNull && scalar.text.isEmpty ? .changed(nil) : .same
    case .sequence(let items) where items.isEmpty: return .same
    case .mapping(let mapping) where mapping.isEmpty: return .same
    default:
      let schema = comments?.schema(of: entry) ?? schema?.field(entry.key.text)
      return try kept(entry.value, schema, path + [entry.key.text])
    }
  }

  private func kept(_ node: Node, _ schema: FieldSchema?, _ path: [String]) throws(KustomizeError) -> Kept {
    switch node.value {
    case .scalar: return .same
    case .sequence(let items):
      let sources = MergeSources([node, nil])
      guard isAssociative(sources, schema) else { return .same }
      if let schema, items.areDistinct(by: schema.mergeKeys) {
        return try kept(items, of: node, schema.elements, path)
      }
      let merged = try associativeList(sources, schema, path).node
      return .changed(merged.flatMap { $0.isNull ? nil : $0 })
    case .mapping(let mapping):
      let schema = schema ?? type(of: MergeSources([node, nil]))
      guard let entries = try kept(mapping.entries, schema, path) else { return .same }
      return .changed(Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: node.origin))
    }
  }

  /// The entries that stay, where any is not as it was.
  private func kept(
    _ entries: [Mapping.Entry], _ schema: FieldSchema?, _ path: [String]
  ) throws(KustomizeError) -> [Mapping.Entry]? {
    var found: [Mapping.Entry]?
    for index in entries.indices {
      switch try kept(entries[index], schema, path) {
      case .same: found?.append(entries[index])
      case .changed(let value):
        if found == nil { found = Array(entries[..<index]) }
        guard let value else { continue }
        found?.append(Mapping.Entry(key: entries[index].key, keyOrigin: entries[index].keyOrigin, value: value))
      }
    }
    return found
  }

  /// A merged list whose elements are told apart by one key that each of them has: none of them meets another.
  private func kept(
    _ items: [Node], of list: Node, _ schema: FieldSchema?, _ path: [String]
  ) throws(KustomizeError) -> Kept {
    var (found, isChanged) = (items, false)
    for index in items.indices {
      guard case .changed(let value?) = try kept(items[index], schema, path) else { continue }
      found[index] = value
      isChanged = true
    }
    return isChanged ? .changed(Node(.sequence(found), origin: list.origin)) : .same
  }
}

extension [Node] {
  /// Whether each is a mapping with a value of its own under the only one of `keys`.
  fileprivate func areDistinct(by keys: [String]) -> Bool {
    guard keys.count == 1 else { return false }
    var seen: Set<String> = []
    return allSatisfy { item in
      guard let text = item[keys[0]]?.scalar?.text, !text.isEmpty else { return false }
      return seen.insert(text).inserted
    }
  }
}
