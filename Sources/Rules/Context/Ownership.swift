import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// How a reconciler treats what it applies.
extension Reconciliation {
  /// What tells the cluster it applies to; empty for the cluster it runs in.
  var target: String { remoteCluster ?? "" }

  /// Whether it deletes what it no longer applies. Helm always does.
  var prunes: Bool {
    if case .kustomization(let value) = definition { value.prune?.value ?? false } else { isRelease }
  }

  /// The place that decides whether it prunes.
  var prunePlace: Location {
    if case .kustomization(let value) = definition, let prune = value.prune { prune.origin.location } else { location }
  }
}

/// How an object wants to be treated (labels or annotations, as kustomize-controller reads them).
extension AppliedObject {
  private func setting(_ key: String) -> Field<String>? {
    let metadata = manifest.node["metadata"]
    let node = metadata?["annotations"]?[key] ?? metadata?["labels"]?[key]
    return node.flatMap { node in node.scalar.map { Field($0.text, origin: node.origin) } }
  }

  private func kustomizeSetting(_ name: String) -> String {
    setting("kustomize.toolkit.fluxcd.io/\(name)")?.value.lowercased() ?? ""
  }

  /// Whether its reconciler leaves it alone, or shares it with others by its own wish.
  var isShared: Bool {
    kustomizeSetting("reconcile") == "disabled"
      || ["ifnotpresent", "merge", "ignore"].contains(kustomizeSetting("ssa"))
  }

  /// Whether its reconciler never applies it: kustomize-controller leaves such objects out before it applies any.
  ///
  /// Source: `shouldSkipApply` of github.com/fluxcd/pkg/ssa, with the exclusions that kustomize-controller gives.
  func isLeftAlone(by reconciliation: Reconciliation) -> Bool {
    guard !reconciliation.isRelease else { return false }
    return kustomizeSetting("reconcile") == "disabled" || kustomizeSetting("ssa") == "ignore"
  }

  /// Whether its reconciler keeps it when it no longer applies it: kustomize-controller and Helm have a setting each.
  func isKept(by reconciliation: Reconciliation) -> Bool {
    if reconciliation.isRelease { return setting("helm.sh/resource-policy")?.value == "keep" }
    return kustomizeSetting("prune") == "disabled" || kustomizeSetting("reconcile") == "disabled"
      || kustomizeSetting("ssa") == "ignore"
  }
}
