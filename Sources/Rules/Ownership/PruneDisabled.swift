import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let pruneDisabled = Rule(
    id: "prune-disabled", chapter: .ownership, severity: .warning,
    title: "a Kustomization never deletes what it no longer contains",
    why: """
      With `prune: false` objects that leave the repository stay in the cluster, unseen by everybody who takes Git for the \
      truth. That is sometimes right, and then somebody should have written down why.
      """,
    remedy:
      "Set `prune: true` and protect single objects by `kustomize.toolkit.fluxcd.io/prune: disabled`, or give the "
      + "reason in an annotation.",
    parameters: [reasonAnnotation.signature],
    check: .kustomization { subject, context, report in
      guard let prune = subject.value.prune, !prune.value,
        subject.object.manifest.annotation(context[reasonAnnotation])?.isEmpty ?? true,
        context.reconciliation(of: subject.id)?.appliesNothing != true
      else { return }
      report.add(
        .keeps(subject.id, annotation: context[reasonAnnotation]), at: prune.origin, about: subject.object,
        field: "spec.prune")
    })

  private static let reasonAnnotation = Parameter(
    "reasonAnnotation", default: "sluice.dev/prune-disabled-reason", "The annotation that gives the reason.")
}

extension Message {
  fileprivate static func keeps(_ id: ObjectID, annotation: String) -> Self {
    Message(
      "\(id) has `prune: false`, and no annotation says why: what leaves its path stays in the cluster",
      help:
        "Set `prune: true` and protect single objects by `kustomize.toolkit.fluxcd.io/prune: disabled`, or give the "
        + "reason in the annotation `\(annotation)`.")
  }
}
