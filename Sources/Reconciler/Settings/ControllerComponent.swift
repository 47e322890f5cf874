import Flux
import Kubernetes
import YAML

/// Which of Flux's controllers a Deployment runs.
enum ControllerComponent {
  static let all: Set = [
    "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
    "image-reflector-controller", "image-automation-controller", "source-watcher",
  ]

  /// By the name of the Deployment, or by its image: shards are called after the controller and the shard.
  static func name(of manifest: Manifest) -> String? {
    guard manifest.kind == "Deployment" else { return nil }
    if all.contains(manifest.name) { return manifest.name }
    guard let image = manager(of: manifest.node)?["image"]?.scalar?.text else { return nil }
    let file = image.split(separator: "/").last ?? ""
    let component = String(file.prefix { $0 != ":" && $0 != "@" })
    return all.contains(component) && manifest.name.hasPrefix(component) ? component : nil
  }

  /// The container that runs the controller.
  static func manager(of deployment: Node) -> Node? {
    let containers = deployment[path: "spec", "template", "spec", "containers"]?.sequence ?? []
    return containers.first { $0["name"]?.scalar?.text == "manager" } ?? containers.first
  }
}
