import Diagnostics
import Helm
import YAML

/// Helm values while they are composed, with the one side effect that helm-controller's composition has.
///
/// fluxcd/pkg/chartutil merges maps shallowly where only one side has a key, so that parts of the result *are* parts of
/// the inline values. A `targetPath` set into such a part changes the inline values too, and survives the last merge,
/// which otherwise lets inline values win. Where the merge made a part of its own, the inline value comes back. Lists are
/// always taken as they are: an entry that is there is changed in both.
struct ValuesMerge {
  /// What has been merged so far.
  private(set) var result: Node
  /// `spec.values`, as changed through shared parts.
  private var inline: Node

  init(inline: Node?, origin: Origin) {
    result = Node(.mapping(Mapping()), origin: inline?.origin ?? origin)
    self.inline = inline ?? result
  }

  /// Merges `values` over what is there: mappings key by key, everything else replaced.
  mutating func merge(_ values: Node) {
    result = Self.merged(result, over: values)
  }

  /// Sets values at a path, as `--set` does, by way of the inline values where they share the part.
  mutating func set(
    at path: TargetPath, _ change: (inout Node) throws(SetValues.Malformed) -> Void
  ) throws(SetValues.Malformed) {
    let shared = Self.sharedParts(of: inline, in: result, at: [])
    result = Self.merged(result, over: inline)
    try change(&result)
    let names = path.names
    let isInList = path.index.map { index in (inline.value(at: names)?.sequence?.count ?? 0) > index } ?? false
    if isInList || shared.contains(where: { $0.count < names.count && names.starts(with: $0) }) { try change(&inline) }
  }

  /// The effective values.
  consuming func finish() -> Node {
    Self.merged(result, over: inline)
  }

  /// `base` with `values` merged over it.
  static func merged(_ base: Node, over values: Node) -> Node {
    guard case .mapping(var merged) = base.value, case .mapping(let over) = values.value else { return values }
    for entry in over.entries {
      if let below = merged[entry.key.text], below.mapping != nil, entry.value.mapping != nil {
        merged.set(entry.key.text, Self.merged(below, over: entry.value))
      } else {
        merged.replace(entry)
      }
    }
    return Node(.mapping(merged), origin: base.origin)
  }

  /// The mappings of `inline` that a merge over `base` takes as they are.
  private static func sharedParts(of inline: Node, in base: Node, at path: [String]) -> [[String]] {
    guard let over = inline.mapping else { return [] }
    return over.entries.flatMap { entry -> [[String]] in
      guard entry.value.mapping != nil else { return [] }
      let here = path + [entry.key.text]
      guard let below = base[entry.key.text], below.mapping != nil else { return [here] }
      return sharedParts(of: entry.value, in: below, at: here)
    }
  }
}

extension Mapping {
  /// Puts an entry in the place of the one with its key, or at the end.
  fileprivate mutating func replace(_ entry: Entry) {
    remove(entry.key.text)
    append(entry)
  }
}
