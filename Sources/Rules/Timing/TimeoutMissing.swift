import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let timeoutMissing = Rule(
    id: "timeout-missing", chapter: .timing, severity: .warning,
    title: "a Kustomization waits without saying how long",
    why: """
      Without a timeout of its own a Kustomization waits for its objects almost as long as its interval. Until then \
      nobody is told that something does not start, and nothing that depends on it goes on.
      """,
    remedy: "Set `spec.timeout` to the time in which the objects should be ready.",
    check: .kustomization { subject, context, report in
      guard subject.value.timeout == nil else { return }
      let manifest = subject.object.manifest
      let waits = subject.value.wait?.value == true
      guard waits || !subject.value.healthChecks.isEmpty else { return }
      // Not the key of `wait`: a patch for all of them is one place, whatever they say themselves.
      let place = waits ? subject.value.wait?.origin : manifest.keyOrigin("spec", "healthChecks")
      report.add(
        .endless(subject.id), at: place ?? manifest.origin, about: subject.object,
        field: "spec.timeout")
    })
}

extension Message {
  fileprivate static func endless(_ id: ObjectID) -> Self {
    Message(
      "\(id) has no timeout: it waits as long as its interval, less 30s, before it says that something is not healthy")
  }
}
