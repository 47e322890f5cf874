import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// Reads the effective flags of Flux's controllers: out of their Deployments as the cluster applies them (bootstrap
/// patches included), or out of a FluxInstance.
struct ControllerSettingsReader {
  /// The Flux that an instance installs.
  let version: FluxVersion
  private var settings = ControllerSettings()
  /// What could not be worked out.
  private(set) var gaps: [Gap] = []
  private static let controllers: Set = [
    "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
    "image-reflector-controller", "image-automation-controller", "source-watcher",
  ]

  init(version: FluxVersion) {
    self.version = version
  }

  /// The flags as the objects of a cluster say.
  mutating func settings(of objects: [AppliedObject], reconciliations: [Reconciliation]) -> ControllerSettings {
    let releases = Dictionary(
      reconciliations.compactMap { reconciliation in reconciliation.release.map { (reconciliation.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    for object in objects where reconciliations[object.reconciliation].remoteCluster == nil {
      if object.id.kind == "Deployment", Self.controllers.contains(object.id.name) {
        read(deployment: object.manifest.node, controller: object.id.name)
      } else if object.flux != nil, let instance = Instance(object.manifest, values: releases[object.id]?.values) {
        read(instance)
      }
    }
    return settings
  }

  /// The flags that patches of an installation will set, whose manifests are not in the repository.
  mutating func settings(announcedBy instance: Instance) -> ControllerSettings {
    read(instance)
    settings.areKnown = false
    return settings
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
    case "--default-kubeconfig-service-account":
      settings.defaultKubeConfigServiceAccount[controller] = .init(value, at: place)
    case "--custom-apply-stage-kinds":
      settings.customApplyStageKinds = .init(value.split(separator: ",").map(String.init), at: place)
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

  /// What the operator makes of an instance, its patches included.
  private mutating func read(_ instance: Instance) {
    settings.areKnown = true
    let sync = InstanceSync(instance)?.written ?? []
    let controllers = InstanceControllers(instance: instance, version: version).deployments
    let result = InstancePatches(instance).applied(to: controllers + sync)
    gaps += result.gaps
    for object in result.objects {
      guard let manifest = Manifest(object), manifest.kind == "Deployment" else { continue }
      read(deployment: object, controller: manifest.name)
    }
  }
}
