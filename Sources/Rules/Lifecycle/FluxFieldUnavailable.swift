import ClusterModel
import Diagnostics
import Flux

extension Rule {
  static let fluxFieldUnavailable = Rule(
    id: "flux-field-unavailable", chapter: .lifecycle, severity: .error,
    title: "a field or a version of the API is newer than the cluster's Flux",
    why: "The Flux of this cluster does not know it yet and refuses the object, until it is upgraded.",
    remedy: "Upgrade Flux first, or do without.", precision: .veryHigh,
    check: .flux { subject, context, report in
      if let use = APIUse(subject, in: context), case .unavailable(let since)? = use.lifecycle?.state(in: use.flux) {
        report.add(.tooNew(use, since: since), at: use.origin, about: subject.object, field: "apiVersion")
      }
      for problem in context.facts.fieldProblems[subject.object] {
        switch problem.code {
        case .unavailable(let since), .valueUnavailable(_, let since):
          let own = context.cluster.version.version
          report.add(
            problem, about: subject.object,
            help: "Upgrade the cluster from Flux \(own) to \(since) first, or do without.")
        default: break
        }
      }
    })
}

extension Message {
  fileprivate static func tooNew(_ use: APIUse, since: FluxVersion) -> Self {
    Message("\(use.id) is written in \(use.version), which needs Flux \(since)", help: use.advice)
  }
}
