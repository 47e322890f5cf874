import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let alertProviderNotFound = Rule(
    id: "alert-provider-not-found", chapter: .notifications, severity: .error,
    title: "an alert goes to a provider that is not there",
    why: "Without its provider the alert is never sent, and nobody is told that it is not.",
    remedy: "Correct the name, or add the Provider to the alert's own namespace.",
    check: .flux { subject, context, report in
      guard case .alert(let alert) = subject.value, let reference = alert.providerRef,
        context.cluster.object(reference.id) == nil, !context.mayExistUnseen(reference, for: subject.id)
      else { return }
      let hint = LookAlike.find(reference.id, for: subject.id, in: context)
      report.add(
        .missing(subject.id, reference.id, hint), at: reference.origin, about: subject.object,
        field: "spec.providerRef", related: hint?.related ?? [])
    })
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ provider: ObjectID, _ hint: LookAlike?) -> Self {
    Message("\(id) goes to \(provider), which is not in the cluster" + (hint.map { "; \($0.sentence)" } ?? ""))
  }
}
