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
      var isJudged = false
      for object in context.cluster.objects where object.id.kind == "Deployment" && object.id.namespace == "flux-system"
      {
        guard let wanted = flags[object.id.name] else { continue }
        isJudged = true
        let missing = wanted.filter { !$0.isSet(for: object.id.name, settings) }
        if missing.isEmpty { continue }
        report.add(
          .open(object.id.name, missing.map(\.rawValue)), at: object.manifest.origin, about: object,
          field: missing.map(\.rawValue).joined(separator: ","))
      }
      guard !isJudged else { return }
      let open = flags.sorted { $0.key < $1.key }.filter { controller, wanted in
        required.contains(controller) && wanted.contains { !$0.isSet(for: controller, settings) }
      }
      guard !open.isEmpty, let place = place(in: context) else { return }
      let missing = Set(open.flatMap { name, wanted in wanted.filter { !$0.isSet(for: name, settings) } })
      report.add(
        .open(Listing.of(open.map(\.key)), missing.map(\.rawValue).sorted()), at: place.location, about: place.object,
        field: "flags")
    })

  /// Where the flags of controllers would be set that are not among the objects: at what installs them, or in the patches
  /// of a bootstrap whose manifests are still to be written.
  private static func place(in context: RuleContext) -> (location: Location, object: ObjectReference?)? {
    for object in context.cluster.objects {
      guard let instance = InstanceSpec(object, in: context.cluster) else { continue }
      return (instance.clusterPlace.location, object.reference)
    }
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
}

extension Message {
  fileprivate static func open(_ controllers: String, _ flags: [String]) -> Self {
    Message("tenants share this cluster, but \(controllers) runs without \(Listing.of(flags))")
  }
}
