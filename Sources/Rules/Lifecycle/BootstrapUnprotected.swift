import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

extension Rule {
  static let bootstrapUnprotected = Rule(
    id: "bootstrap-unprotected", chapter: .lifecycle, severity: .warning,
    title: "the root Kustomization of a cluster can delete what the cluster runs, or Flux is not in the repository",
    why: """
      Deleting the root Kustomization with `prune: true` deletes all that it applied, Flux itself and every other \
      Kustomization included. And a Flux that is not in the repository is not upgraded, patched or restored from it.
      """,
    remedy:
      "Set `deletionPolicy: Orphan` on the root (where `flux bootstrap` wrote it, by a patch in the kustomization "
      + "file beside `gotk-sync.yaml`), and keep `gotk-components.yaml` beside it.",
    check: .cluster { context, report in
      let cluster = context.cluster
      guard cluster.entryPoint.kind == .bootstrap else { return }
      for reconciliation in cluster.reconciliations
      where reconciliation.kind == .kustomization && reconciliation.isRoot(of: cluster) {
        guard let root = cluster.object(reconciliation.id), case .kustomization(let value)? = reconciliation.definition
        else { continue }
        if let prune = value.prune, prune.value, value.deletionPolicy?.value != "Orphan" {
          report.add(
            .prunes(root.id, isGenerated: root.isWrittenByBootstrap), at: prune.origin, about: root, field: "spec.prune"
          )
        }
        // Only a root that was built shows all that comes with it.
        if case .done = reconciliation.outcome, !cluster.settings.areKnown, !cluster.fetchesFlux {
          let missed = MissedInstallation.find(for: root, of: cluster, in: context.model)
          report.add(
            .withoutFlux(root.id, missed),
            at: missed?.kustomization?.resources ?? root.manifest.origin.location, about: root.reference,
            field: "spec.path",
            related: missed.map { [RelatedLocation("Flux's controllers are here", at: $0.controller)] }
              ?? root.manifest.origin.trace + root.trace)
        }
      }
    })
}

extension Reconciliation {
  /// Whether it reconciles the folder that a cluster was found by, from this repository.
  fileprivate func isRoot(of cluster: Cluster) -> Bool {
    folder == cluster.entryPoint.path
  }
}

extension AppliedObject {
  /// Whether `flux bootstrap` wrote it, and does so again at the next upgrade.
  var isWrittenByBootstrap: Bool { manifest.origin.location.file.path.hasSuffix("gotk-sync.yaml") }
}

extension Cluster {
  /// Whether a source brings Flux's own manifests, its chart or its operator: an upgrade is a commit then, too.
  fileprivate var fetchesFlux: Bool {
    fluxObjects.contains { object in
      if case .fluxInstance = object.flux { return true }
      guard var address = object.flux?.sourceURL?.value else { return false }
      if address.hasSuffix(".git") { address = String(address.dropLast(4)) }
      return ["/fluxcd/flux2", "/flux-manifests", "/charts/flux2", "/flux-operator"].contains(where: address.hasSuffix)
    }
  }
}

extension Message {
  fileprivate static func prunes(_ id: ObjectID, isGenerated: Bool) -> Self {
    Message(
      "deleting \(id) deletes all that the cluster runs: it has `prune: true` and no `deletionPolicy: Orphan`",
      help: isGenerated
        ? "Set `deletionPolicy: Orphan`, by a patch in the kustomization file beside `gotk-sync.yaml`."
        : "Set `deletionPolicy: Orphan` beside `prune`.")
  }

  fileprivate static func withoutFlux(_ id: ObjectID, _ missed: MissedInstallation?) -> Self {
    guard let missed else {
      return Message(
        "\(id) does not apply Flux itself: its manifests are not in the repository",
        help: "Keep `gotk-components.yaml` beside `gotk-sync.yaml`, as `flux bootstrap` writes it.")
    }
    guard let kustomization = missed.kustomization else {
      return Message(
        "\(id) does not apply Flux itself: its manifests in \(missed.file) are not in what it builds",
        help: "Take \(missed.file) in by a kustomization that it builds.")
    }
    return Message(
      "\(id) does not apply Flux itself: \(kustomization.path) does not take in \(missed.file)",
      help: "Add `\(kustomization.entry)` to its `resources`.")
  }
}
