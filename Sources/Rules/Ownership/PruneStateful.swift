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
        !object.isKept(by: owner), !context.facts.isMadeUp(owner, in: context.cluster),
        // Its own namespace and definitions come with every bootstrap, in a file that nobody edits.
        object.manifest.label("app.kubernetes.io/part-of") != "flux",
        !object.isImmortal, !object.keepsItsData, !context.cluster.volumes(of: object).contains(where: \.keepsItsData)
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

extension AppliedObject {
  /// Whether the API server refuses to delete it (its admission plugin NamespaceLifecycle).
  fileprivate var isImmortal: Bool {
    id.kind == "Namespace" && ["default", "kube-system", "kube-public"].contains(id.name)
  }

  /// Whether it is a volume whose data stays where it is when the object is deleted: it says so, or nothing could delete
  /// what is on such a volume.
  fileprivate var keepsItsData: Bool {
    guard id.kind == "PersistentVolume", id.group.isEmpty else { return false }
    let spec = manifest.node["spec"]
    return spec?["persistentVolumeReclaimPolicy"]?.scalar?.text != "Delete"
      || ["nfs", "local", "iscsi", "fc"].contains { spec?[$0] != nil }
  }
}

extension Cluster {
  /// The volumes in the repository that a claim asks for, by name or by a class of their own.
  fileprivate func volumes(of claim: AppliedObject) -> [AppliedObject] {
    guard claim.id.kind == "PersistentVolumeClaim" else { return [] }
    let name = claim.manifest.node[path: "spec", "volumeName"]?.scalar?.text
    let storageClass = claim.manifest.node[path: "spec", "storageClassName"]?.scalar?.text ?? ""
    return objects.filter { volume in
      guard volume.id.kind == "PersistentVolume", volume.id.group.isEmpty else { return false }
      if let name, !name.isEmpty { return volume.id.name == name }
      return !storageClass.isEmpty
        && volume.manifest.node[path: "spec", "storageClassName"]?.scalar?.text == storageClass
    }
  }
}

extension Message {
  fileprivate static func unprotected(_ id: ObjectID, _ owner: ObjectID) -> Self {
    let loss =
      switch id.kind {
      case "Namespace": ", and everything in it,"
      case "CustomResourceDefinition": ", and every object of that kind,"
      case "PersistentVolumeClaim": ", and with it usually the volume's data,"
      default: ", with all that it holds,"
      }
    return Message("Flux deletes \(id)\(loss) as soon as", extent: " \(owner) no longer contains it")
  }
}
