import Diagnostics

/// A list or mapping that the reader is inside of.
struct OpenCollection {
  struct Key {
    var scalar: Scalar
    var origin: Origin
  }

  let isMapping: Bool
  let isFlow: Bool
  let origin: Origin
  let anchor: String?
  /// The number of values read before this one, to know its size at the end.
  let countBefore: Int
  var pendingKey: Key?
  private var items: [Node] = []
  private var entries: [Mapping.Entry] = []
  private var merges: [Node] = []
  /// Where each key stands; filled only when there are many, since few are searched faster.
  private var positions: [String: Int] = [:]
  private static let searchedCount = 12

  init(isMapping: Bool, isFlow: Bool, origin: Origin, anchor: String?, countBefore: Int) {
    self.isMapping = isMapping
    self.isFlow = isFlow
    self.origin = origin
    self.anchor = anchor
    self.countBefore = countBefore
  }

  /// Adds an item, or the value of the pending key. Returns the error of a repeated key, whose last value wins.
  mutating func add(_ node: Node) throws(YAMLError) -> YAMLError? {
    guard isMapping else {
      items.append(node)
      return nil
    }
    guard let key = pendingKey else { throw YAMLError(.complexKey, at: node.origin.location) }
    pendingKey = nil
    if key.isMerge {
      try addMerge(node)
      return nil
    }
    let entry = Mapping.Entry(key: key.scalar, keyOrigin: key.origin, value: node)
    guard let earlier = position(of: key.scalar.text) else {
      appendNew(entry)
      return nil
    }
    let first = entries[earlier].keyOrigin.location
    entries[earlier] = entry
    return YAMLError(
      .duplicateKey(key.scalar.text), at: key.origin.location, trace: [RelatedLocation("first set here", at: first)])
  }

  private func position(of key: String) -> Int? {
    entries.count <= Self.searchedCount ? entries.firstIndex { $0.key.text == key } : positions[key]
  }

  private mutating func appendNew(_ entry: Mapping.Entry) {
    entries.append(entry)
    if entries.count == Self.searchedCount + 1 {
      for (index, entry) in entries.enumerated() { positions[entry.key.text] = index }
    } else if entries.count > Self.searchedCount {
      positions[entry.key.text] = entries.count - 1
    }
  }

  private mutating func addMerge(_ node: Node) throws(YAMLError) {
    switch node.value {
    case .mapping: merges.append(node)
    case .sequence(let items) where items.allSatisfy({ $0.mapping != nil }): merges += items
    default: throw YAMLError(.badMerge, at: node.origin.location)
    }
  }

  /// The finished value. Merged keys come behind the written ones, which win over them, as earlier merges win over later ones.
  mutating func finish(at end: SourcePosition) throws(YAMLError) -> Node {
    for source in merges {
      for entry in source.mapping?.entries ?? [] where position(of: entry.key.text) == nil {
        appendNew(entry)
      }
    }
    var origin = origin
    // libyaml ends a block collection where the next token starts; its last value is what a reader would underline.
    let last = isMapping ? entries.last?.value.origin : items.last?.origin
    origin.span.end = last.map { $0.file == origin.file ? max($0.span.end, origin.span.start) : end } ?? end
    return Node(isMapping ? .mapping(Mapping(entries, isFlow: isFlow)) : .sequence(items), origin: origin)
  }
}

extension OpenCollection.Key {
  /// Whether this is `<<` as YAML 1.1 means it: a plain scalar, or one that is tagged so.
  fileprivate var isMerge: Bool {
    scalar.text == "<<" && (scalar.tag == .merge || (scalar.tag == .none && scalar.style == .plain))
  }
}
