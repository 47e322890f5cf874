import Diagnostics
import YAML

/// A Kubernetes object: a mapping with `apiVersion`, `kind` and `metadata.name`.
public struct Manifest: Sendable {
  /// The whole object.
  public var node: Node

  /// An object; nil when `node` has no `apiVersion` or `kind`.
  public init?(_ node: Node) {
    guard node["apiVersion"]?.scalar != nil, node["kind"]?.scalar != nil else { return nil }
    self.node = node
  }

  /// Group, version and kind.
  public var type: GroupVersionKind {
    GroupVersionKind(apiVersion: apiVersion, kind: kind)
  }

  /// As written.
  public var apiVersion: String { node["apiVersion"]?.scalar?.text ?? "" }
  /// As written.
  public var kind: String { node["kind"]?.scalar?.text ?? "" }
  /// `metadata.name`; empty when there is none.
  public var name: String { node[path: "metadata", "name"]?.scalar?.text ?? "" }
  /// `metadata.namespace`; empty when there is none.
  public var namespace: String { node[path: "metadata", "namespace"]?.scalar?.text ?? "" }

  /// The value of a label; nil when it is not set.
  public func label(_ key: String) -> String? { node[path: "metadata", "labels", key]?.scalar?.text }
  /// The value of an annotation; nil when it is not set.
  public func annotation(_ key: String) -> String? { node[path: "metadata", "annotations", key]?.scalar?.text }

  /// The identity of the object as written, without a default for its namespace.
  public var id: ObjectID {
    ObjectID(group: type.group, kind: kind, namespace: namespace, name: name)
  }

  /// The name for readers of a report.
  public var reference: ObjectReference {
    ObjectReference(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
  }

  /// Where the name stands, or the object when it has none: what to point at when the object as a whole is meant.
  public var origin: Origin { node[path: "metadata", "name"]?.origin ?? node.origin }
}
