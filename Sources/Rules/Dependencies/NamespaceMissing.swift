import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let namespaceMissing = Rule(
    id: "namespace-missing", chapter: .dependencies, severity: .error,
    title: "an object goes to a namespace that nothing creates",
    why: "The API server refuses the object, and with it everything that is applied together with it.",
    remedy: "Correct the name, add the Namespace, or declare it in the configuration when something else creates it.",
    check: .cluster { context, report in
      // What is fetched from elsewhere could bring namespaces.
      guard !context.cluster.reconciliations.contains(where: \.takesInUnseenObjects) else { return }
      let makers = NamespaceMakers(context.cluster)
      // One namespace that is missing is one finding, whoever uses it.
      var missing: [NamespaceUse] = []
      var related: [[RelatedLocation]] = []
      for use in NamespaceUse.all(in: context) where makers.makers(for: use).isEmpty && makers.areKnown(for: use) {
        let owner = context.cluster.reconciliations[use.reconciliation].id
        let id = ObjectID(group: "", kind: "Namespace", namespace: "", name: use.namespace)
        guard !context.isExternal(id), !context.facts.mayExistUnseen(id, for: owner), !isLost(use, context) else {
          continue
        }
        if let first = missing.firstIndex(where: { $0.namespace == use.namespace && $0.remote == use.remote }) {
          missing[first].count += use.count
          related[first].append(RelatedLocation("\(owner) puts objects there, too", at: use.place.location))
        } else {
          missing.append(use)
          related.append([])
        }
      }
      for (use, others) in zip(missing, related) {
        report.add(
          .missing(use), at: use.place, about: use.object, field: "metadata.namespace[\(use.namespace)]",
          related: Array(others.prefix(shownUses)))
      }
    })

  /// Whether the namespace may be in what a failed build leaves out: that of the object itself, or one for the same remote
  /// cluster.
  private static func isLost(_ use: NamespaceUse, _ context: RuleContext) -> Bool {
    let own = context.cluster.reconciliations[use.reconciliation]
    if !own.problems.isEmpty, own.remainder?.mayHold(use.namespace) ?? true { return true }
    guard use.remote != nil else { return false }
    return context.cluster.reconciliations.contains { reconciliation in
      reconciliation.kind == .kustomization && reconciliation.remoteCluster == use.remote
        && !reconciliation.problems.isEmpty && reconciliation.remainder?.mayHold(use.namespace) ?? true
    }
  }

  /// How many further Kustomizations and HelmReleases that use the namespace are shown.
  private static let shownUses = 3
}

extension Reconciliation {
  /// Whether it takes in objects that would have to be fetched.
  fileprivate var takesInUnseenObjects: Bool {
    remoteBases.contains(where: \.bringsObjects)
  }
}

extension Message {
  fileprivate static func missing(_ use: NamespaceUse) -> Self {
    let others = use.count > 1 ? ", and \(use.count - 1) more with it" : ""
    let place = use.remote.map { " of the cluster that \($0) leads to" } ?? ""
    return Message(
      "\(use.object.id) goes to namespace '\(use.namespace)'\(place), which nothing creates", extent: others,
      help: "Correct the name, or add a Namespace. Where something outside of Flux makes it, say so in .sluice.yaml: "
        + "`externals: {namespaces: [\(use.namespace)]}`.")
  }
}
