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
        let wait = value.wait?.origin.location
        let isFromElsewhere = wait != nil && wait?.file.path != place.location.file.path
        report.add(
          .ignored(
            subject.id, areElsewhere: context.applies(noneOf: value.healthChecks, subject.id),
            isFromElsewhere: isFromElsewhere),
          at: place, about: subject.object, field: "spec.healthChecks",
          related: isFromElsewhere ? wait.map { [RelatedLocation("`wait: true` is set here", at: $0)] } ?? [] : [])
      }
      if !waits, value.healthChecks.isEmpty, !value.healthCheckExprs.isEmpty,
        let place = manifest.keyOrigin("spec", "healthCheckExprs")
      {
        report.add(.inert(subject.id), at: place, about: subject.object, field: "spec.healthCheckExprs")
      }
    })
}

extension Message {
  fileprivate static func ignored(_ id: ObjectID, areElsewhere: Bool, isFromElsewhere: Bool) -> Self {
    let effect =
      areElsewhere
      ? "which waits for what it applies and ignores the list: the listed objects, which it does not apply, are never "
        + "checked"
      : "which waits for everything and ignores the list"
    let keep = isFromElsewhere ? "keep `wait: true` away from it" : "set `wait: false`"
    return Message(
      "\(id) has `healthChecks` beside `wait: true`, \(effect)",
      help: areElsewhere
        ? "\(keep.prefix(1).uppercased())\(keep.dropFirst()), so that the listed objects are checked."
        : "Take `healthChecks` out, or \(keep) to wait for the listed objects only.")
  }

  fileprivate static func inert(_ id: ObjectID) -> Self {
    Message(
      "\(id) has `healthCheckExprs`, but neither `wait` nor `healthChecks`: nothing is checked by them",
      help: "Set `wait: true`, or list the objects in `healthChecks`.")
  }
}
