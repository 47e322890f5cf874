import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let helmRenderFailed = Rule(
    id: "helm-render-failed", chapter: .rendering, severity: .error,
    title: "a chart does not render with its values",
    why: "helm-controller cannot install or upgrade a release whose chart does not render: it keeps failing as it is.",
    remedy: "Correct the values, or the chart.", precision: .high,
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.kind == .helmRelease, case .failed(let problem) = reconciliation.outcome,
        !problem.isSchemaViolation, !problem.isMissingKey
      else { return }
      report.add(
        .failed(reconciliation.id, problem.message), for: problem, of: reconciliation, which: "renders it")
    })
}

extension Message {
  fileprivate static func failed(_ id: ObjectID, _ reason: String) -> Self {
    Message("the chart of \(id) does not render: \(reason)")
  }
}
