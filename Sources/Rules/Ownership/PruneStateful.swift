import ClusterModel
import Diagnostics
import Kubernetes
import YAML

extension Rule {
  static let pruneStateful = Rule(
    id: "prune-stateful", chapter: .ownership, severity: .warning,
    title: "pruning can delete what holds data",
    why: """
      A renamed folder or a lost line is enough, and Flux deletes the object: a Namespace takes all that is in it along, a \
      definition all objects of its type, a claim its volume.
      """,
    remedy: "Annotate the object with `kustomize.toolkit.fluxcd.io/prune: disabled`.",
    parameters: [kinds.signature],
    check: .object { object, context, report in
      let owner = context.cluster.reconciliations[object.reconciliation]
      guard owner.kind == .kustomization, owner.prunes, context[kinds].contains(object.id.kind),
        !object.isProtectedFromPruning, !object.isShared
      else { return }
      report.add(
        .unprotected(object.id, owner.id), at: object.manifest.node["kind"]?.origin ?? object.manifest.origin,
        about: object, field: "metadata.annotations",
        related: [RelatedLocation("\(owner.id) prunes", at: owner.prunePlace)])
    })

  private static let kinds = Parameter(
    "kinds", default: ["Namespace", "CustomResourceDefinition", "PersistentVolumeClaim", "PersistentVolume"],
    "Kinds whose objects hold data, or take others along.")
}

extension Message {
  fileprivate static func unprotected(_ id: ObjectID, _ owner: ObjectID) -> Self {
    Message("\(id) is deleted when it leaves \(owner), with all that it holds")
  }
}
