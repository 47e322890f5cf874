import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmCreateNamespace = Rule(
    id: "helm-create-namespace", chapter: .helmReleases, severity: .info,
    title: "a release creates the namespace it goes to",
    why: """
      A namespace that Helm makes on the way has no labels, no policies and no quota, belongs to nobody, and is not \
      removed with the release.
      """,
    remedy: "Let a Kustomization apply the namespace, and take `createNamespace` out.",
    check: .helmRelease { subject, context, report in
      // Without a target namespace the controller ignores it.
      guard let create = subject.value.install?.value.createNamespace, create.value,
        let target = subject.value.targetNamespace
      else { return }
      let owner = owner(of: target.value, for: subject.id, context)
      report.add(
        owner.map { .repeats(subject.id, target.value, $0.owner) } ?? .creates(subject.id, target.value),
        at: create.origin, about: subject.object, field: "spec.install.createNamespace",
        related: owner.map { [RelatedLocation("the namespace is here", at: $0.place)] } ?? [])
    })

  /// What applies the namespace to the cluster that a release goes to, beside the release.
  private static func owner(
    of namespace: String, for release: ObjectID, _ context: RuleContext
  ) -> (owner: ObjectID, place: Location)? {
    let remote = context.reconciliation(of: release)?.remoteCluster
    let id = ObjectID(group: "", kind: "Namespace", namespace: "", name: namespace)
    let inventory = context.cluster.inventories.first { $0.remote == remote }
    for position in inventory?.index[id] ?? [] {
      let object = context.cluster.objects[position]
      let owner = context.cluster.reconciliations[object.reconciliation]
      if owner.kind == .kustomization { return (owner.id, object.manifest.origin.location) }
    }
    return nil
  }
}

extension Message {
  fileprivate static func creates(_ id: ObjectID, _ namespace: String) -> Self {
    Message("\(id) creates namespace '\(namespace)' on the way, without labels, policies or quota")
  }

  fileprivate static func repeats(_ id: ObjectID, _ namespace: String, _ owner: ObjectID) -> Self {
    Message(
      "\(id) may create namespace '\(namespace)', which \(owner) applies: if the release is first, there are no "
        + "labels, policies or quota yet",
      help: "Take `createNamespace` out: the namespace has an owner.")
  }
}
