import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let healthCheckInert = Rule(
    id: "health-check-inert", chapter: .dependencies, severity: .warning,
    title: "health checks that are never made",
    why: """
      `healthCheckExprs` only say how to judge: without `wait` or `healthChecks` nothing is judged. And beside `wait: true` \
      the list `healthChecks` is ignored, since everything is waited for.
      """,
    remedy: "Set `wait: true` or list `healthChecks`, but not both.", precision: .veryHigh,
    check: .kustomization { subject, context, report in
      let (value, manifest) = (subject.value, subject.object.manifest)
      let waits = value.wait?.value == true
      if waits, !value.healthChecks.isEmpty, let place = manifest.keyOrigin("spec", "healthChecks") {
        report.add(.ignored(subject.id), at: place, about: subject.object, field: "spec.healthChecks")
      }
      if !waits, value.healthChecks.isEmpty, !value.healthCheckExprs.isEmpty,
        let place = manifest.keyOrigin("spec", "healthCheckExprs")
      {
        report.add(.inert(subject.id), at: place, about: subject.object, field: "spec.healthCheckExprs")
      }
    })
}

extension Message {
  fileprivate static func ignored(_ id: ObjectID) -> Self {
    Message(
      "\(id) has `healthChecks` beside `wait: true`, which waits for everything and ignores the list",
      help: "Take `healthChecks` out, or set `wait: false` to wait for the listed objects only.")
  }

  fileprivate static func inert(_ id: ObjectID) -> Self {
    Message(
      "\(id) has `healthCheckExprs`, but neither `wait` nor `healthChecks`: nothing is checked by them",
      help: "Set `wait: true`, or list the objects in `healthChecks`.")
  }
}
