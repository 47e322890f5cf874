import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

extension Rule {
  static let dependencyEmpty = Rule(
    id: "dependency-empty", chapter: .dependencies, severity: .warning,
    title: "others depend on a Kustomization that applies nothing",
    why: """
      A Kustomization without objects is ready at once, whatever it was meant to bring: the order that the others ask \
      for is none.
      """,
    remedy: "Correct its path or list its files in the kustomization; if it has done its work, take the dependencies "
      + "out.",
    check: .kustomization { subject, context, report in
      // One that waits for others, or for what others bring, gathers gates on purpose.
      guard subject.value.dependsOn.isEmpty, subject.value.healthChecks.isEmpty,
        let own = context.reconciliation(of: subject.id), own.appliesNothing,
        let node = context.cluster.graph.node(subject.id)
      else { return }
      let edges = context.cluster.graph.neededBy(node).filter {
        $0.kind == .dependsOn && $0.from != node && !context.cluster.isContentWithPresence($0)
      }
      guard !edges.isEmpty else { return }
      let names = edges.map { context.cluster.graph.nodes[$0.from] }
      report.add(
        .empty(subject.id, own, names), at: subject.value.path?.origin ?? subject.object.manifest.origin,
        about: subject.object, field: "spec.path",
        related: zip(names, edges).map { RelatedLocation("\($0) depends on it", at: $1.location) })
    })
}

extension Message {
  fileprivate static func empty(_ id: ObjectID, _ reconciliation: Reconciliation, _ others: [ObjectID]) -> Self {
    let folder = reconciliation.path.map { " from ./\($0.string)" } ?? ""
    return Message(
      "\(id) applies nothing\(folder), so \(Listing.of(others.map(\.description), atMost: 3)) "
        + "\(others.count == 1 ? "waits" : "wait") for nothing")
  }
}
