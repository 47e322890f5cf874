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

  init(version: FluxVersion) {
    self.version = version
  }

  /// Whether an object tells flags: a controller's Deployment, or what installs the controllers.
  static func reads(_ manifest: Manifest) -> Bool {
    switch manifest.kind {
    case "Deployment": ControllerComponent.name(of: manifest) != nil
    case "FluxInstance", "HelmRelease": Instance.mayBe(manifest)
    default: false
    }
  }

  /// The flags as the objects of a cluster say.
  mutating func settings(of objects: [AppliedObject], reconciliations: [Reconciliation]) -> ControllerSettings {
    let releases = Dictionary(
      reconciliations.compactMap { reconciliation in reconciliation.release.map { (reconciliation.id, $0) } },
      uniquingKeysWith: { first, _ in first })
    for object in objects
    where reconciliations[object.reconciliation].remoteCluster == nil && Self.reads(object.manifest) {
      if let component = ControllerComponent.name(of: object.manifest) {
        read(deployment: object.manifest.node, component: component, name: object.id.name, object.id.namespace)
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

  private mutating func read(deployment: Node, component: String, name: String, _ namespace: String) {
    guard let manager = ControllerComponent.manager(of: deployment) else { return }
    settings.areKnown = true
    var instance = ControllerInstance(component: component, name: name, namespace: namespace)
    for flag in ControllerFlag.all(in: manager["args"]?.sequence.map(Array.init) ?? []) {
      instance.read(flag)
      // Shards take the flags of the controller they are copies of.
      if name == component { read(flag, controller: component) }
    }
    settings.instances.removeAll { ($0.name, $0.namespace) == (name, namespace) }
    settings.instances.append(instance)
  }

  private mutating func read(_ flag: ControllerFlag, controller: String) {
    let (value, place) = (flag.value, flag.place)
    switch flag.name {
    case "--no-cross-namespace-refs":
      settings.noCrossNamespaceRefs[controller] = .init(flag.isOn, at: place)
    case "--default-service-account":
      settings.defaultServiceAccount[controller] = .init(value, at: place)
    case "--no-remote-bases":
      settings.noRemoteBases = .init(flag.isOn, at: place)
    case "--default-decryption-service-account":
      settings.defaultDecryptionServiceAccount = .init(value, at: place)
    case "--default-kubeconfig-service-account":
      settings.defaultKubeConfigServiceAccount[controller] = .init(value, at: place)
    case "--custom-apply-stage-kinds":
      settings.customApplyStageKinds = .init(value.split(separator: ",").map(String.init), at: place)
    case "--feature-gates":
      for gate in value.split(separator: ",") {
        let pair = gate.split { $0 == "=" || $0.isWhitespace }
        guard pair.count == 2, let isOn = ControllerFlag.isOn(pair[1]) else { continue }
        settings.featureGates[controller, default: [:]][String(pair[0])] = .init(isOn, at: place)
      }
    default: break
    }
  }

  /// What the operator makes of an instance, its patches included.
  private mutating func read(_ instance: Instance) {
    settings.areKnown = true
    let sync = InstanceSync(instance)?.written ?? []
    let controllers = InstanceControllers(instance: instance, version: version)
    let result = InstancePatches(instance).applied(to: controllers.deployments + sync)
    gaps += result.gaps
    for object in result.objects {
      guard let manifest = Manifest(object), manifest.kind == "Deployment" else { continue }
      read(deployment: object, component: manifest.name, name: manifest.name, manifest.namespace)
    }
    // A shard is made by a kustomization inside, which gives it its name: patches find it by the one it had before, too.
    for shard in controllers.shards {
      for object in InstancePatches(instance).applied(to: shard.deployments).objects {
        guard let manifest = Manifest(object), manifest.kind == "Deployment" else { continue }
        let name = "\(manifest.name)-\(shard.name)"
        read(deployment: object, component: manifest.name, name: name, manifest.namespace)
      }
    }
  }
}
