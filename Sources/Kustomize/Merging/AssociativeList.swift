import Diagnostics
import Kubernetes
import YAML

/// Merges lists whose elements are told apart by keys, or, with the key "", by themselves.
struct AssociativeList {
  let walker: MergeWalker
  private(set) var sources: MergeSources
  let keys: [String]
  let schema: FieldSchema?
  let path: [String]
  private var target: [Node]
  private var merged: [Node] = []

  init(walker: MergeWalker, sources: MergeSources, keys: [String], schema: FieldSchema?, path: [String]) {
    self.walker = walker
    self.sources = sources
    self.keys = keys
    self.schema = schema
    self.path = path
    target = sources.target?.sequence ?? []
  }

  /// How many elements a list may have: each is looked for among all others.
  static let elementLimit = 5_000

  /// The merged list.
  mutating func merge() throws(KustomizeError) -> Node? {
    for case let list? in sources.values where (list.sequence?.count ?? 0) > Self.elementLimit {
      throw KustomizeError(
        .limit, "a list of more than \(Self.elementLimit) elements cannot be merged", at: list.origin.location)
    }
    var values = keys.isEmpty ? [] : elementValues()
    let keys = self.keys.isEmpty ? [""] : self.keys
    if self.keys.isEmpty { values = primitiveValues() }
    if keys.count > 1 { values = AssociativeKeys.completed(values) }
    var lastKeys = keys
    for list in values {
      let (validKeys, validValues) = AssociativeKeys.valid(among: values, list, keys)
      try mergeElement(validKeys, validValues)
      lastKeys = validKeys
    }
    guard let node = sources.target else { return nil }
    guard !values.isEmpty else { return node }
    var result: [Node]
    switch walker.direction {
    case .prepend:
      result = merged
      try result.setElements(target, keys: lastKeys)
    case .append:
      result = target
      try result.setElements(merged, keys: lastKeys)
    }
    return Node(.sequence(result), origin: node.origin)
  }

  private mutating func mergeElement(_ keys: [String], _ values: [String]) throws(KustomizeError) {
    let (lookKeys, lookValues) = AssociativeKeys.valid(among: [values], values, keys)
    let position = target.element(lookKeys, lookValues)
    var found = sources.values.map { list -> Node? in
      let items = list?.sequence ?? []
      return items.element(lookKeys, lookValues).map { items[$0] }
    }
    found[0] = position.map { target[$0] }
    if sources.isSame { found[1] = found[0] }
    let result = try walker.walk(
      MergeSources(found, isSame: sources.isSame && position != nil), schema: schema, path: path)

    guard var node = result.node, !node.isNull, !node.isEmptyMapping else {
      try target.setElement(nil, keys: keys, values: values)
      return
    }
    node.complete(keys, values)
    if result.isTarget, let position { target[position] = node }
    try merged.setElement(node, keys: keys, values: values)
  }

  /// The lists in the order in which their elements count: what is new comes first, or last.
  private var ordered: [Node] {
    let first = walker.direction == .prepend ? 1 : 0
    let lists = sources.values.indices.map { sources.values[($0 + first) % sources.values.count] }
    return lists.compactMap(\.self)
  }

  /// The values of the keys of every element, each once.
  private func elementValues() -> [[String]] {
    var seen: Set<[String]> = []
    var found: [[String]] = []
    for list in ordered {
      for item in list.sequence ?? [] {
        let values = keys.map { key in
          item[key].flatMap { $0.isNull ? nil : $0.comparableText } ?? ""
        }
        if seen.insert(values).inserted { found.append(values) }
      }
    }
    return found
  }

  /// The elements of a list of plain values, each once.
  private func primitiveValues() -> [[String]] {
    var seen: Set<String> = []
    var found: [[String]] = []
    for list in ordered {
      for item in list.sequence ?? [] where seen.insert(item.comparableText).inserted {
        found.append([item.comparableText])
      }
    }
    return found
  }
}

extension Node {
  /// Sets the keys that are missing.
  fileprivate mutating func complete(_ keys: [String], _ values: [String]) {
    let origin = self.origin
    _ = withMapping { mapping in
      for (key, value) in zip(keys, values) where !key.isEmpty && !value.isEmpty && mapping[key] == nil {
        mapping.set(key, Node(scalar: Scalar(value), origin: origin))
      }
    }
  }
}
