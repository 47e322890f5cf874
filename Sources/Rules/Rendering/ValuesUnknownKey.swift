import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let valuesUnknownKey = Rule(
    id: "values-unknown-key", chapter: .rendering, severity: .warning,
    title: "a release sets a value that its chart never reads",
    why: """
      Helm says nothing about values that no template asks for: a misspelt key or one of another version of the chart has \
      no effect, and the default stays in force.
      """,
    remedy: "Correct the name, or take the value out.", precision: .high,
    check: .helmRelease { subject, context, report in
      guard let reconciliation = context.reconciliation(of: subject.id) else { return }
      for value in reconciliation.unreadValues {
        report.add(
          .unread(subject.id, value), at: value.origin, about: subject.object, field: "spec.values.\(value.path)")
      }
    })
}

extension Message {
  fileprivate static func unread(_ id: ObjectID, _ value: UnreadValue) -> Self {
    let hint = value.suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return Message("\(id) sets '\(value.path)', which its chart never reads\(hint)")
  }
}
