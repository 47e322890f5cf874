import Diagnostics
import Policies

extension Rule {
  static let suppressionInvalid = Rule(
    id: "suppression-invalid", chapter: .suppressions, severity: .warning,
    title: "a suppression cannot be read",
    why: "It suppresses nothing, while its author believes that it does.",
    remedy: "Write `# sluice:ignore RULE -- reason`, with ` (until YYYY-MM-DD)` behind the reason where it shall end.",
    tags: ["maintenance"], precision: .veryHigh,
    check: .suppression { problem, report in
      guard case .malformed(let mistake) = problem.code else { return }
      report.add(.malformed(mistake), at: problem.location, about: problem.object, field: "malformed")
    })
}

extension Message {
  fileprivate static func malformed(_ mistake: SuppressionSyntax.Mistake) -> Self {
    Message("\(mistake.message), so it suppresses nothing")
  }
}
