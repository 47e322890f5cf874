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
      let presence = context.cluster.presenceEdges
      for group in graph.cycles(without: presence) {
        var covered: Set<Int> = []
        for node in inOrder(group, context.cluster) where !covered.contains(node) {
          let edges = graph.shortestCycle(in: [node] + group.filter { $0 != node }, without: presence)
          guard let first = edges.first, let object = context.cluster.object(graph.nodes[node]) else { continue }
          covered.formUnion(edges.map(\.from))
          let names = edges.map { graph.nodes[$0.from] }
          let story = edges.dropFirst().map {
            RelatedLocation("\(graph.nodes[$0.from]) depends on \(graph.nodes[$0.to])", at: $0.location)
          }
          report.add(
            .cycle(names), at: first.location, about: object.reference, field: field(of: names),
            related: story + stalled(by: group, in: context.cluster) + object.trace)
        }
      }
    })

  /// The members as they are applied. People write down first what the rest is built on; that it waits for something
  /// built on it is what most likely closed the circle.
  private static func inOrder(_ group: [Int], _ cluster: Cluster) -> [Int] {
    func position(_ node: Int) -> Int { cluster.index[cluster.graph.nodes[node]]?.first ?? .max }
    // Names tell more than the order of files: infrastructure that waits for apps is the wrong way round.
    func ascent(_ node: Int) -> Int {
      let members = Set(group)
      let own = level(of: cluster.graph.nodes[node].name)
      guard own <= 1 else { return 0 }
      return cluster.graph.needs(of: node).filter { $0.kind == .dependsOn && members.contains($0.to) }
        .map { level(of: cluster.graph.nodes[$0.to].name) - own }.max() ?? 0
    }
    return group.sorted { (-ascent($0), position($0)) < (-ascent($1), position($1)) }
  }

  /// How far up something stands by its name, in what people commonly call the layers of a cluster.
  private static func level(of name: String) -> Int {
    let layers = [
      ["crd", "namespace", "source", "repos", "chart"],
      ["core", "base", "system", "infra", "controller", "operator", "platform", "storage", "network"],
      ["config", "settings", "issuer", "policies", "secret"], ["monitoring", "observability", "logging"],
    ]
    // Of several words the last says most: `infra-configs` are configs.
    let found = layers.indices.filter { index in layers[index].contains { name.contains($0) } }
    return found.last ?? layers.count
  }

  /// What else is held up, as one place: the first of them.
  private static func stalled(by group: [Int], in cluster: Cluster) -> [RelatedLocation] {
    let dependents = cluster.graph.dependents(of: group, [.dependsOn, .appliedBy], without: cluster.presenceEdges)
    let found = dependents.compactMap {
      cluster.object(cluster.graph.nodes[$0]).flatMap(Applier.init)
    }
    guard let first = found.first else { return [] }
    let names = Listing.of(found.map(\.id.description))
    return [RelatedLocation("never applied because of it: \(names)", at: first.object.manifest.origin.location)]
  }

  /// The members, so that another circle of the same object is another finding.
  private static func field(of names: [ObjectID]) -> String {
    "spec.dependsOn[\(names.sorted().map(\.description).joined(separator: ","))]"
  }
}

extension Message {
  fileprivate static func cycle(_ names: [ObjectID]) -> Self {
    let way = (names + names.prefix(1)).map(\.description)
    return Message(
      names.count == 1
        ? "\(names[0]) depends on itself and is never applied"
        : "dependencies lead in a circle, so none of these is ever applied: \(way.joined(separator: " → "))")
  }
}
