import ClusterModel
import Flux
import Kubernetes

/// Which reconcilers of a cluster are sure to have done their work before others begin.
struct Ordering {
  private let graph: Graph
  private let presence: Set<Graph.Edge>
  private var known: [Int: Prerequisites] = [:]

  /// What must have happened before a node begins.
  private struct Prerequisites {
    /// Everything that it needs in some way, itself included: those have been applied, or have begun.
    var begun: Set<Int>
    /// What is waited for until it is ready.
    var ready: Set<Int>
  }

  init(_ cluster: Cluster) {
    graph = cluster.graph
    presence = cluster.presenceEdges
  }

  /// Whether `first` has applied its objects before `second` begins. What a Kustomization that is waited for makes, in
  /// turn too, counts as done: whether it really waits for it is another question.
  mutating func comes(_ first: ObjectID, before second: ObjectID) -> Bool {
    guard let one = graph.node(first), let other = graph.node(second) else { return false }
    let needed = prerequisites(of: other)
    return needed.begun.contains(one) || !needed.ready.isDisjoint(with: makers(of: one))
  }

  private mutating func prerequisites(of node: Int) -> Prerequisites {
    if let found = known[node] { return found }
    var found = Prerequisites(begun: [node], ready: [])
    var waiting = [node]
    while let next = waiting.popLast() {
      for edge in graph.needs(of: next) where edge.kind.isOrdering && edge.kind != .waitsFor {
        if presence.contains(edge) {
          // That something is there says that it has been applied, not that it applies anything.
          for maker in makers(of: edge.to) where maker != edge.to && found.begun.insert(maker).inserted {
            waiting.append(maker)
          }
          continue
        }
        if edge.kind == .dependsOn { found.ready.insert(edge.to) }
        if found.begun.insert(edge.to).inserted { waiting.append(edge.to) }
      }
    }
    known[node] = found
    return found
  }

  /// A node and what applies it, directly or in turn.
  private func makers(of node: Int) -> Set<Int> {
    var found: Set<Int> = [node]
    var waiting = [node]
    while let next = waiting.popLast() {
      for edge in graph.needs(of: next) where edge.kind == .appliedBy && found.insert(edge.to).inserted {
        waiting.append(edge.to)
      }
    }
    return found
  }
}

extension RuleContext {
  /// What never starts, because it or what applies it waits for something that is not there or for itself: what it would
  /// meet then is no question yet.
  var neverStarting: Set<ObjectID> {
    let graph = cluster.graph
    let presence = cluster.presenceEdges
    let blocked = facts.startBlocks.filter { if case .missing = $0.reason { true } else { false } }
    let stuck = blocked.compactMap { graph.node($0.blocked) } + graph.cycles(without: presence).flatMap { $0 }
    guard !stuck.isEmpty else { return [] }
    return Set(
      (stuck + graph.dependents(of: stuck, [.dependsOn, .appliedBy], without: presence)).map { graph.nodes[$0] })
  }
}
