import Diagnostics
import Kubernetes
import YAML

/// `namespace:` of a kustomization.
package struct NamespaceTransformer: Sendable {
  /// Which subjects of role bindings get the namespace.
  package enum Subjects: String, Sendable, Hashable {
    /// Those named `default`.
    case defaultOnly
    /// All service accounts.
    case allServiceAccounts
    /// None.
    case none
  }

  /// The namespace to set.
  package var namespace: String
  /// Further fields than `metadata.namespace`.
  package var fields: [FieldSpec]
  /// Which subjects get it.
  package var subjects: Subjects
  /// Whether fields that have a value keep it.
  package var onlyUnset: Bool
  /// Where the namespace is written.
  package var origin: Origin

  /// A namespace, written at `origin`.
  package init(
    _ namespace: String, fields: [FieldSpec], subjects: Subjects = .defaultOnly, onlyUnset: Bool = false, origin: Origin
  ) {
    self.namespace = namespace
    self.fields = fields
    self.subjects = subjects
    self.onlyUnset = onlyUnset
    self.origin = origin
  }

  private static let ownNamespace = FieldSpec("metadata/namespace", create: true)

  /// Sets the namespace.
  package func apply(to object: inout Node, schema: Schema) throws(KustomizeError) {
    let apiVersion = object["apiVersion"]?.comparableText ?? ""
    let kind = object["kind"]?.comparableText ?? ""
    let isRoleBinding = Self.isRoleBinding(kind)
    if !schema.isCertainlyClusterScoped(GroupVersionKind(apiVersion: apiVersion, kind: kind)) {
      try visit(Self.ownNamespace, of: &object)
    }
    if isRoleBinding { try setSubjects(of: &object) }
    for field in fields where field.path != "metadata/namespace" {
      // The name of a Namespace is one, that of another group's type with the same name is not.
      if field.path == "metadata/name", apiVersion != "v1" { continue }
      if isRoleBinding, Self.isRoleBinding(field.type.kind), field.path == "subjects/namespace" { continue }
      do throws(KustomizeError) {
        try visit(field, of: &object)
      } catch {
        var error = error
        error.text = "namespace transformation failed: \(error.text)"
        throw error
      }
    }
  }

  private static func isRoleBinding(_ kind: String) -> Bool {
    kind == "RoleBinding" || kind == "ClusterRoleBinding"
  }

  private func visit(_ field: FieldSpec, of object: inout Node) throws(KustomizeError) {
    try field.visit(&object, creating: .scalar(.string), origin: origin) { (node: inout Node) throws(KustomizeError) in
      try set(&node)
    }
  }

  private func set(_ node: inout Node) throws(KustomizeError) {
    if onlyUnset, !node.isNull, !node.comparableText.isEmpty { return }
    try node.setScalar(namespace, tag: .string, origin: origin)
  }

  private func setSubjects(of object: inout Node) throws(KustomizeError) {
    guard subjects != .none, let list = object["subjects"], !list.isNull else { return }
    guard list.sequence != nil else {
      throw KustomizeError(
        .field, "setting namespace on (cluster)role binding subjects: 'subjects' is not a list",
        at: list.origin.location)
    }
    _ = try object.withMapping { (mapping: inout Mapping) throws(KustomizeError) in
      _ = try mapping.withValue(of: "subjects") { (list: inout Node) throws(KustomizeError) in
        _ = try list.withSequence { (items: inout [Node]) throws(KustomizeError) in
          for index in items.indices { try setSubject(&items[index]) }
        }
      }
    }
  }

  private func setSubject(_ subject: inout Node) throws(KustomizeError) {
    let (key, wanted) = subjects == .defaultOnly ? ("name", "default") : ("kind", "ServiceAccount")
    guard subject[key]?.scalar?.text == wanted else { return }
    _ = try subject.withMapping { (mapping: inout Mapping) throws(KustomizeError) in
      if mapping["namespace"] == nil { mapping.set("namespace", Node(scalar: Scalar(""), origin: origin)) }
      _ = try mapping.withValue(of: "namespace") { (node: inout Node) throws(KustomizeError) in try set(&node) }
    }
  }
}
