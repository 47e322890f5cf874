import ClusterModel
import Diagnostics
import Files
import Policies

/// Files of which not all could be judged: a suppression in one may have something to suppress that nobody has found.
struct UnjudgedFiles {
  /// The files of what cannot be built, or is not at hand.
  private var unbuilt: Set<String> = []
  /// The files of releases whose charts are not rendered: what only a rendered chart tells is not known.
  private var unrendered: Set<String> = []

  init(_ model: RepositoryModel) {
    for reconciliation in model.clusters.flatMap(\.reconciliations) {
      if case .done = reconciliation.outcome { continue }
      if reconciliation.isRelease {
        unrendered.insert(reconciliation.location.file.path)
      } else {
        unbuilt.formUnion(reconciliation.files.map(\.string))
        unbuilt.insert(reconciliation.location.file.path)
      }
    }
    for file in model.files where file.error != nil { unbuilt.insert(file.path.string) }
  }

  /// Whether what `suppression` is for may be there unseen.
  func mayHide(_ suppression: Suppression) -> Bool {
    let path = suppression.location.file.path
    if unbuilt.contains(path) { return true }
    return unrendered.contains(path) && suppression.rules.contains { Rule.named($0)?.needsRenderedCharts == true }
  }
}

extension Rule {
  /// Whether what it looks at in a release is what its chart makes.
  fileprivate var needsRenderedCharts: Bool {
    let others: [Rule] = [
      .imageTagMutable, .valuesUnknownKey, .valuesSchemaViolation, .helmRenderFailed, .helmCRDsNeverUpgraded,
      .defaultNamespace, .namespaceMissing, .namespaceNotOrdered, .crdNotOrdered, .ownershipOverlap, .secretPlaintext,
      .tenantClusterScoped, .tenantNamespaceEscape,
    ]
    return chapter == .workloads || others.contains { $0.id == id }
  }
}
