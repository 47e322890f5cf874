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
        let place = value.releaseName?.origin ?? value.origin
        report.add(
          .collide(reconciliation.id, first.id, facts), at: place.location, about: reconciliation.reference,
          field: "spec.releaseName",
          related: [RelatedLocation("\(first.id) manages it too", at: first.location)] + place.trace
            + reconciliation.trace)
      }
    })
}

extension Message {
  fileprivate static func collide(_ id: ObjectID, _ other: ObjectID, _ facts: ReleaseFacts) -> Self {
    Message(
      "\(id) and \(other) both manage release '\(facts.releaseName)' with records in namespace "
        + "'\(facts.storageNamespace)'")
  }
}
