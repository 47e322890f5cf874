import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let receiverUnauthenticated = Rule(
    id: "receiver-unauthenticated", chapter: .notifications, severity: .error,
    title: "a webhook that anybody may call",
    why: "The token is what tells a caller from anybody else, and what the path of the webhook is made of.",
    remedy: "Put a token into a Secret, and name it in `spec.secretRef`.", tags: ["security"], precision: .veryHigh,
    securitySeverity: "5.3",
    check: .flux { subject, context, report in
      guard case .receiver(let receiver) = subject.value, receiver.isOpen, let type = receiver.type else { return }
      report.add(
        .open(subject.id, type.value), at: subject.object.manifest.origin, about: subject.object,
        field: "spec.secretRef")
    })
}

extension Receiver {
  /// Whether it has no token, and is of a type that needs one: callers of `generic-oidc` show a signed one instead.
  var isOpen: Bool { secretRef == nil && type.map { $0.value != "generic-oidc" } ?? false }
}

extension Message {
  fileprivate static func open(_ id: ObjectID, _ type: String) -> Self {
    Message(
      "\(id) of type '\(type)' has no token (`spec.secretRef`): the API server refuses it, or anybody may call it")
  }
}
