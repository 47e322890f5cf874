import Flux
import Kubernetes
import YAML

extension Cluster {
  /// What changes Kustomizations when they reach the API server, so that what they substitute is not what the files say: a
  /// webhook made for that, or a policy.
  public var changerOnAdmission: AppliedObject? {
    objects.first { object in
      let node = object.manifest.node
      switch (object.id.group, object.id.kind) {
      case (_, "HelmRelease") where object.flux != nil: return object.id.name.contains(Self.webhook)
      case ("admissionregistration.k8s.io", "MutatingWebhookConfiguration"),
        ("admissionregistration.k8s.io", "MutatingAdmissionPolicy"):
        return node.names(FluxKind.kustomization.group)
      case ("kyverno.io", "ClusterPolicy"), ("kyverno.io", "Policy"):
        return (node[path: "spec", "rules"]?.sequence ?? []).contains {
          $0["mutate"] != nil && ($0["match"]?.names(FluxKind.kustomization.rawValue) ?? false)
        }
      default: return false
      }
    }
  }

  /// A webhook that gives all Kustomizations the variables of a cluster, wherever they are.
  private static let webhook = "kustomize-mutating-webhook"
}

extension Node {
  /// Whether a text in it is `name`, alone or at the end of a path.
  fileprivate func names(_ name: String) -> Bool {
    switch value {
    case .scalar(let scalar): scalar.text == name || scalar.text.hasSuffix("/\(name)")
    case .sequence(let items): items.contains { $0.names(name) }
    case .mapping(let mapping): mapping.entries.contains { $0.value.names(name) }
    }
  }
}
