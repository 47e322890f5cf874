import ClusterModel
import Files
import Kubernetes
import Policies

/// Whose the namespaces of a cluster are, and whether production runs in them: found out once, and asked by every rule for
/// every subject.
struct NamespaceClasses: Sendable {
  /// What is known of one namespace.
  struct Class: Sendable {
    /// Whether what is in it is in production.
    let isProduction: Bool
    /// The tenant that it belongs to; nil when it is the platform's.
    let tenant: String?
  }

  private let facts: ClusterFacts
  private let configuration: Configuration
  private var known: [String: Class] = [:]

  init(_ facts: ClusterFacts, _ configuration: Configuration) {
    self.facts = facts
    self.configuration = configuration
    for object in facts.cluster.objects where known[object.id.namespace] == nil {
      known[object.id.namespace] = found(object.id.namespace)
    }
  }

  /// What is known of a namespace (empty for the cluster scope), also of one that no object is in.
  subscript(namespace: String) -> Class { known[namespace] ?? found(namespace) }

  private func found(_ namespace: String) -> Class {
    let cluster = facts.cluster
    let environment = configuration.environmentClass(
      cluster: cluster.name, path: cluster.entryPoint.path.string, namespace: namespace)
    return Class(
      isProduction: environment == .production,
      tenant: configuration.tenant(ofNamespace: namespace, labelled: facts.labelledTenants[namespace]))
  }
}
