/// Merge keys, patch strategies and scopes of types, as a strategic merge in the manner of kustomize needs them.
public struct Schema: Sendable {
  let table: MergeTable

  init(_ table: MergeTable) {
    self.table = table
  }

  /// The built-in types as kustomize 5.8.1 knows them, which is Kubernetes 1.21: lists of types that are newer are replaced, not merged.
  public static let kubernetes = Schema(MergeTable.builtIn)

  /// The schema of a type, by its exact version; nil when it is not known.
  public func type(_ type: GroupVersionKind) -> FieldSchema? {
    table.types[type].map { FieldSchema(table: table, number: table.resolve($0)) }
  }

  /// Where objects of a type live, by its exact version; nil when it is not known.
  public func scope(of type: GroupVersionKind) -> Scope? {
    table.scopes[type]
  }

  /// Whether a type is known to be in the cluster scope. What is not known counts as namespaced, as in kustomize.
  public func isCertainlyClusterScoped(_ type: GroupVersionKind) -> Bool {
    scope(of: type) == .cluster
  }
}
