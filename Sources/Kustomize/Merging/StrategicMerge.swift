import Diagnostics
import Kubernetes
import YAML

/// Merges objects as kustomize does with strategic merge patches.
///
/// Follows kyaml's `merge2` and `walk`, also where they surprise: a list is merged element by element only where the schema of the
/// object's type says so, everything of the target is visited (which drops repeated elements and empty nulls), and of the
/// directives only `$patch` is known, so that `$setElementOrder` and `$deleteFromPrimitiveList` end up in the output.
public struct StrategicMerge: Sendable {
  /// Where elements that are new to a list go.
  public enum ListDirection: Sendable, Hashable {
    /// In front: what `patches` of a kustomization do.
    case prepend
    /// Behind.
    case append
  }

  /// Merge keys of the types.
  public var schema: Schema
  /// Where new elements go.
  public var direction: ListDirection
  /// Whether lists without a schema whose elements all have a `name` are merged by it. kustomize does not.
  public var infersKeys: Bool
  /// The entry of the kustomization that asks for it: the step that every value of the patch gets. Nil adds none.
  public var entry: Location?

  /// A way to merge.
  public init(
    schema: Schema = .kubernetes, direction: ListDirection = .prepend, infersKeys: Bool = false, entry: Location? = nil
  ) {
    self.schema = schema
    self.direction = direction
    self.infersKeys = infersKeys
    self.entry = entry
  }

  /// `target` with `patch` merged into it; nil when the patch deletes it.
  public func merge(patch: Node, into target: Node) throws(KustomizeError) -> Node? {
    let marked = entry.map { patch.adding(.patched, at: $0) } ?? patch
    return try walker(.patch, of: [target, marked]).walk(MergeSources([target, marked])).node
  }

  /// What becomes of `local`, which was `original` once, now that the original has become `updated`; nil when it is deleted.
  public func merge(local: Node, original: Node, updated: Node) throws(KustomizeError) -> Node? {
    try walker(.threeWay, of: [local, original, updated]).walk(MergeSources([local, original, updated])).node
  }

  private func walker(_ rules: MergeRules, of nodes: [Node]) -> MergeWalker {
    MergeWalker(
      rules: rules, types: schema, direction: direction, infersKeys: infersKeys,
      comments: SchemaComments(in: nodes, types: schema))
  }
}

/// Merges `patch` into `target`, as `patches` of a kustomization do.
/// - Returns: false when the patch deletes the target, which is left alone then.
public func strategicMerge(
  patch: Node, into target: inout Node, schema: Schema = .kubernetes, entry: Location? = nil
) throws(KustomizeError) -> Bool {
  guard let merged = try StrategicMerge(schema: schema, entry: entry).merge(patch: patch, into: target) else {
    return false
  }
  target = merged
  return true
}
