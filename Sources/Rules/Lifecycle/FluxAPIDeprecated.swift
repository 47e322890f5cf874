import ClusterModel
import Diagnostics
import Flux

extension Rule {
  static let fluxAPIDeprecated = Rule(
    id: "flux-api-deprecated", chapter: .lifecycle, severity: .warning,
    title: "an object is written in a version of the API that is on its way out",
    why: "A later Flux refuses the object: it has to be rewritten before the upgrade, or the upgrade stops deliveries.",
    remedy: "Write it in the version that stays.", precision: .veryHigh,
    check: .flux { subject, context, report in
      guard let use = APIUse(subject, in: context),
        case .deprecated(let since, let removedIn)? = use.lifecycle?.state(in: use.flux)
      else { return }
      report.add(
        .deprecated(use, since: since, removedIn: removedIn), at: use.origin, about: subject.object, field: "apiVersion"
      )
    })
}

extension Message {
  fileprivate static func deprecated(_ use: APIUse, since: FluxVersion, removedIn: FluxVersion?) -> Self {
    let end = removedIn.map { " and gone in \($0)" } ?? ""
    return Message(
      "\(use.id) is written in \(use.version), which is deprecated since Flux \(since)\(end)", help: use.advice)
  }
}
