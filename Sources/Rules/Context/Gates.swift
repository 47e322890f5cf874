import ClusterModel
import Flux
import Kubernetes

/// Who relies on a Kustomization's being ready, and whether that tells anything.
extension RuleContext {
  /// Those that depend on a Kustomization, by their edges, and would begin before its objects run if it does not wait for
  /// them.
  func earlyStarters(after kustomization: ObjectID) -> [Graph.Edge] {
    guard let node = cluster.graph.node(kustomization) else { return [] }
    // In a circle nobody starts.
    let graph = cluster.graph
    let needs = graph.requirements(of: node, [.dependsOn])
    let edges = graph.neededBy(node).filter { edge in
      edge.kind == .dependsOn && edge.from != node && !needs.contains(edge.from)
        && !cluster.isContentWithPresence(edge)
    }
    guard !edges.isEmpty, !isReadyAtOnce(kustomization),
      // To wait for what it makes itself, which waits for it, would lock both.
      !edges.contains(where: { makes(cluster.graph.nodes[$0.from], kustomization) })
    else { return [] }
    return edges
  }

  /// What a Kustomization makes, directly or in turn, although it depends on it: to wait for that would lock both.
  func ownDependents(of kustomization: ObjectID) -> [ObjectID] {
    guard let node = cluster.graph.node(kustomization) else { return [] }
    return cluster.graph.neededBy(node).filter { $0.kind == .dependsOn && $0.from != node }
      .map { cluster.graph.nodes[$0.from] }.filter { makes($0, kustomization) }
  }

  /// Whether a Kustomization applies an object, directly or in turn.
  func makes(_ object: ObjectID, _ maker: ObjectID) -> Bool {
    guard let node = cluster.graph.node(maker), let made = cluster.graph.node(object) else { return false }
    return cluster.graph.requirements(of: made, [.appliedBy]).contains(node)
  }

  /// Whether a Kustomization itself applies the object that a health check names.
  func applies(_ reference: ObjectRef, _ own: Reconciliation) -> Bool {
    own.objects.contains { index in
      let id = cluster.objects[index].id
      return id.kind == reference.kind && id.group == reference.group && id.name == reference.name
        && (id.namespace.isEmpty || id.namespace == reference.namespace)
    }
  }

  /// Whether it is known that a Kustomization applies none of the objects that its health checks name.
  func applies(noneOf references: [ObjectRef], _ kustomization: ObjectID) -> Bool {
    guard let own = reconciliation(of: kustomization), case .done = own.outcome else { return false }
    return !references.contains { applies($0, own) }
  }

  /// Whether all that a Kustomization applies is ready as soon as it is accepted, or is waited for by whoever uses it, as
  /// sources are. Of one that fails, which is reported, only what is left of it is known.
  private func isReadyAtOnce(_ id: ObjectID) -> Bool {
    guard let own = reconciliation(of: id) else { return false }
    switch own.outcome {
    case .done: if own.objects.isEmpty { return false }
    case .failed: break
    case .pathMissing: return true
    case .gap:
      guard case .missing = own.source else { return false }
      return true
    }
    let kinds: Set = [
      "ConfigMap", "Secret", "Namespace", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding",
      "NetworkPolicy", "LimitRange", "ResourceQuota", "StorageClass", "PriorityClass", "IngressClass", "RuntimeClass",
      "VolumeSnapshotClass", "NetworkAttachmentDefinition",
    ]
    return own.objects.map { cluster.objects[$0] }.allSatisfy {
      kinds.contains($0.id.kind) || $0.flux?.kind.isSource == true
    }
  }
}
