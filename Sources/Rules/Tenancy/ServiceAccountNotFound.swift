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
    check: .flux { subject, context, report in
      let named = subject.value.serviceAccounts
      for reference in named where context.lacks(reference.name.value, subject.id) {
        report.add(
          context.missing(reference.name.value, subject.id, isApplier: reference.isApplier(subject.value)),
          at: reference.name.origin, about: subject.object, field: reference.field)
      }
      // A flag stands in for the field where an object names none.
      guard let applier = Applier(subject.object), applier.kubeConfig == nil,
        !named.contains(where: { $0.isApplier(subject.value) }),
        let standard = context.cluster.settings.defaultServiceAccount[applier.controller],
        !standard.value.isEmpty, context.lacks(standard.value, subject.id)
      else { return }
      report.add(
        context.missing(standard.value, subject.id, isApplier: true), at: subject.object.manifest.origin,
        about: subject.object, field: "spec.serviceAccountName",
        related: [RelatedLocation("--default-service-account names it here", at: standard.location)])
    })
}

extension ServiceAccountReference {
  /// Whether it is the account in whose name objects are applied.
  fileprivate func isApplier(_ object: FluxObject) -> Bool {
    switch object {
    case .kustomization, .helmRelease, .resourceSet: field == "spec.serviceAccountName"
    default: false
    }
  }
}

extension RuleContext {
  private func account(_ name: String, of id: ObjectID) -> ObjectID {
    ObjectID(group: "", kind: "ServiceAccount", namespace: id.namespace, name: name)
  }

  /// Whether it is known that an account is not there. Every namespace has one called `default`.
  fileprivate func lacks(_ name: String, _ user: ObjectID) -> Bool {
    let id = account(name, of: user)
    return name != "default" && cluster.object(id) == nil && !isExternal(id) && !isInstalled(id)
      && !facts.mayExistUnseen(id, for: user) && !mayBeInChart(id)
  }

  /// The controllers' own accounts come with the installation, which need not be in the repository.
  private func isInstalled(_ id: ObjectID) -> Bool {
    let controllers = cluster.settings.instances
    if id.name == "flux-operator" { return cluster.hasOperator }
    return id.name.hasSuffix("-controller") && id.namespace == (controllers.first?.namespace ?? "flux-system")
      && (!cluster.settings.areKnown || controllers.contains { $0.component == id.name })
  }

  /// Whether a release whose chart is not at hand may bring the account: charts name theirs after the release.
  private func mayBeInChart(_ id: ObjectID) -> Bool {
    cluster.reconciliations.contains { reconciliation in
      guard let release = reconciliation.release, reconciliation.remoteCluster == nil,
        release.releaseNamespace == id.namespace
      else { return false }
      if case .done = reconciliation.outcome { return false }
      return id.name.isNamed(after: release.releaseName) || id.name.isNamed(after: release.chart)
    }
  }

  fileprivate func missing(_ name: String, _ user: ObjectID, isApplier: Bool) -> Message {
    let id = account(name, of: user)
    let elsewhere = cluster.index.keys.filter { $0.kind == id.kind && $0.name == name && $0.group.isEmpty }.min()
    let effect = isApplier ? "everything it does will be refused" : "it never gets ready"
    let hint = elsewhere.map { "; there is one in namespace '\($0.namespace)', but it must be in the object's own" }
    return Message(
      "\(user) works as \(id), which nothing in this cluster creates: \(effect)\(hint ?? "")")
  }
}

extension String {
  /// Whether it is `other`, or begins with it as a name does that was made of it.
  fileprivate func isNamed(after other: String) -> Bool {
    !other.isEmpty && (self == other || hasPrefix(other + "-"))
  }
}
