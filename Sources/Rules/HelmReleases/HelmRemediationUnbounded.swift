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
      let (install, upgrade) = (subject.value.install?.value, subject.value.upgrade?.value)
      let actions = [
        ("install", install?.strategy, install?.remediation), ("upgrade", upgrade?.strategy, upgrade?.remediation),
      ]
      let retriesByDefault = context.gate("DefaultToRetryOnFailure", of: "helm-controller") == true
      for (action, strategy, remediation) in actions {
        guard let retries = remediation?.value.retries, retries.value < 0,
          !ignoresRemediation(strategy?.value, byDefault: retriesByDefault)
        else { continue }
        report.add(
          .endless(subject.id, action), at: retries.origin, about: subject.object,
          field: "spec.\(action).remediation.retries")
      }
    })

  /// Whether a failed action is tried again as it is: helm-controller then does not look at `remediation`.
  private static func ignoresRemediation(_ strategy: HelmRelease.FailureStrategy?, byDefault: Bool) -> Bool {
    guard let strategy else { return byDefault }
    return strategy.name?.value == "RetryOnFailure"
  }
}

extension Message {
  fileprivate static func endless(_ id: ObjectID, _ action: String) -> Self {
    Message("\(id) tries a failed \(action) again without end (`retries` below zero)")
  }
}
