import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let pathNotFound = Rule(
    id: "path-not-found", chapter: .rendering, severity: .error,
    title: "a path does not exist in the artifact",
    why: """
      The controller looks for the path in what its source hands out: the repository less what `.sourceignore` and \
      `spec.ignore` cut out. Without the path nothing is built, and what was applied before stays as it was.
      """,
    remedy: "Correct the path, or add what it names.", precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      guard case .pathMissing(let problem) = reconciliation.outcome else { return }
      report.add(
        .missing(reconciliation.id, problem.message), at: problem.location, about: reconciliation.reference,
        field: "spec.path", related: problem.trace + reconciliation.trace)
    })
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ reason: String) -> Self {
    Message("\(id) cannot be built: \(reason)")
  }
}
