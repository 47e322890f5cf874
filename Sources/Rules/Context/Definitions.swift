import ClusterModel
import Kubernetes
import YAML

/// The custom types of a cluster, by the definitions that are applied to it.
struct Definitions {
  /// A group and a kind.
  struct TypeName: Hashable {
    var group: String
    var kind: String
  }

  /// The definitions of each type: indices into the cluster's objects.
  private(set) var byType: [TypeName: [Int]] = [:]

  /// - Parameter remote: the remote cluster that is meant; nil for the one in which Flux runs.
  init(_ cluster: Cluster, remote: String? = nil) {
    for (position, object) in cluster.objects.enumerated()
    where object.id.kind == "CustomResourceDefinition" && object.id.group == "apiextensions.k8s.io" {
      let spec = object.manifest.node["spec"]
      guard let group = spec?["group"]?.scalar?.text, let kind = spec?[path: "names", "kind"]?.scalar?.text,
        cluster.reconciliations[object.reconciliation].remoteCluster == remote
      else { continue }
      byType[TypeName(group: group, kind: kind), default: []].append(position)
    }
  }

  /// Where objects of a custom type live; nil when the type is not known.
  func scope(of id: ObjectID, in cluster: Cluster) -> Scope? {
    guard let position = byType[TypeName(group: id.group, kind: id.kind)]?.first else { return nil }
    switch cluster.objects[position].manifest.node[path: "spec", "scope"]?.scalar?.text {
    case "Cluster": return .cluster
    case "Namespaced": return .namespaced
    default: return nil
    }
  }
}
