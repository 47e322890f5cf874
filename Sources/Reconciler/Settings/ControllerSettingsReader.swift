import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Reads the effective flags of Flux's controllers: out of their Deployments as the cluster applies them (bootstrap
/// patches included), or out of a FluxInstance.
struct ControllerSettingsReader {
  private var settings = ControllerSettings()
  private static let controllers: Set = [
    "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
    "image-reflector-controller", "image-automation-controller", "source-watcher",
  ]

  static func settings(of objects: [AppliedObject]) -> ControllerSettings {
    var reader = ControllerSettingsReader()
    for object in objects {
      if object.id.kind == "Deployment", controllers.contains(object.id.name) {
        reader.read(deployment: object.manifest.node, controller: object.id.name)
      } else if case .fluxInstance(let instance) = object.flux {
        reader.read(instance: instance.manifest.node)
      }
    }
    return reader.settings
  }

  private mutating func read(deployment: Node, controller: String) {
    let containers = deployment[path: "spec", "template", "spec", "containers"]?.sequence ?? []
    let manager = containers.first { $0["name"]?.scalar?.text == "manager" } ?? containers.first
    guard let manager else { return }
    settings.areKnown = true
    for argument in manager["args"]?.sequence ?? [] {
      guard let text = argument.scalar?.text else { continue }
      read(flag: text, at: argument.origin.location, controller: controller)
    }
  }

  private mutating func read(flag: String, at place: Location, controller: String) {
    let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count > 1 ? String(parts[1]) : "true"
    switch parts.first {
    case "--no-cross-namespace-refs":
      settings.noCrossNamespaceRefs[controller] = .init(value == "true", at: place)
    case "--default-service-account":
      settings.defaultServiceAccount[controller] = .init(value, at: place)
    case "--no-remote-bases":
      settings.noRemoteBases = .init(value == "true", at: place)
    case "--default-decryption-service-account":
      settings.defaultDecryptionServiceAccount = .init(value, at: place)
    case "--feature-gates":
      for gate in value.split(separator: ",") {
        let pair = gate.split(separator: "=", maxSplits: 1)
        guard let name = pair.first else { continue }
        let isOn = pair.count < 2 || pair[1] == "true"
        settings.featureGates[controller, default: [:]][String(name)] = .init(isOn, at: place)
      }
    default: break
    }
  }

  /// `cluster.multitenant` sets the lockdown flags (flux-operator, internal/builder/profiles.go).
  private mutating func read(instance: Node) {
    settings.areKnown = true
    let cluster = instance[path: "spec", "cluster"]
    guard let multitenant = cluster?["multitenant"], multitenant.scalar?.text == "true" else { return }
    let place = multitenant.origin.location
    for controller in Self.controllers.subtracting(["source-controller"]) {
      settings.noCrossNamespaceRefs[controller] = .init(true, at: place)
    }
    settings.noRemoteBases = .init(true, at: place)
    let account = cluster?["tenantDefaultServiceAccount"]
    for controller in ["kustomize-controller", "helm-controller"] {
      settings.defaultServiceAccount[controller] =
        .init(account?.scalar?.text ?? "default", at: account?.origin.location ?? place)
    }
  }
}
