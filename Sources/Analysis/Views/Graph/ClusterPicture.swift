import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Rules

/// What there is to show of a cluster's graph.
struct ClusterPicture: Sendable {
  let cluster: Cluster
  let order: StartOrder
  /// The dependencies that never come about.
  let blocks: [StartBlock]
  /// The wave that each node starts in; nil for what never starts.
  let waves: [Int?]
  let markers: [ImageMarker]
  /// The nodes that were asked for; nil for all.
  let focus: Set<Int>?
  /// The nodes that are shown, sorted.
  let nodes: [Int]
  /// What the rules know of it.
  let facts: ClusterFacts
  private let shown: Set<Int>
  private let reconciliations: [ObjectID: Int]

  var graph: Graph { cluster.graph }

  init(_ cluster: Cluster, around neighbourhood: Neighbourhood?, markers: [ImageMarker]) {
    self.cluster = cluster
    self.markers = markers
    facts = ClusterFacts(cluster)
    blocks = facts.startBlocks
    order = StartOrder(cluster, without: blocks)
    reconciliations = Dictionary(
      cluster.reconciliations.enumerated().filter { !$1.kind.isGiven }.map { ($1.id, $0) },
      uniquingKeysWith: { first, _ in first })
    waves = order.waves
    focus = neighbourhood?.centre
    shown = neighbourhood?.nodes ?? Set(cluster.graph.nodes.indices)
    self.nodes = shown.sorted()
  }

  /// The edges between nodes that are shown.
  var edges: [Graph.Edge] { graph.edges.filter { shown.contains($0.from) && shown.contains($0.to) } }

  /// What nodes that are shown depend on although it is not in the cluster.
  var absences: [Graph.Absence] { graph.absences.filter { shown.contains($0.from) } }

  func isShown(_ node: Int) -> Bool { shown.contains(node) }

  func reconciliation(of node: Int) -> Reconciliation? {
    reconciliations[graph.nodes[node]].map { cluster.reconciliations[$0] }
  }

  func object(_ node: Int) -> FluxObject? { cluster.object(graph.nodes[node])?.flux }

  /// Whether a node applies objects: those are what starts.
  func isApplier(_ node: Int) -> Bool {
    switch object(node) {
    case .kustomization, .helmRelease, .resourceSet, .artifactGenerator: true
    default: false
    }
  }

  /// What applies a node; nil for what is there from the start.
  func maker(of node: Int) -> Int? {
    if cluster.seeds.contains(graph.nodes[node]) { return nil }
    return graph.needs(of: node).first { $0.kind == .appliedBy }?.to
  }

  /// Why a node does not start as soon as it is applied.
  func reasons(of node: Int) -> [Graph.Edge] {
    graph.needs(of: node).filter { edge in
      switch edge.kind {
      case .dependsOn: true
      // A source that comes with it, or was there before, makes nobody wait.
      case .source: maker(of: edge.to) != nil && maker(of: edge.to) != maker(of: node)
      default: false
      }
    }
  }

  /// For each node that others cannot start without, what those are; the most important first.
  var stalls: [(node: Int, stalled: [Int])] {
    let dependents = order.dependents
    let found = nodes.map { node in
      (node: node, stalled: order.stalled(by: node, dependents).begin.filter { isApplier($0) && $0 != node })
    }
    return found.filter { !$0.stalled.isEmpty }.sorted {
      ($1.stalled.count, $0.node) < ($0.stalled.count, $1.node)
    }
  }

  /// Whom an Alert tells and what it listens to, and what Receivers have reconciled.
  func targets(of node: Int, _ kind: Graph.EdgeKind) -> [Int] {
    graph.needs(of: node).filter { $0.kind == kind }.map(\.to)
  }

  /// `9 Kustomizations, 1 HelmRelease`.
  func counted(_ nodes: [Int]) -> String {
    var counts: [String: Int] = [:]
    for node in nodes { counts[graph.nodes[node].kind, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value) \($0.value == 1 ? $0.key : Self.plural($0.key))" }.joined(separator: ", ")
  }

  private static func plural(_ kind: String) -> String {
    if kind.hasSuffix("y") { return kind.dropLast() + "ies" }
    return kind + "s"
  }
}
