import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let pruneUnapproved = Rule(
    id: "prune-unapproved", chapter: .ownership, severity: .error,
    title: "a Kustomization deletes in production without approval",
    why: """
      With `prune: true` a moved file, a renamed folder or an emptied list deletes objects from production. Where that \
      needs approval, the approval belongs beside it.
      """,
    remedy: "Have pruning approved, and write by whom into the annotation.",
    parameters: [approvalAnnotation.signature], tags: ["compliance"],
    check: .kustomization { subject, context, report in
      guard let prune = subject.value.prune, prune.value,
        subject.object.manifest.annotation(context[approvalAnnotation])?.isEmpty ?? true
      else { return }
      report.add(
        .unapproved(subject.id, annotation: context[approvalAnnotation]), at: prune.origin, about: subject.object,
        field: "spec.prune")
    })

  private static let approvalAnnotation = Parameter(
    "approvalAnnotation", default: "sluice.dev/prune-approved-by", "The annotation that says who has approved pruning.")
}

extension Message {
  fileprivate static func unapproved(_ id: ObjectID, annotation: String) -> Self {
    Message("\(id) prunes in production without the annotation `\(annotation)`")
  }
}
