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
      // A root that waited would wait for all that the cluster runs: one app that hangs would hold up every change.
      guard subject.value.wait?.value != true, subject.value.healthChecks.isEmpty,
        !subject.object.isWrittenByBootstrap, !isSaid(of: subject, context)
      else { return }
      report.add(
        .blind(subject.id, lockedBy: context.ownDependents(of: subject.id)),
        at: subject.value.wait?.origin ?? subject.object.manifest.origin,
        about: subject.object, field: "spec.wait")
    })

  /// Whether another rule reports the same and tells more: who starts too early, or which checks are never made.
  private static func isSaid(of subject: Subject<Kustomization>, _ context: RuleContext) -> Bool {
    let namespace = subject.id.namespace
    if !subject.value.healthCheckExprs.isEmpty, context.asking(.healthCheckInert, in: namespace) != nil { return true }
    return context.asking(.dependencyNotGated, in: namespace) != nil
      && !context.earlyStarters(after: subject.id).isEmpty
  }
}

extension Message {
  fileprivate static func blind(_ id: ObjectID, lockedBy children: [ObjectID]) -> Self {
    let names = Listing.of(children.map(\.description), atMost: 3)
    return Message(
      "\(id) neither waits nor checks health: it is ready as soon as its objects are accepted",
      help: children.isEmpty
        ? nil
        : "Name what must be healthy in `healthChecks`. `wait: true` would lock it: it applies \(names), which "
          + (children.count == 1 ? "depends on it." : "depend on it."))
  }
}
