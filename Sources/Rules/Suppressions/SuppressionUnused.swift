import Diagnostics
import Policies

extension Rule {
  static let suppressionUnused = Rule(
    id: "suppression-unused", chapter: .suppressions, severity: .info,
    title: "a suppression has nothing to suppress",
    why: "The finding is gone, or stands elsewhere by now. Left in place, the suppression hides the next one.",
    remedy: "Take the suppression out.", tags: ["maintenance"],
    check: .suppression { problem, report in
      guard case .unused(let rules) = problem.code else { return }
      report.add(
        .unused(rules), at: problem.location, about: problem.object, field: "unused:\(rules.joined(separator: ","))")
    })
}

extension Message {
  fileprivate static func unused(_ rules: [String]) -> Self {
    Message("there is no finding of \(Listing.of(rules)) here that this suppression would accept")
  }
}
