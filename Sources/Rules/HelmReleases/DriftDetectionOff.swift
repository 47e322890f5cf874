import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let driftDetectionOff = Rule(
    id: "drift-detection-off", chapter: .helmReleases, severity: .info,
    title: "changes by hand to a release's objects go unnoticed",
    why: """
      helm-controller compares only the release's records, unless told otherwise: what somebody edits or deletes in the \
      cluster stays that way until the next upgrade.
      """,
    remedy: "Set `spec.driftDetection.mode: enabled`, or `warn` to be told only.",
    check: .helmRelease { subject, context, report in
      let mode = subject.value.driftDetection?.value.mode
      guard mode == nil || mode?.value == "disabled" || mode?.value.isEmpty == true else { return }
      let manifest = subject.object.manifest
      let removal = subject.object.removal(of: ["spec", "driftDetection", "mode"])
      report.add(
        .off(subject.id),
        at: mode?.origin ?? removal ?? manifest.keyOrigin("spec", "driftDetection") ?? manifest.origin,
        about: subject.object, field: "spec.driftDetection.mode")
    })
}

extension Message {
  fileprivate static func off(_ id: ObjectID) -> Self {
    Message("\(id) has no drift detection: what is changed by hand in the cluster stays changed")
  }
}
