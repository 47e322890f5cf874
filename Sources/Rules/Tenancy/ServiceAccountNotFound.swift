import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let serviceAccountNotFound = Rule(
    id: "service-account-not-found", chapter: .tenancy, severity: .error,
    title: "a service account is not in the cluster",
    why: "The controller works in the name of the account: without it every reconciliation is refused.",
    remedy: "Correct the name, or add the ServiceAccount to the object's own namespace.",
    tags: ["reliability", "tenancy"],
    check: .applier { applier, context, report in
      let written = applier.serviceAccountName.flatMap { $0.value.isEmpty ? nil : $0 }
      let standard = context.cluster.settings.defaultServiceAccount[applier.controller]
      guard let name = written?.value ?? standard?.value, !name.isEmpty, name != "default",
        applier.kubeConfig == nil
      else { return }
      let id = ObjectID(group: "", kind: "ServiceAccount", namespace: applier.id.namespace, name: name)
      guard context.cluster.object(id) == nil, !context.isExternal(id), !isControllers(id, context),
        !context.facts.mayExistUnseen(id, for: applier.id), !mayComeWithChart(id, context)
      else { return }
      let elsewhere = context.cluster.index.keys.filter {
        $0.kind == id.kind && $0.name == id.name && $0.group.isEmpty
      }.sorted().first
      let flag = written == nil ? standard : nil
      report.add(
        .missing(applier.id, id, elsewhere), at: written?.origin ?? applier.object.manifest.origin,
        about: applier.object, field: "spec.serviceAccountName",
        related: flag.map { [RelatedLocation("--default-service-account names it here", at: $0.location)] } ?? [])
    })

  /// The accounts of the controllers and of the operator come with the installation, which need not be in the repository.
  private static func isControllers(_ id: ObjectID, _ context: RuleContext) -> Bool {
    guard id.namespace == "flux-system" else { return false }
    if id.name == "flux-operator" { return context.cluster.hasOperator }
    return !context.cluster.settings.areKnown && id.name.hasSuffix("-controller")
  }

  /// Whether a release whose chart is not at hand may bring the account: charts name theirs after the release.
  private static func mayComeWithChart(_ id: ObjectID, _ context: RuleContext) -> Bool {
    context.cluster.reconciliations.contains { reconciliation in
      guard let release = reconciliation.release, reconciliation.remoteCluster == nil,
        release.releaseNamespace == id.namespace
      else { return false }
      if case .done = reconciliation.outcome { return false }
      return id.name.isNamed(after: release.releaseName) || id.name.isNamed(after: release.chart)
    }
  }
}

extension String {
  /// Whether it is `other`, or begins with it as a name does that was made of it.
  fileprivate func isNamed(after other: String) -> Bool {
    !other.isEmpty && (self == other || hasPrefix(other + "-"))
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ account: ObjectID, _ elsewhere: ObjectID?) -> Self {
    let hint = elsewhere.map { "; there is one in namespace '\($0.namespace)', but it must be in the object's own" }
    return Message(
      "\(id) works as \(account), which nothing in this cluster creates: everything it does will be refused"
        + (hint ?? ""))
  }
}
