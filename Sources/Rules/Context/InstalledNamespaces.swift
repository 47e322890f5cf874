import ClusterModel
import Kubernetes
import YAML

/// Namespaces that nothing of Flux's creates, and that the repository nevertheless shows to be there.
enum InstalledNamespaces {
  /// Those of products that make them by themselves, and of releases that are installed before Flux is.
  static func all(in cluster: Cluster, of model: RepositoryModel) -> Set<String> {
    products(in: cluster).union(helmfileReleases(in: model))
  }

  /// A product that makes namespaces.
  private struct Product {
    /// A group of its custom resources, and the name of its chart.
    var group: String
    var chart: String
    var namespaces: [String]
  }

  /// Cilium's chart makes the namespace for the secrets of its gateways, Calico's operator those of its parts.
  private static let known = [
    Product(group: "cilium.io", chart: "cilium", namespaces: ["cilium-secrets"]),
    Product(
      group: "operator.tigera.io", chart: "tigera-operator",
      namespaces: ["calico-system", "calico-apiserver", "tigera-operator"]),
  ]

  private static func products(in cluster: Cluster) -> Set<String> {
    var found: Set<String> = []
    for product in known {
      let isThere =
        cluster.objects.contains { $0.id.group == product.group }
        || cluster.reconciliations.contains { $0.release?.chart == product.chart }
      if isThere { found.formUnion(product.namespaces) }
    }
    return found
  }

  /// Home labs install network, DNS and Flux itself by helmfile, which creates the namespaces of its releases unless told
  /// otherwise.
  private static func helmfileReleases(in model: RepositoryModel) -> Set<String> {
    var found: Set<String> = []
    for root in model.files.flatMap(\.documents).map(\.root) where root["apiVersion"] == nil {
      guard let releases = root["releases"]?.sequence else { continue }
      let standard = root[path: "helmDefaults", "createNamespace"]?.scalar?.text
      for release in releases where release["chart"] != nil {
        guard let namespace = release["namespace"]?.scalar?.text,
          (release["createNamespace"]?.scalar?.text ?? standard) != "false"
        else { continue }
        found.insert(namespace)
      }
    }
    return found
  }
}
