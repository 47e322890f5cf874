import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let valuesSchemaViolation = Rule(
    id: "values-schema-violation", chapter: .rendering, severity: .error,
    title: "the values of a release break the schema of its chart",
    why: "Helm refuses to install or upgrade the release: it stays as it is, or is never installed.",
    remedy: "Correct the value as the chart's `values.schema.json` wants it.", precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.kind == .helmRelease, case .failed(let problem) = reconciliation.outcome,
        problem.isSchemaViolation
      else { return }
      report.add(
        .violated(reconciliation.id, problem.message), for: problem, of: reconciliation, which: "sets it")
    })
}

extension Message {
  fileprivate static func violated(_ id: ObjectID, _ reason: String) -> Self {
    Message("the values of \(id) break the schema of its chart: \(reason)")
  }
}
