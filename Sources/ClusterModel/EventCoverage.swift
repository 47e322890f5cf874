import Flux
import Kubernetes

extension EventSource {
  /// Whether an Alert with this entry hears of an object (notification-controller, `eventMatchesAlertSource`): labels count
  /// beside a name as well as beside `*`.
  public func hears(_ object: AppliedObject) -> Bool {
    names(object) && hasLabels(object)
  }

  /// Whether a Receiver with this entry has an object reconciled (notification-controller, `requestReconciliation`): a name
  /// is enough, and `*` without labels is an error.
  public func triggers(_ object: AppliedObject) -> Bool {
    guard names(object) else { return false }
    return ref?.name != "*" || hasMatchLabels && hasLabels(object)
  }

  private func names(_ object: AppliedObject) -> Bool {
    guard let ref, ref.kind == object.id.kind, ref.namespace == object.id.namespace,
      FluxKind(object.manifest.type) != nil
    else { return false }
    return ref.name == "*" || ref.name == object.id.name
  }

  private func hasLabels(_ object: AppliedObject) -> Bool {
    matchLabels.allSatisfy { object.hasLabel($0.key.value, $0.value.value) }
  }
}

extension AppliedObject {
  /// Whether it has a label. Those that Flux gives to all that it applies are in no file: they are taken for there.
  public func hasLabel(_ key: String, _ value: String) -> Bool {
    manifest.label(key) == value || Self.labelsOfOwners.contains(key)
  }

  private static let labelsOfOwners: Set = [
    "kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace", "helm.toolkit.fluxcd.io/name",
    "helm.toolkit.fluxcd.io/namespace", "resourceset.fluxcd.controlplane.io/name",
    "resourceset.fluxcd.controlplane.io/namespace",
  ]
}

extension ObjectSelector {
  /// Whether a selector of labels means an object; an empty one means all.
  public func selects(_ object: AppliedObject) -> Bool {
    matchLabels.allSatisfy { object.hasLabel($0.key.value, $0.value.value) }
      && matchExpressions.allSatisfy { expression in
        guard let key = expression.value.key?.value else { return false }
        let value = object.manifest.label(key)
        let values = expression.value.values.map(\.value)
        switch expression.value.condition?.value {
        case "In": return value.map(values.contains) ?? false
        case "NotIn": return value.map { !values.contains($0) } ?? true
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        default: return false
        }
      }
  }
}
