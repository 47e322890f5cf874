import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmRemediationMissing = Rule(
    id: "helm-remediation-missing", chapter: .helmReleases, severity: .warning,
    title: "nothing is said about a failed install or upgrade",
    why: """
      By default helm-controller tries nothing again after a failure: one slow image pull leaves a release failed until \
      somebody looks.
      """,
    remedy: "Set `install` and `upgrade` `.strategy.name: RetryOnFailure`, or `.remediation.retries`.",
    check: .helmRelease { subject, context, report in
      guard context.gate("DefaultToRetryOnFailure", of: "helm-controller") != true else { return }
      var silent: [String] = []
      let install = subject.value.install?.value
      if install?.strategy == nil, install?.remediation?.value.retries == nil { silent.append("install") }
      let upgrade = subject.value.upgrade?.value
      if upgrade?.strategy == nil, upgrade?.remediation?.value.retries == nil { silent.append("upgrade") }
      guard !silent.isEmpty else { return }
      report.add(
        .silent(subject.id, silent), at: place(of: silent, in: subject.object), about: subject.object,
        field: silent.joined(separator: ","))
    })

  /// The patch that takes the answer out, or an empty `remediation`, else the action that goes without, else the object
  /// that names neither.
  private static func place(of actions: [String], in object: AppliedObject) -> Origin {
    let manifest = object.manifest
    for action in actions {
      for answer in ["strategy", "remediation"] {
        if let removal = object.removal(of: ["spec", action, answer]) { return removal }
      }
    }
    if let empty = actions.lazy.compactMap({ manifest.keyOrigin("spec", $0, "remediation") }).first { return empty }
    let keys = actions.compactMap { manifest.keyOrigin("spec", $0) }
    return keys.count == actions.count ? keys[0] : manifest.origin
  }
}

extension Message {
  fileprivate static func silent(_ id: ObjectID, _ actions: [String]) -> Self {
    Message(
      "\(id) does not say what follows a failed \(Listing.of(actions)): nothing is tried again until its spec, values "
        + "or chart change",
      help: "Set \(Listing.of(actions.map { "`spec.\($0).strategy.name: RetryOnFailure`" })), or "
        + "`remediation.retries` there.")
  }
}
