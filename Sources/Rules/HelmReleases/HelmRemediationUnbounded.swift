import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmRemediationUnbounded = Rule(
    id: "helm-remediation-unbounded", chapter: .helmReleases, severity: .warning,
    title: "a failed release is tried again without end",
    why: """
      With `retries: -1` a release that cannot work is uninstalled or rolled back and tried again for ever: it never \
      settles, and hooks and migrations run each time.
      """,
    remedy: "Set a number of retries, such as 3.",
    check: .helmRelease { subject, context, report in
      let remediations = [
        ("install", subject.value.install?.value.remediation), ("upgrade", subject.value.upgrade?.value.remediation),
      ]
      for (action, remediation) in remediations {
        guard let retries = remediation?.value.retries, retries.value < 0 else { continue }
        report.add(
          .endless(subject.id, action), at: retries.origin, about: subject.object,
          field: "spec.\(action).remediation.retries")
      }
    })
}

extension Message {
  fileprivate static func endless(_ id: ObjectID, _ action: String) -> Self {
    Message("\(id) tries a failed \(action) again without end (`retries` below zero)")
  }
}
