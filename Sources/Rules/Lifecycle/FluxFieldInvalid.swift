import ClusterModel
import Diagnostics
import Flux

extension Rule {
  static let fluxFieldInvalid = Rule(
    id: "flux-field-invalid", chapter: .lifecycle, severity: .error,
    title: "the API server refuses one of Flux's objects for what a field says or lacks",
    why: """
      A value of the wrong type, outside its bounds, or a required field that is missing: the object is refused, and the \
      Kustomization that applies it keeps failing.
      """,
    remedy: "Correct the field.", precision: .high,
    check: .flux { subject, context, report in
      for problem in context.facts.fieldProblems[subject.object] {
        switch problem.code {
        case .unknown, .dropped, .unavailable, .valueUnavailable: break
        default: report.add(problem, about: subject.object)
        }
      }
    })
}
