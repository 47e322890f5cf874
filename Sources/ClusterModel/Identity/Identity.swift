import Diagnostics
import Flux
import Kubernetes
import YAML

/// In whose name a reconciliation applies its objects.
public enum Identity: Sendable, Hashable {
  /// A service account, which the object names.
  case named(AccessControl.Account, Location)
  /// A service account, which a flag of the controller names because the object does not.
  case standard(AccessControl.Account, flag: Location)
  /// The controller's own account.
  case controller(AccessControl.Account)
  /// Whoever the kubeconfig of another cluster lets in there; the account is the one it then works as.
  case remote(cluster: String, account: AccessControl.Account?)
  /// Whoever set up the cluster.
  case bootstrap

  /// The account in this cluster; nil where it is somebody's elsewhere.
  public var account: AccessControl.Account? {
    switch self {
    case .named(let account, _), .standard(let account, _), .controller(let account): account
    case .remote, .bootstrap: nil
    }
  }
}

extension Reconciliation {
  /// The controller that does the work.
  public var controller: String {
    switch kind {
    case .kustomization: "kustomize-controller"
    case .helmRelease: "helm-controller"
    case .resourceSet: "flux-operator"
    case .artifactGenerator: "source-watcher"
    case .bootstrap: "flux bootstrap"
    case .hub: "Flux of another cluster"
    }
  }

  /// The service account that the Flux object names.
  public var serviceAccountName: Field<String>? {
    let written: Field<String>?
    switch definition {
    case .kustomization(let value): written = value.serviceAccountName
    case .helmRelease(let value): written = value.serviceAccountName
    case .resourceSet(let value): written = value.serviceAccountName
    default: written = nil
    }
    return written.flatMap { $0.value.isEmpty ? nil : $0 }
  }
}

extension Cluster {
  /// In whose name a reconciliation applies its objects (fluxcd/pkg: `runtime/client.Impersonator`).
  public func identity(of reconciliation: Reconciliation) -> Identity {
    guard reconciliation.kind != .bootstrap else { return .bootstrap }
    let namespace = reconciliation.id.namespace
    let written = reconciliation.serviceAccountName
    let standard = settings.defaultServiceAccount[reconciliation.controller].flatMap { $0.value.isEmpty ? nil : $0 }
    let name = written?.value ?? standard?.value
    let account = name.map { AccessControl.Account(namespace: namespace, name: $0) }
    if let remote = reconciliation.kubeConfigTarget { return .remote(cluster: remote, account: account) }
    if let account, let written { return .named(account, written.origin.location) }
    if let account, let standard { return .standard(account, flag: standard.location) }
    return .controller(ownAccount(of: reconciliation.controller))
  }

  /// The account that a controller runs as: its Deployment says so, or it is named like it.
  private func ownAccount(of controller: String) -> AccessControl.Account {
    let deployment = objects.first { object in
      object.id.kind == "Deployment" && object.id.group == "apps" && object.id.name == controller
    }
    let spec = deployment?.manifest.node[path: "spec", "template", "spec"]
    return AccessControl.Account(
      namespace: deployment?.id.namespace ?? "flux-system",
      name: spec?["serviceAccountName"]?.scalar?.text ?? controller)
  }
}
