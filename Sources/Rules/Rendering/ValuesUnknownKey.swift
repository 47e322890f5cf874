import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

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
        let path = subject.value.targetPath(of: value)
        report.add(
          .unread(subject.id, value), at: path?.origin ?? value.origin, about: subject.object,
          field: "spec.values.\(value.path)")
      }
    })
}

extension HelmRelease {
  /// The `targetPath` that alone gives a value its name; nil for one whose name stands among values.
  fileprivate func targetPath(of value: UnreadValue) -> Field<String>? {
    let paths = valuesFrom.compactMap(\.value.targetPath).filter { path in
      path.value == value.path || path.value.hasPrefix(value.path + ".") || path.value.hasPrefix(value.path + "[")
    }
    let inline = value.path.split(separator: ".").reduce(values) { node, key in node?[String(key)] }
    return inline == nil ? paths.first : nil
  }
}

extension Message {
  fileprivate static func unread(_ id: ObjectID, _ value: UnreadValue) -> Self {
    let hint = value.suggestion.map { "; did you mean '\($0)'?" } ?? ""
    return Message("\(id) sets '\(value.path)', which its chart never reads\(hint)")
  }
}
