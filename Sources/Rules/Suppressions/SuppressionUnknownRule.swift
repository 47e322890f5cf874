import Diagnostics
import Policies

extension Rule {
  static let suppressionUnknownRule = Rule(
    id: "suppression-unknown-rule", chapter: .suppressions, severity: .warning,
    title: "a suppression names a rule that does not exist",
    why: "It suppresses nothing, while its author believes that it does.",
    remedy: "Correct the id, or take the suppression out. `sluice rules` lists all ids.", tags: ["maintenance"],
    precision: .veryHigh,
    check: .suppression { problem, report in
      guard case .unknownRule(let id, let suggestion) = problem.code else { return }
      report.add(.unknown(id, suggestion), at: problem.location, about: problem.object, field: "unknown:\(id)")
    })
}

extension Message {
  fileprivate static func unknown(_ id: String, _ suggestion: String?) -> Self {
    Message("there is no rule '\(id)' to suppress" + (suggestion.map { "; did you mean '\($0)'?" } ?? ""))
  }
}
