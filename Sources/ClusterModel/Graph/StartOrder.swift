import Diagnostics
import Kubernetes

/// When what can happen on a fresh cluster: each node of a graph twice, once as begun, once as ready.
///
/// A node begins once it is applied (its maker has begun), what it depends on is ready, and its source is. It is ready
/// once it has begun and all that it waits for is ready.
public struct StartOrder: Sendable {
  /// One event must have happened before another.
  public struct Need: Sendable {
    /// The event that comes first.
    public var to: Int
    /// Why.
    public var kind: Kind
    /// The place that says so.
    public var place: Location

    /// Whether it is enough that the other has begun, or is there.
    public var isByPresence: Bool { to % 2 == 0 }

    /// Why one event comes before another.
    public enum Kind: Sendable {
      /// `dependsOn`.
      case dependsOn
      /// A source must have an artifact.
      case source
      /// An object must have been applied.
      case made
      /// What is ready has begun.
      case own
      /// `wait`, `healthChecks`.
      case waits
      /// What goes into a namespace is applied after it.
      case namespace
      /// An object is applied after the definition of its type.
      case definition
      /// A Secret or ConfigMap that is read must have been applied.
      case data
    }
  }

  /// One reconciler is ready only after another has begun, for a reason that is no edge of the graph.
  public struct Requirement: Sendable {
    var user: ObjectID
    var maker: ObjectID
    var kind: Need.Kind
    var place: Location

    /// `user` is ready only after `maker` has begun.
    public init(_ user: ObjectID, needs maker: ObjectID, _ kind: Need.Kind, at place: Location) {
      (self.user, self.maker, self.kind, self.place) = (user, maker, kind, place)
    }
  }

  /// A step on a way over events: the need of `from`.
  typealias Step = (from: Int, need: Need)

  /// The graph.
  public let graph: Graph
  /// What each event needs: two for each node, begun and ready.
  public let needs: [[Need]]
  /// Whether an event can happen at all; where not, it needs itself in a circle, or what never happens.
  public let isPossible: [Bool]
  /// The order in which events that are possible can happen.
  let order: [Int]

  /// The order in which the objects of a cluster start.
  /// - Parameter blocks: dependencies of which it is known that they never come about.
  public init(_ cluster: Cluster, also requirements: [Requirement] = [], without blocks: [StartBlock] = []) {
    graph = cluster.graph
    var needs: [[Need]] = Array(repeating: [], count: graph.nodes.count * 2)
    for node in graph.nodes.indices {
      let id = graph.nodes[node]
      needs[Self.ready(node)].append(
        Need(to: Self.begun(node), kind: .own, place: cluster.entryPoint.location))
      let copies = cluster.index[id] ?? []
      let isGiven =
        cluster.seeds.contains(id)
        || copies.contains { cluster.reconciliations[cluster.objects[$0].reconciliation].kind.isGiven }
      // Where two apply it, either does.
      let isMade = !isGiven && copies.count == 1
      let gates = Gates(of: id, in: cluster)
      for edge in graph.needs(of: node) {
        let isGate = edge.kind != .dependsOn || gates.isGate(graph.nodes[edge.to])
        Self.add(edge, isMade: isMade, isGate: isGate, to: &needs)
      }
    }
    for need in DataNeeds(cluster, after: needs).needs { needs[need.event].append(need.need) }
    for requirement in requirements where requirement.user != requirement.maker {
      guard let user = graph.node(requirement.user), let maker = graph.node(requirement.maker) else { continue }
      needs[Self.ready(user)].append(
        Need(to: Self.begun(maker), kind: requirement.kind, place: requirement.place))
    }
    self.needs = needs
    var never: Set<Int> = []
    for block in blocks {
      if let node = graph.node(block.blocked) { never.insert(Self.begun(node)) }
    }
    (isPossible, order) = Self.sorted(needs, without: never)
  }

  /// The event that a node begins.
  public static func begun(_ node: Int) -> Int { node * 2 }
  /// The event that a node is ready.
  public static func ready(_ node: Int) -> Int { node * 2 + 1 }

  private static func add(_ edge: Graph.Edge, isMade: Bool, isGate: Bool, to needs: inout [[Need]]) {
    switch edge.kind {
    case .dependsOn:
      let event = isGate ? ready(edge.to) : begun(edge.to)
      needs[begun(edge.from)].append(Need(to: event, kind: .dependsOn, place: edge.location))
    case .source:
      needs[begun(edge.from)].append(Need(to: ready(edge.to), kind: .source, place: edge.location))
    case .appliedBy where isMade:
      needs[begun(edge.from)].append(Need(to: begun(edge.to), kind: .made, place: edge.location))
    case .waitsFor:
      needs[ready(edge.from)].append(Need(to: ready(edge.to), kind: .waits, place: edge.location))
    case .appliedBy, .reads, .sendsTo, .listensTo, .triggers, .choosesFrom, .writes: break
    }
  }

  /// What needs nothing can happen, and then what needs only that; the events in `never` cannot.
  private static func sorted(_ needs: [[Need]], without never: Set<Int>) -> (isPossible: [Bool], order: [Int]) {
    var open = needs.map(\.count)
    var dependents: [[Int]] = Array(repeating: [], count: needs.count)
    for (event, list) in needs.enumerated() {
      for need in list { dependents[need.to].append(event) }
    }
    for event in never { open[event] += 1 }
    var order = open.indices.filter { open[$0] == 0 }
    var next = 0
    while next < order.count {
      for dependent in dependents[order[next]] {
        open[dependent] -= 1
        if open[dependent] == 0 { order.append(dependent) }
      }
      next += 1
    }
    var isPossible = Array(repeating: false, count: needs.count)
    for event in order { isPossible[event] = true }
    return (isPossible, order)
  }
}
