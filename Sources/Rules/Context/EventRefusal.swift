import ClusterModel
import Diagnostics
import Flux
import Kubernetes

/// Why nothing is heard of what an entry of an Alert or a Receiver means.
enum EventRefusal {
  /// `*` is no pattern for namespaces: notification-controller compares them as they are.
  case pattern
  /// notification-controller is started with `--no-cross-namespace-refs`, here.
  case crossing(Location)
  /// Nothing is in the namespace, and nothing creates it.
  case nowhere
}

extension RuleContext {
  /// Why nothing is heard of an entry of `subject`, whatever its name; nil when something may be.
  func refusal(of reference: ObjectRef, from subject: ObjectID) -> EventRefusal? {
    if reference.namespace == "*" { return .pattern }
    if let flag = cluster.settings.noCrossNamespaceRefs["notification-controller"], flag.value,
      reference.crossesNamespace(from: subject.namespace)
    {
      return .crossing(flag.location)
    }
    if reference.name == "*", reference.writtenNamespace != nil, isNowhere(reference.namespace) { return .nowhere }
    return nil
  }

  private func isNowhere(_ name: String) -> Bool {
    let id = ObjectID(group: "", kind: "Namespace", namespace: "", name: name)
    return !NamespaceMakers.given(in: cluster).contains(name) && cluster.object(id) == nil && !isExternal(id)
      && !facts.mayExistUnseen(id, for: id) && !cluster.objects.contains { $0.id.namespace == name }
  }
}
