import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let releaseNameCollision = Rule(
    id: "release-name-collision", chapter: .ownership, severity: .error,
    title: "two HelmReleases manage the same release",
    why: """
      Name and storage namespace are all that tells Helm's releases apart. Two HelmReleases with both the same upgrade each \
      other's chart away, at every interval.
      """,
    remedy: "Give one of them another `releaseName` or `storageNamespace`.", precision: .veryHigh,
    check: .cluster { context, report in
      var seen: [[String]: Reconciliation] = [:]
      for reconciliation in context.cluster.reconciliations {
        guard case .helmRelease(let value) = reconciliation.definition, let facts = reconciliation.release else {
          continue
        }
        let key = [reconciliation.target, facts.storageNamespace, facts.releaseName]
        guard let first = seen[key] else {
          seen[key] = reconciliation
          continue
        }
        // Whoever says so by a field of its own is in the way of whoever has the name by itself.
        let isFirst = value.naming == nil && first.naming != nil
        let (culprit, other) = isFirst ? (first, reconciliation) : (reconciliation, first)
        let place = culprit.naming ?? value.origin
        report.add(
          .collide(culprit.id, other.id, facts), at: place.location, about: culprit.reference,
          field: "spec.releaseName",
          related: [RelatedLocation("\(other.id) manages it too", at: other.location)] + place.trace + culprit.trace)
      }
    })
}

extension HelmRelease {
  /// The field that names the release, or where its records are.
  fileprivate var naming: Origin? { releaseName?.origin ?? storageNamespace?.origin ?? targetNamespace?.origin }
}

extension Reconciliation {
  fileprivate var naming: Origin? {
    if case .helmRelease(let value) = definition { value.naming } else { nil }
  }
}

extension Message {
  fileprivate static func collide(_ id: ObjectID, _ other: ObjectID, _ facts: ReleaseFacts) -> Self {
    Message(
      "\(id) and \(other) both manage release '\(facts.releaseName)' with records in namespace "
        + "'\(facts.storageNamespace)'")
  }
}
