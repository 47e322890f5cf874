import Kubernetes
import YAML

/// What tells the objects of one build apart: kustomize compares type (with the version), name and effective namespace.
struct ResourceID: Sendable, Hashable, CustomStringConvertible {
  /// Group, version and kind.
  var type: GroupVersionKind
  /// The name.
  var name: String
  /// As written; empty where there is none.
  var namespace: String
  /// Whether objects of the type are known to live outside of namespaces.
  var isClusterScoped: Bool

  /// The namespace that stands for the cluster scope.
  static let clusterScope = "_non_namespaceable_"

  /// The namespace for comparisons: none means `default`, and the cluster scope has a name of its own.
  var effectiveNamespace: String {
    if isClusterScoped { return Self.clusterScope }
    return namespace.isEmpty ? "default" : namespace
  }

  /// Whether this names the same object as `other`: a namespace that is not written is `default`.
  static func == (left: ResourceID, right: ResourceID) -> Bool {
    left.name == right.name && left.type == right.type && left.effectiveNamespace == right.effectiveNamespace
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(type.kind)
    hasher.combine(effectiveNamespace)
  }

  /// Whether type and name are the same, in whatever namespace.
  func hasTypeAndName(of other: ResourceID) -> Bool {
    name == other.name && type == other.type
  }

  /// `Deployment.v1.apps/web.shop`, as kustomize writes it.
  var description: String {
    let shownName = name.isEmpty ? "[noName]" : name
    let shownNamespace = namespace.isEmpty ? "[noNs]" : namespace
    return "\(type.kustomizeName)/\(shownName).\(shownNamespace)"
  }
}

extension ResourceID {
  /// The identity that `node` has.
  init(of node: Node, schema: Schema) {
    let kind = node["kind"]?.scalar?.text ?? ""
    var type = GroupVersionKind(firstSlashIn: node["apiVersion"]?.scalar?.text ?? "")
    type.kind = kind
    let metadata = node["metadata"]
    self.init(
      type: type, name: metadata?["name"]?.identifyingText ?? "",
      namespace: metadata?["namespace"]?.identifyingText ?? "",
      isClusterScoped: schema.isCertainlyClusterScoped(type))
  }
}

extension Node {
  /// The text of a name; nothing for a null.
  fileprivate var identifyingText: String {
    guard let scalar, !scalar.isNull else { return "" }
    return scalar.text
  }
}

extension GroupVersionKind {
  /// `Deployment.v1.apps`, as kustomize writes it in its messages.
  var kustomizeName: String {
    let parts = [kind.isEmpty ? "[noKind]" : kind, version.isEmpty ? "[noVer]" : version]
    return (parts + [group.isEmpty ? "[noGrp]" : group]).joined(separator: ".")
  }

  /// Whether `selector`, whose empty parts stand for anything, selects this type.
  func isSelected(by selector: GroupVersionKind) -> Bool {
    (selector.group.isEmpty || selector.group == group) && (selector.version.isEmpty || selector.version == version)
      && (selector.kind.isEmpty || selector.kind == kind)
  }
}
