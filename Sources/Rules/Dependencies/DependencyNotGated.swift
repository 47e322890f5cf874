import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let dependencyNotGated = Rule(
    id: "dependency-not-gated", chapter: .dependencies, severity: .warning,
    title: "others depend on a Kustomization that is ready too early",
    why: """
      Without `wait` or `healthChecks` a Kustomization is ready as soon as its objects are accepted: what depends on it \
      starts before they run, and fails until they do.
      """,
    remedy: "Set `wait: true` on it, or name what the others need in its `healthChecks`.",
    check: .kustomization { subject, context, report in
      guard subject.value.wait?.value != true, subject.value.healthChecks.isEmpty,
        let node = context.cluster.graph.node(subject.id)
      else { return }
      // A `readyExpr` may look at more than readiness.
      let edges = context.cluster.graph.neededBy(node).filter { $0.kind == .dependsOn && $0.from != node }
      guard let first = edges.first, !context.isReadyAtOnce(subject.id),
        // To wait for what it makes itself, which waits for it, would lock both.
        !edges.contains(where: { context.makes(context.cluster.graph.nodes[$0.from], subject.id) })
      else { return }
      let names = edges.map { context.cluster.graph.nodes[$0.from] }
      let manifest = subject.object.manifest
      report.add(
        .ungated(subject.id, names), at: subject.value.wait?.origin ?? manifest.origin, about: subject.object,
        field: "spec.wait",
        related: [RelatedLocation("needed by \(Listing.of(names.map(\.description)))", at: first.location)])
    })
}

extension RuleContext {
  /// Whether all that a Kustomization applies is ready as soon as it is accepted, or is waited for by whoever uses it, as
  /// sources are.
  fileprivate func isReadyAtOnce(_ id: ObjectID) -> Bool {
    guard let own = reconciliation(of: id), case .done = own.outcome, !own.objects.isEmpty else { return false }
    let kinds: Set = [
      "ConfigMap", "Secret", "Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
      "NetworkPolicy", "LimitRange", "ResourceQuota", "StorageClass", "PriorityClass", "IngressClass", "RuntimeClass",
      "VolumeSnapshotClass", "NetworkAttachmentDefinition",
    ]
    return own.objects.map { cluster.objects[$0] }.allSatisfy {
      kinds.contains($0.id.kind) || $0.flux?.kind.isSource == true
    }
  }

  /// Whether a Kustomization applies an object, directly or in turn.
  fileprivate func makes(_ object: ObjectID, _ maker: ObjectID) -> Bool {
    guard let node = cluster.graph.node(maker), let made = cluster.graph.node(object) else { return false }
    return cluster.graph.dependents(of: [node], [.appliedBy]).contains(made)
  }
}

extension Message {
  fileprivate static func ungated(_ id: ObjectID, _ others: [ObjectID]) -> Self {
    Message(
      "\(id) neither waits nor checks health, so it is ready before its objects are, and "
        + "\(Listing.of(others.map(\.description), atMost: 3)) \(others.count == 1 ? "depends" : "depend") on it")
  }
}
