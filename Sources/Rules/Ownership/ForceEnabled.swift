import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let forceEnabled = Rule(
    id: "force-enabled", chapter: .ownership, severity: .warning,
    title: "a Kustomization recreates what it cannot change",
    why: """
      With `force: true` a change of an immutable field deletes the object and makes it anew: volumes, load balancer \
      addresses and running jobs are lost. It is meant for one change, and forgotten.
      """,
    remedy: "Take `force` out, and set `kustomize.toolkit.fluxcd.io/force: enabled` on the object that needs it.",
    check: .kustomization { subject, context, report in
      guard let force = subject.value.force, force.value else { return }
      report.add(.forces(subject.id), at: force.origin, about: subject.object, field: "spec.force")
    })
}

extension Message {
  fileprivate static func forces(_ id: ObjectID) -> Self {
    Message("\(id) has `force: true`: whatever it cannot change in place it deletes and makes anew")
  }
}
