import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let dependencyNotGated = Rule(
    id: "dependency-not-gated", chapter: .dependencies, severity: .warning,
    title: "others depend on a Kustomization that is ready too early",
    why: """
      Without `wait` or `healthChecks` a Kustomization is ready as soon as its objects are accepted: what depends on it \
      starts before they run, and fails until they do.
      """,
    remedy: "Set `wait: true` on it, or name what the others need in its `healthChecks`.",
    check: .kustomization { subject, context, report in
      guard subject.value.wait?.value != true, subject.value.healthChecks.isEmpty else { return }
      let edges = context.earlyStarters(after: subject.id)
      guard let first = edges.first else { return }
      let names = edges.map { context.cluster.graph.nodes[$0.from] }
      let manifest = subject.object.manifest
      report.add(
        .ungated(subject.id, names), at: subject.value.wait?.origin ?? manifest.origin, about: subject.object,
        field: "spec.wait",
        related: [RelatedLocation("needed by \(Listing.of(names.map(\.description)))", at: first.location)])
    })
}

extension Message {
  fileprivate static func ungated(_ id: ObjectID, _ others: [ObjectID]) -> Self {
    let names = Listing.of(others.map(\.description), atMost: 3)
    return Message(
      "\(id) neither waits nor checks health, so it is ready before its objects are",
      extent: ", and \(names) \(others.count == 1 ? "depends" : "depend") on it")
  }
}
