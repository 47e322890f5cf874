import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let healthCheckMissing = Rule(
    id: "health-check-missing", chapter: .dependencies, severity: .warning,
    title: "a Kustomization is ready before its objects are",
    why: """
      Without `wait` or `healthChecks` a Kustomization is ready as soon as its objects are accepted. A Deployment that \
      never starts then raises no alert, and what depends on it starts too early.
      """,
    remedy: "Set `wait: true`, or name what must be healthy in `healthChecks`.",
    check: .kustomization { subject, context, report in
      guard subject.value.wait?.value != true, subject.value.healthChecks.isEmpty else { return }
      report.add(.blind(subject.id), at: subject.object.manifest.origin, about: subject.object, field: "spec.wait")
    })
}

extension Message {
  fileprivate static func blind(_ id: ObjectID) -> Self {
    Message("\(id) neither waits nor checks health: it is ready as soon as its objects are accepted")
  }
}
