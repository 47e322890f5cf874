import Diagnostics
import Kubernetes
import YAML

/// Walks several trees at once and works out what becomes of each place.
struct MergeWalker {
  let rules: MergeRules
  let types: Schema
  let direction: StrategicMerge.ListDirection
  let infersKeys: Bool
  /// Schemas that the texts of the trees bring along.
  var comments: SchemaComments?

  /// What became of a place.
  struct Result {
    /// Nil when the place is cleared.
    var node: Node?
    /// It is the target, changed, and not something in its place.
    var isTarget: Bool
  }

  /// What becomes of the place where `sources` meet. Trees are as deep as the reader of YAML lets them be.
  func walk(
    _ sources: MergeSources, schema: FieldSchema? = nil, path: [String] = []
  ) throws(KustomizeError) -> Result {
    let schema = schema ?? type(of: sources)
    guard let leading = sources.leading else { return try mapping(sources, schema, path) }
    try check(sources, against: leading, path)
    switch leading.value {
    case .mapping:
      return try mapping(sources, schema, path)
    case .sequence:
      guard isAssociative(sources, schema) else { return Result(node: rules.list(sources), isTarget: false) }
      return try associativeList(sources, schema, path)
    case .scalar:
      return Result(node: rules.scalar(sources), isTarget: false)
    }
  }

  /// An object within an object, such as a template, has a schema of its own.
  func type(of sources: MergeSources) -> FieldSchema? {
    for case let node? in sources.values {
      guard let version = node["apiVersion"]?.scalar?.text, let kind = node["kind"]?.scalar?.text,
        !version.isEmpty, !kind.isEmpty
      else { continue }
      if let found = types.type(GroupVersionKind(apiVersion: version, kind: kind)) { return found }
    }
    return nil
  }

  private func check(_ sources: MergeSources, against leading: Node, _ path: [String]) throws(KustomizeError) {
    for case let node? in sources.values where !node.isNull && node.kindName != leading.kindName {
      let text = "wrong node kind: expected \(leading.kindName) but got \(node.kindName)"
      let place = path.isEmpty ? "" : " at \(path.joined(separator: "."))"
      throw KustomizeError(
        .patch, text + place, at: node.origin.location,
        trace: [RelatedLocation("it is merged with this value", at: leading.origin.location)])
    }
  }

  // MARK: Mappings

  private func mapping(
    _ sources: MergeSources, _ schema: FieldSchema?, _ path: [String]
  ) throws(KustomizeError) -> Result {
    guard let next = try rules.mapping(sources), let target = next.target else {
      return Result(node: nil, isTarget: false)
    }
    let isTarget = !next.isSame || sources.isSame
    guard let mapping = target.mapping else { return Result(node: target, isTarget: isTarget) }

    var entries: [Mapping.Entry] = []
    entries.reserveCapacity(mapping.count)
    for entry in mapping.entries {
      if rules == .patch, next.patch?[entry.key.text] == nil {
        switch try kept(entry, schema, path) {
        case .same: entries.append(entry)
        case .changed(let value?): entries.append(.init(key: entry.key, keyOrigin: entry.keyOrigin, value: value))
        case .changed(nil): break
        }
        continue
      }
      guard let value = try field(entry.key.text, of: next, schema, path) else { continue }
      entries.append(Mapping.Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: value))
    }
    if !next.isSame {
      for entry in Self.newEntries(in: next) {
        guard let value = try field(entry.key.text, of: next, schema, path) else { continue }
        entries.append(Mapping.Entry(key: entry.key, keyOrigin: entry.keyOrigin, value: value))
      }
    }
    return Result(
      node: Node(.mapping(Mapping(entries, isFlow: mapping.isFlow)), origin: target.origin), isTarget: isTarget)
  }

  /// What becomes of a field; nil clears it.
  private func field(
    _ key: String, of sources: MergeSources, _ schema: FieldSchema?, _ path: [String]
  ) throws(KustomizeError) -> Node? {
    let fields = sources.field(key)
    let written = comments.flatMap { comments in
      sources.values.lazy.compactMap { $0?.mapping?.entry(key).flatMap(comments.schema) }.first
    }
    guard let node = try walk(fields, schema: written ?? schema?.field(key), path: path + [key]).node else {
      return nil
    }
    return node.isNull ? nil : node
  }

  /// The entries that the target does not have, by name.
  private static func newEntries(in sources: MergeSources) -> [Mapping.Entry] {
    var known = Set(sources.target?.mapping?.keys ?? [])
    var found: [Mapping.Entry] = []
    for source in sources.values.dropFirst() {
      for entry in source?.mapping?.entries ?? [] where known.insert(entry.key.text).inserted { found.append(entry) }
    }
    return found.sorted { $0.key.text < $1.key.text }
  }

  // MARK: Lists

  func isAssociative(_ sources: MergeSources, _ schema: FieldSchema?) -> Bool {
    if let schema { return schema.mergesElements }
    return infersKeys && sources.values.contains { ($0?.sequence).map(AssociativeKeys.canInfer) ?? false }
  }

  func associativeList(
    _ sources: MergeSources, _ schema: FieldSchema?, _ path: [String]
  ) throws(KustomizeError) -> Result {
    guard let next = try rules.mergedList(sources) else { return Result(node: nil, isTarget: false) }
    var keys = schema?.mergeKeys ?? []
    if schema?.patchStrategies.isEmpty ?? true, keys.isEmpty {
      keys = [try AssociativeKeys.infer(from: next.values, path: path)]
    }
    var list = AssociativeList(walker: self, sources: next, keys: keys, schema: schema?.elements, path: path)
    return Result(node: try list.merge(), isTarget: !next.isSame || sources.isSame)
  }
}
