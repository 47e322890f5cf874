import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

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
      let unused = missing.isEmpty ? [:] : context.unusedNamespaces
      for (use, others) in zip(missing, related) {
        let written = context.nearest(unused[use.namespace] ?? [])
        let hint = written.map { [RelatedLocation("the Namespace is written here", at: $0.origin.location)] }
        report.add(
          .missing(use, written?.origin.file.path), at: use.place, about: use.object,
          field: "metadata.namespace[\(use.namespace)]", related: (hint ?? []) + others.prefix(shownUses))
      }
    })

  /// Whether the namespace may be in what a failed build leaves out: that of the user itself, or any for the same remote
  /// cluster.
  private static func isLost(_ use: NamespaceUse, _ context: RuleContext) -> Bool {
    let all = context.cluster.reconciliations
    guard use.remote != nil else { return all[use.reconciliation].mayHaveLost(use.namespace) }
    return all.contains { reconciliation in
      reconciliation.kind == .kustomization && reconciliation.remoteCluster == use.remote
        && reconciliation.mayHaveLost(use.namespace)
    }
  }

  /// How many further Kustomizations and HelmReleases that use the namespace are shown.
  private static let shownUses = 3
}

extension Reconciliation {
  /// Whether its build fails, and an object of this name may be in what that leaves out.
  fileprivate func mayHaveLost(_ name: String) -> Bool {
    !problems.isEmpty && remainder?.mayHold(name) ?? true
  }

  /// Whether it takes in objects that would have to be fetched.
  fileprivate var takesInUnseenObjects: Bool {
    remoteBases.contains(where: \.bringsObjects)
  }
}

extension RuleContext {
  /// The Namespaces in files that no cluster takes in, by name.
  fileprivate var unusedNamespaces: [String: [Manifest]] {
    let written = model.files.filter(\.clusters.isEmpty).flatMap(\.documents).compactMap { Manifest($0.root) }
    return Dictionary(grouping: written.filter { $0.kind == "Namespace" && $0.apiVersion == "v1" }, by: \.name)
  }

  /// Of several, the one whose folders are most like those of this cluster, if there is one.
  fileprivate func nearest(_ written: [Manifest]) -> Manifest? {
    let own = Set(cluster.entryPoint.path.string.split(separator: "/"))
    let ranked = written.map { manifest in
      (manifest: manifest, rank: own.intersection(manifest.origin.file.path.split(separator: "/")).count)
    }.sorted { $0.rank > $1.rank }
    guard let best = ranked.first, ranked.count == 1 || ranked[1].rank < best.rank else { return nil }
    return best.manifest
  }
}

extension Message {
  fileprivate static func missing(_ use: NamespaceUse, _ path: String?) -> Self {
    let others = use.count > 1 ? ", and \(use.count - 1) more with it" : ""
    let place = use.remote.map { " of the cluster that \($0) leads to" } ?? ""
    let fact = "\(use.object.id) goes to namespace '\(use.namespace)'\(place), which nothing creates"
    if let path {
      return Message(
        fact, extent: "\(others); it is written in \(path), but nothing in a cluster takes that file in",
        help: "Add \(path) to the resources of a kustomization that the cluster reconciles.")
    }
    return Message(
      fact, extent: others,
      help: "Correct the name, or add a Namespace. Where something outside of Flux makes it, say so in .sluice.yaml: "
        + "`externals: {namespaces: [\(use.namespace)]}`.")
  }
}
