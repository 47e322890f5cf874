import ClusterModel
import Kubernetes

/// The name of an object as people type it: `Kind/namespace/name`, or `Kind/name` for any namespace.
public struct ObjectQuery: Sendable, Hashable {
  /// The kind in lower case, short names spelled out.
  public var kind: String
  /// Nil for any.
  public var namespace: String?
  /// The name.
  public var name: String

  /// Reads a name; nil when it has no kind or too many parts.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard (2...3).contains(parts.count), parts.allSatisfy({ !$0.isEmpty }), let name = parts.last else { return nil }
    kind = Self.shortNames[parts[0].lowercased()] ?? parts[0].lowercased()
    namespace = parts.count == 3 ? parts[1] : nil
    self.name = name
  }

  /// The names that kubectl takes for Flux's kinds and the most common others.
  private static let shortNames = [
    "ks": "kustomization", "hr": "helmrelease", "gitrepo": "gitrepository", "ocirepo": "ocirepository",
    "helmrepo": "helmrepository", "hc": "helmchart", "deploy": "deployment", "svc": "service", "cm": "configmap",
    "ns": "namespace", "sa": "serviceaccount", "sts": "statefulset", "ds": "daemonset", "ing": "ingress",
    "crd": "customresourcedefinition", "pvc": "persistentvolumeclaim",
  ]

  /// Whether `id` is meant.
  public func matches(_ id: ObjectID) -> Bool {
    id.kind.lowercased() == kind && id.name == name && (namespace == nil || id.namespace == namespace)
  }
}
