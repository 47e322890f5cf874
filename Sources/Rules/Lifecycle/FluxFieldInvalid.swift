import ClusterModel
import Diagnostics
import Flux

extension Rule {
  static let fluxFieldInvalid = Rule(
    id: "flux-field-invalid", chapter: .lifecycle, severity: .error,
    title: "one of Flux's objects is refused for what a field says or lacks",
    why: """
      A value of the wrong type, outside its bounds, or a required field that is missing: the API server refuses the object, \
      and the Kustomization that applies it keeps failing. An expression in CEL that does not compile gets past the API \
      server: the controller then stalls the object, and tries again only when it is changed.
      """,
    remedy: "Correct the field.", precision: .high,
    check: .flux { subject, context, report in
      for problem in context.fieldProblems(of: subject.object) {
        switch problem.code {
        case .unknown, .dropped, .unavailable, .valueUnavailable: break
        default: report.add(problem, about: subject.object)
        }
      }
      for problem in context.expressionProblems(of: subject.object) { report.add(problem, about: subject.object) }
    })
}
