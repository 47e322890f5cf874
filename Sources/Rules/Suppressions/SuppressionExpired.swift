import Diagnostics
import Policies

extension Rule {
  static let suppressionExpired = Rule(
    id: "suppression-expired", chapter: .suppressions, severity: .warning,
    title: "a suppression's last day is over",
    why: "Findings were accepted for a while only. From the day after the last one they count again.",
    remedy: "Do what was put off, or give the suppression a new date and say why.", tags: ["maintenance"],
    precision: .veryHigh,
    check: .suppression { problem, report in
      guard case .expired(let rules, let until, let reason) = problem.code else { return }
      report.add(
        .expired(rules, until, reason), at: problem.location, about: problem.object,
        field: "expired:\(rules.joined(separator: ","))")
    })
}

extension Message {
  fileprivate static func expired(_ rules: [String], _ until: CalendarDate, _ reason: String) -> Self {
    Message("the suppression of \(Listing.of(rules)) ended on \(until); its reason was: \(reason)")
  }
}
