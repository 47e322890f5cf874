import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

extension Rule {
  static let tenancyLockdownMissing = Rule(
    id: "tenancy-lockdown-missing", chapter: .tenancy, severity: .warning,
    title: "tenants share a cluster whose controllers are not locked down",
    why: """
      Without these flags a tenant can use the sources and secrets of others, pull manifests from anywhere, or have them \
      applied with the controller's own rights.
      """,
    remedy: "Add the flags by patches of the bootstrap, or set `cluster.multitenant: true` on the FluxInstance.",
    tags: ["security", "tenancy"], securitySeverity: "7.2",
    check: .cluster { context, report in
      guard context.hasTenants else { return }
      let settings = context.cluster.settings
      let instances = Set(settings.instances.map { [$0.namespace, $0.name] })
      let installed = context.cluster.objects.filter {
        $0.id.kind == "Deployment" && flags[$0.id.name] != nil && instances.contains([$0.id.namespace, $0.id.name])
      }
      let controllers = settings.areKnown ? Set(settings.instances.map(\.component)) : required
      let missing = flags.filter { controllers.contains($0.key) }.reduce(into: [String: [LockdownFlag]]()) {
        let (name, wanted) = $1
        $0[name] = wanted.filter { !$0.isSet(for: name, settings) }
      }.filter { !$0.value.isEmpty }
      let names = missing.keys.sorted()
      let written = names.lazy.compactMap { name in
        missing[name]?.lazy.compactMap { $0.place(for: name, settings) }.first.map { (name, $0) }
      }.first
      guard let name = written?.0 ?? names.first else { return }
      let owner = installed.first { $0.id.name == name }
      guard let place = place(written?.1, owner, in: context) else { return }
      report.add(
        .open(names, Set(missing.values.joined().map(\.rawValue)).sorted()), at: place.location, about: place.object,
        field: "flags",
        related: installed.filter { missing[$0.id.name] != nil }.map {
          RelatedLocation("\($0.id) is started without them", at: $0.manifest.origin.location)
        })
    })

  /// Where the flags would be set: where one of them is set to nothing, at what installs the controllers, in the patches
  /// of a bootstrap, or at the first of the controllers.
  private static func place(
    _ written: Location?, _ controller: AppliedObject?, in context: RuleContext
  ) -> (location: Location, object: ObjectReference?)? {
    if let written { return (written, controller?.reference) }
    for object in context.cluster.objects {
      guard let instance = InstanceSpec(object, in: context.cluster) else { continue }
      return (instance.multitenancyPlace.location, object.reference)
    }
    if let controller { return (controller.manifest.origin.location, controller.reference) }
    let folder = context.cluster.entryPoint.path.child("flux-system")
    let file = context.model.files.first { $0.path == folder.child("kustomization.yaml") }
    guard let patches = file?.documents.first?.root.mapping?.entry("patches") else { return nil }
    return (patches.keyOrigin.location, nil)
  }

  /// The controllers that every installation has.
  private static let required: Set = ["kustomize-controller", "helm-controller", "notification-controller"]

  private static let flags: [String: [LockdownFlag]] = [
    "kustomize-controller": [.noCrossNamespaceRefs, .noRemoteBases, .defaultServiceAccount],
    "helm-controller": [.noCrossNamespaceRefs, .defaultServiceAccount],
    "notification-controller": [.noCrossNamespaceRefs],
    "image-reflector-controller": [.noCrossNamespaceRefs],
    "image-automation-controller": [.noCrossNamespaceRefs],
    "source-watcher": [.noCrossNamespaceRefs],
  ]
}

/// A flag that keeps tenants apart.
private enum LockdownFlag: String {
  case noCrossNamespaceRefs = "--no-cross-namespace-refs"
  case noRemoteBases = "--no-remote-bases"
  case defaultServiceAccount = "--default-service-account"

  func isSet(for controller: String, _ settings: ControllerSettings) -> Bool {
    switch self {
    case .noCrossNamespaceRefs: settings.refusesCrossNamespace(controller)
    case .noRemoteBases: settings.noRemoteBases?.value ?? false
    case .defaultServiceAccount: settings.defaultServiceAccount[controller]?.value.isEmpty == false
    }
  }

  /// The place that sets it, to nothing that helps.
  func place(for controller: String, _ settings: ControllerSettings) -> Location? {
    switch self {
    case .noCrossNamespaceRefs: settings.noCrossNamespaceRefs[controller]?.location
    case .noRemoteBases: controller == "kustomize-controller" ? settings.noRemoteBases?.location : nil
    case .defaultServiceAccount: settings.defaultServiceAccount[controller]?.location
    }
  }
}

extension Message {
  fileprivate static func open(_ controllers: [String], _ flags: [String]) -> Self {
    let verb = controllers.count == 1 ? "runs" : "run"
    return Message("tenants share this cluster, but \(Listing.of(controllers)) \(verb) without \(Listing.of(flags))")
  }
}
