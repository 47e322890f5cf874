import ClusterModel
import Diagnostics
import Flux

extension Rule {
  static let fluxFieldUnknown = Rule(
    id: "flux-field-unknown", chapter: .lifecycle, severity: .error,
    title: "one of Flux's objects has a field that its API does not have",
    why: """
      kustomize-controller applies strictly: a field that the definition does not know is refused, and with it the whole \
      Kustomization.
      """,
    remedy: "Correct the name of the field, put it where it belongs, or take it out.", precision: .veryHigh,
    check: .flux { subject, context, report in
      for problem in context.facts.fieldProblems[subject.object] {
        switch problem.code {
        case .unknown, .dropped: report.add(problem, about: subject.object)
        default: break
        }
      }
    })
}
