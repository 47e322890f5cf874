import Diagnostics

/// What makes an object the same object in one cluster, whatever version of its API it is written in.
public struct ObjectID: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Empty for the core group.
  public var group: String
  /// Such as `Deployment`.
  public var kind: String
  /// Empty in the cluster scope.
  public var namespace: String
  /// The name.
  public var name: String

  /// An identity by its parts.
  public init(group: String, kind: String, namespace: String, name: String) {
    self.group = group
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `Kind/namespace/name`, or `Kind/name` in the cluster scope.
  public var description: String {
    namespace.isEmpty ? "\(kind)/\(name)" : "\(kind)/\(namespace)/\(name)"
  }

  /// By kind, namespace, name, then group: the order in which people look for things.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.kind, left.namespace, left.name, left.group) < (right.kind, right.namespace, right.name, right.group)
  }
}
