import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let valuesOverrideCollision = Rule(
    id: "values-override-collision", chapter: .rendering, severity: .warning,
    title: "a value is set inline and through a target path",
    why: """
      Which of the two wins depends on where the key stands and on the other entries of `valuesFrom`: inline values are \
      merged over once more at the end, and take some overrides back.
      """,
    remedy: "Set the value in one place only.",
    check: .helmRelease { subject, context, report in
      guard let values = subject.value.values else { return }
      for entry in subject.value.valuesFrom {
        guard let target = entry.value.targetPath, let inline = values.entry(at: target.value) else { continue }
        let isKept = context.reconciliation(of: subject.id)?.release?.keptTargets[target.value]
        report.add(
          .collides(subject.id, target.value, entry.value.ref, isKept), at: target.origin, about: subject.object,
          field: "spec.valuesFrom[\(target.value)]",
          related: [RelatedLocation("set inline here", at: inline.location)])
      }
    })
}

extension Node {
  /// Where the key at the end of a target path stands; nil when it is not set.
  fileprivate func entry(at path: String) -> Origin? {
    var keys: [String] = [""]
    var isEscaped = false
    for character in path.unicodeScalars {
      switch character {
      case "\\" where !isEscaped: isEscaped = true
      case "." where !isEscaped: keys.append("")
      case "[" where !isEscaped: keys.append("[")
      case "]" where !isEscaped: keys[keys.count - 1] = String(keys[keys.count - 1].drop { $0 == "[" })
      default:
        keys[keys.count - 1].unicodeScalars.append(character)
        isEscaped = false
      }
    }
    var node = self
    for key in keys.dropLast() {
      guard let inner = node[key] ?? node.item(key) else { return nil }
      node = inner
    }
    return keys.last.flatMap { node.mapping?.entry($0)?.keyOrigin ?? node.item($0)?.origin }
  }

  private func item(_ index: String) -> Node? {
    guard let items = sequence, let index = Int(index), items.indices.contains(index) else { return nil }
    return items[index]
  }
}

extension Message {
  fileprivate static func collides(_ id: ObjectID, _ path: String, _ source: ObjectRef?, _ isKept: Bool?) -> Self {
    let fact = "\(id) sets '\(path)' through `targetPath` and inline"
    guard let isKept, let source else { return Message(fact) }
    return isKept
      ? Message("\(fact); the value from \(source.id) wins", help: "Take the inline value out.")
      : Message("\(fact); the inline value wins", help: "Take out the inline value, or the entry of `valuesFrom`.")
  }
}
