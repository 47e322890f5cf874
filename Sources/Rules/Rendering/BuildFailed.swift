import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let buildFailed = Rule(
    id: "build-failed", chapter: .rendering, severity: .error,
    title: "a Kustomization cannot be built",
    why: """
      kustomize-controller builds all of a Kustomization or nothing of it: one wrong entry keeps every object of it as \
      it was, and whatever depends on it waits.
      """,
    remedy: "Correct the entry that the build stops at.", precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      guard [.kustomization, .resourceSet].contains(reconciliation.kind) else { return }
      for problem in reconciliation.problems
      where !problem.isUnreadable(in: context.model) && !problem.isMisusedVariable {
        report.add(
          .failed(reconciliation.id, problem), for: problem, of: reconciliation, which: "builds it")
      }
    })
}

extension Message {
  fileprivate static func failed(_ id: ObjectID, _ problem: BuildProblem) -> Self {
    Message("\(id) cannot be built: \(problem.message)", help: problem.remedy)
  }
}
