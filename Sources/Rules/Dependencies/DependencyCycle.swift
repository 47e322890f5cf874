import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let dependencyCycle = Rule(
    id: "dependency-cycle", chapter: .dependencies, severity: .error,
    title: "objects depend on each other in a circle",
    why: """
      Each waits for the next to become ready, so none is ever applied, nor anything that waits for one of them. \
      Worse, kustomize-controller gives up event-driven reconciliation for every Kustomization of the same source.
      """,
    remedy: "Take out the `dependsOn` entry that is not needed for the objects to be applied.",
    precision: .veryHigh,
    check: .cluster { context, report in
      let graph = context.cluster.graph
      for group in graph.cycles(.dependsOn) {
        var covered: Set<Int> = []
        for node in group where !covered.contains(node) {
          let rest = group.filter { $0 != node }
          let edges = graph.shortestCycle(in: [node] + rest, .dependsOn)
          guard let first = edges.first, let object = context.cluster.object(graph.nodes[node]) else { continue }
          covered.formUnion(edges.map(\.from))
          let names = edges.map { graph.nodes[$0.from] }
          let stalled = graph.dependents(of: group, [.dependsOn, .appliedBy]).map { graph.nodes[$0] }
          let story = edges.dropFirst().map {
            RelatedLocation("\(graph.nodes[$0.from]) depends on \(graph.nodes[$0.to])", at: $0.location)
          }
          report.add(
            .cycle(names, stalled: stalled), at: first.location, about: object.reference, field: field(of: names),
            related: story + object.trace)
        }
      }
    })

  /// The members, so that another circle of the same object is another finding.
  private static func field(of names: [ObjectID]) -> String {
    "spec.dependsOn[\(names.sorted().map(\.description).joined(separator: ","))]"
  }
}

extension Message {
  fileprivate static func cycle(_ names: [ObjectID], stalled: [ObjectID]) -> Self {
    let way = (names + names.prefix(1)).map(\.description)
    var text =
      names.count == 1
      ? "\(names[0]) depends on itself and is never applied"
      : "dependencies lead in a circle, so none of these is ever applied: \(way.joined(separator: " → "))"
    if !stalled.isEmpty {
      text += "; it also holds up \(Listing.of(stalled.map(\.description)))"
    }
    return Message(text)
  }
}
