import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let serviceAccountNotFound = Rule(
    id: "service-account-not-found", chapter: .tenancy, severity: .error,
    title: "a service account is not in the cluster",
    why: "The controller works in the name of the account: without it every reconciliation is refused.",
    remedy: "Correct the name, or add the ServiceAccount to the object's own namespace.",
    tags: ["reliability", "tenancy"],
    check: .cluster { context, report in
      // One account that is missing is one finding, whoever works in its name.
      var uses: [AccountUse.Key: [AccountUse]] = [:]
      for object in context.facts.fluxObjects {
        for use in AccountUse.all(of: object, in: context) where context.lacks(use) {
          uses[use.key, default: []].append(use)
        }
      }
      for (_, uses) in uses.sorted(by: { $0.key < $1.key }) {
        // Who cannot apply anything shows best what it costs.
        let ordered = uses.filter(\.isApplier) + uses.filter { !$0.isApplier }
        guard let first = ordered.first else { continue }
        let others = ordered.dropFirst()
        report.add(
          context.missing(first, others: others.count), at: first.place, about: first.object, field: first.field,
          related: first.related
            + others.prefix(shownUses).map { RelatedLocation("\($0.object.id) works as it too", at: $0.place.location) },
          cause: first.account.description)
      }
    })

  /// How many further objects that name the account are shown.
  private static let shownUses = 4
}

/// An object and a ServiceAccount in whose name a controller works for it.
private struct AccountUse {
  let object: AppliedObject
  let name: String
  let place: Origin
  let field: String
  /// Whether its objects are applied in the account's name.
  let isApplier: Bool
  var related: [RelatedLocation] = []
  /// The other cluster in which the account must be; nil for the one in which Flux runs.
  var remote: String?

  /// One account of one cluster.
  struct Key: Hashable, Comparable {
    let account: ObjectID
    let remote: String

    static func < (left: Key, right: Key) -> Bool {
      left.account == right.account ? left.remote < right.remote : left.account < right.account
    }
  }

  var key: Key { Key(account: account, remote: remote ?? "") }
  var account: ObjectID { ObjectID(group: "", kind: "ServiceAccount", namespace: object.id.namespace, name: name) }

  /// The accounts that an object names, and the one that a flag names for those that name none.
  static func all(of object: AppliedObject, in context: RuleContext) -> [AccountUse] {
    guard let flux = object.flux else { return [] }
    var named = flux.serviceAccounts.map { reference in
      AccountUse(
        object: object, name: reference.name.value, place: reference.name.origin, field: reference.field,
        isApplier: reference.isApplier(flux))
    }
    guard let applier = Applier(object) else { return named }
    if applier.kubeConfig != nil {
      // It is an account of the cluster that the kubeconfig leads to.
      if let name = applier.serviceAccountName, !name.value.isEmpty,
        let remote = context.reconciliation(of: object.id)?.remoteCluster
      {
        named.append(
          AccountUse(
            object: object, name: name.value, place: name.origin, field: "spec.serviceAccountName", isApplier: true,
            remote: remote))
      }
      return named
    }
    guard !named.contains(where: \.isApplier),
      let standard = context.cluster.settings.defaultServiceAccount[applier.controller], !standard.value.isEmpty
    else { return named }
    let flag = RelatedLocation("--default-service-account names it here", at: standard.location)
    return named + [
      AccountUse(
        object: object, name: standard.value, place: object.manifest.origin, field: "spec.serviceAccountName",
        isApplier: true, related: [flag])
    ]
  }
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
  /// Whether it is known that an account is not there. Every namespace has one called `default`.
  fileprivate func lacks(_ use: AccountUse) -> Bool {
    let id = use.account
    if let remote = use.remote { return id.name != "default" && !isExternal(id) && lacks(id, in: remote) }
    return id.name != "default" && cluster.object(id) == nil && !isExternal(id) && !isInstalled(id)
      && !mayBeUnseen(use)
      && !mayBeInChart(id, for: use.object.id)
  }

  /// Whether something whose objects are not known may bring the account.
  private func mayBeUnseen(_ use: AccountUse) -> Bool {
    let (id, user) = (use.account, use.object.id)
    return facts.mayExistUnseen(id, for: user) && !isSlip(id)
      && facts.mayExistUnseen(id, for: user, except: waiting(for: use))
  }

  /// What cannot bring the account because it starts only when that is there: what works as it too, or depends on who does.
  private func waiting(for use: AccountUse) -> Set<ObjectID> {
    let others = facts.fluxObjects.filter { object in
      guard case .kustomization(let other) = object.flux, object.id.namespace == use.object.id.namespace else {
        return false
      }
      return other.kubeConfig == nil && other.serviceAccountName?.value == use.name
        || use.isApplier && other.dependsOn.contains { $0.value.ref?.id == use.object.id }
    }
    return Set(others.map(\.id))
  }

  /// Whether the repository lays out the accounts of a namespace of another cluster, and this one is not among them.
  private func lacks(_ wanted: ObjectID, in remote: String) -> Bool {
    let there = cluster.inventories.first { $0.remote == remote }?.index.keys.filter { id in
      id.kind == wanted.kind && id.group.isEmpty && id.namespace == wanted.namespace
    }
    return !(there ?? []).isEmpty && there?.contains(wanted) == false
  }

  /// Whether the name is that of an account at hand but for one letter.
  private func isSlip(_ wanted: ObjectID) -> Bool {
    cluster.index.keys.contains { id in
      id.kind == wanted.kind && id.group.isEmpty && id.namespace == wanted.namespace
        && Suggestion.isSlip(wanted.name, of: id.name)
    }
  }

  /// The controllers' own accounts come with the installation, which need not be in the repository.
  private func isInstalled(_ id: ObjectID) -> Bool {
    let controllers = cluster.settings.instances
    if id.name == "flux-operator" { return cluster.hasOperator }
    return id.name.hasSuffix("-controller") && id.namespace == (controllers.first?.namespace ?? "flux-system")
      && (!cluster.settings.areKnown || controllers.contains { $0.component == id.name })
  }

  /// Whether a release whose chart is not at hand may bring the account: charts name theirs after the release.
  /// A release that works as the account cannot bring it; but one of its very name is there where somebody installed the
  /// chart by hand before.
  private func mayBeInChart(_ id: ObjectID, for user: ObjectID) -> Bool {
    cluster.reconciliations.contains { reconciliation in
      guard let release = reconciliation.release, reconciliation.remoteCluster == nil,
        release.releaseNamespace == id.namespace
      else { return false }
      if case .done = reconciliation.outcome { return false }
      if reconciliation.id == user { return [release.releaseName, release.chart].contains(id.name) }
      return id.name.isNamed(after: release.releaseName) || id.name.isNamed(after: release.chart)
    }
  }

  fileprivate func missing(_ use: AccountUse, others: Int) -> Message {
    let id = use.account
    let elsewhere =
      use.remote == nil
      ? cluster.index.keys.filter { $0.kind == id.kind && $0.name == id.name && $0.group.isEmpty }.min() : nil
    let place = use.remote == nil ? "in this cluster" : "in the cluster of its kubeConfig"
    let effect = use.isApplier ? "everything it does will be refused" : "it never gets ready"
    let toll = others == 0 ? "" : ", and so for \(others) more that \(others == 1 ? "works" : "work") as it"
    let hint = elsewhere.map { "; there is one in namespace '\($0.namespace)', but it must be in the object's own" }
    return Message(
      "\(use.object.id) works as \(id), which nothing \(place) creates: \(effect)", extent: toll + (hint ?? ""),
      help:
        "Correct the name, or add the ServiceAccount to namespace '\(id.namespace)'. Where something outside of Flux "
        + "makes it, say so in .sluice.yaml: "
        + "`externals: {serviceAccounts: [{namespace: \(id.namespace), name: \(id.name)}]}`.")
  }
}

extension String {
  /// Whether it is `other`, or begins with it as a name does that was made of it.
  fileprivate func isNamed(after other: String) -> Bool {
    !other.isEmpty && (self == other || hasPrefix(other + "-"))
  }
}
