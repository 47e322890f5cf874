import Flux
import Kubernetes

extension EventSource {
  /// Whether an Alert or a Receiver with this entry means an object (notification-controller: `*` means all of the kind in
  /// the namespace, narrowed by labels).
  public func covers(_ object: AppliedObject) -> Bool {
    guard let ref, ref.kind == object.id.kind, ref.namespace == object.id.namespace,
      FluxKind(object.manifest.type) != nil
    else { return false }
    guard ref.name == "*" else { return ref.name == object.id.name }
    return matchLabels.allSatisfy { object.manifest.label($0.key.value) == $0.value.value }
  }
}

extension ObjectSelector {
  /// Whether a selector of labels means an object; an empty one means all.
  public func selects(_ object: AppliedObject) -> Bool {
    matchLabels.allSatisfy { object.manifest.label($0.key.value) == $0.value.value }
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
