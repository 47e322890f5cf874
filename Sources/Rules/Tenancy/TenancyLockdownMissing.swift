import ClusterModel
import Diagnostics
import Flux
import Kubernetes

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
    check: .object { object, context, report in
      guard object.id.kind == "Deployment", object.id.namespace == "flux-system", context.hasTenants,
        let wanted = flags[object.id.name]
      else { return }
      let missing = wanted.filter { !$0.isSet(for: object.id.name, context.cluster.settings) }
      guard !missing.isEmpty else { return }
      report.add(
        .open(object.id, missing.map(\.rawValue)), at: object.manifest.origin, about: object,
        field: missing.map(\.rawValue).joined(separator: ","))
    })

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

extension RuleContext {
  /// Whether any namespace of the cluster belongs to a tenant.
  fileprivate var hasTenants: Bool {
    cluster.index.keys.contains { $0.kind == "Namespace" && $0.group.isEmpty && tenant(of: $0.name) != nil }
  }
}

extension Message {
  fileprivate static func open(_ id: ObjectID, _ flags: [String]) -> Self {
    Message("tenants share this cluster, but \(id.name) runs without \(Listing.of(flags))")
  }
}
