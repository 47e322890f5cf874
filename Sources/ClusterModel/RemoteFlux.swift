import Diagnostics
import Kubernetes

/// What is known of Flux in a cluster that a kubeconfig leads to.
public enum RemoteFlux: Sendable, Hashable {
  /// The repository installs it: the cluster is one of the repository's own, by this name.
  case cluster(String)
  /// The repository puts the definitions of its types there, and none of its controllers.
  case definitionsOnly(Location)
  /// The repository makes the whole cluster by this object, and puts no Flux there.
  case absent(ObjectID)
  /// Nothing in the repository installs it; it may be there by other means.
  case unknown

  /// The name of the cluster, where that is one of the repository's.
  public var clusterName: String? {
    if case .cluster(let name) = self { name } else { nil }
  }

  /// Why Flux does nothing there, as the end of a sentence; nil where that is not known.
  public var absence: String? {
    switch self {
    case .definitionsOnly: "which gets the definitions of Flux's types, but none of its controllers"
    case .absent(let maker): "which \(maker) makes, and nothing installs Flux there"
    case .cluster, .unknown: nil
    }
  }
}
