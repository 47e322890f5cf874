import Kubernetes

/// When an object is applied, within what one reconciler applies: a stage begins once the one before is through
/// (fluxcd/pkg/ssa, `ApplyAllStaged`).
public enum ApplyStage: Int, Sendable, Hashable, Comparable {
  /// Definitions of custom resources, Namespaces and ClusterRoles; the next stage waits until they are ready.
  case definitions = 1
  /// Kinds that end in `Class`; the next stage waits until they are ready.
  case classes
  /// The kinds of `--custom-apply-stage-kinds`; the Roles of a ResourceSet.
  case custom
  /// Everything else.
  case rest

  /// The stage of an object.
  /// - Parameter custom: the kinds of `--custom-apply-stage-kinds`.
  public init(of type: GroupVersionKind, custom: Set<String> = []) {
    switch (type.group, type.kind) {
    case ("apiextensions.k8s.io", "CustomResourceDefinition"), ("", "Namespace"),
      ("rbac.authorization.k8s.io", "ClusterRole"):
      self = .definitions
    case (_, let kind) where kind.hasSuffix("Class"): self = .classes
    case (let group, let kind) where custom.contains("\(group)/\(kind)"): self = .custom
    default: self = .rest
    }
  }

  /// In the order of application.
  public static func < (left: ApplyStage, right: ApplyStage) -> Bool { left.rawValue < right.rawValue }
}

extension AppliedObject {
  /// How Flux lists the object in `status.inventory`: `namespace_name_group_kind`. Names of RBAC may hold colons, which
  /// it writes as two underscores.
  public var inventoryID: String {
    let isRole = id.group == "rbac.authorization.k8s.io"
    let name =
      isRole ? id.name.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "__") : id.name
    return "\(id.namespace)_\(name)_\(id.group)_\(id.kind)"
  }
}

extension Cluster {
  /// What a reconciliation applies, stage by stage.
  public func staged(_ reconciliation: Reconciliation) -> [(stage: ApplyStage, object: AppliedObject)] {
    // The flag is kustomize-controller's. The operator always applies Roles before what binds them.
    let custom =
      reconciliation.kind == .resourceSet
      ? ["rbac.authorization.k8s.io/Role"] : Set(settings.customApplyStageKinds?.value ?? [])
    let all = reconciliation.objects.map { position in
      let object = objects[position]
      return (stage: ApplyStage(of: object.manifest.type, custom: custom), object: object)
    }
    // Sorting is not stable by contract.
    return [ApplyStage.definitions, .classes, .custom, .rest].flatMap { stage in all.filter { $0.stage == stage } }
  }
}
