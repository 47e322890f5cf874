import Diagnostics
import Kubernetes

/// The Flux objects of a cluster and how they need each other, frozen.
public struct Graph: Sendable {
  /// A needs B, at a place.
  public struct Edge: Sendable, Hashable {
    /// The node that needs.
    public var from: Int
    /// The node that is needed.
    public var to: Int
    /// How.
    public var kind: EdgeKind
    /// The place that says so.
    public var location: Location
  }

  /// How one object needs another.
  public enum EdgeKind: String, Sendable, Hashable, CaseIterable {
    /// `dependsOn`.
    case dependsOn
    /// `sourceRef`, `chartRef`: a consumer needs its source.
    case source
    /// A child is applied by its parent.
    case appliedBy
    /// An object reads a Secret or ConfigMap: credentials, keys, variables, values; a ResourceSet reads its inputs.
    case reads
    /// A Kustomization or ResourceSet is ready only once another object is: `wait`, `healthChecks`.
    case waitsFor
    /// An Alert sends to a Provider.
    case sendsTo
    /// An Alert listens to an object.
    case listensTo
    /// A Receiver has an object reconciled.
    case triggers
    /// An ImagePolicy chooses among the tags of an ImageRepository.
    case choosesFrom
    /// An ImageUpdateAutomation writes what an ImagePolicy has chosen.
    case writes

    /// Whether it says something about the order in which objects are reconciled.
    public var isOrdering: Bool {
      switch self {
      case .dependsOn, .source, .appliedBy, .reads, .waitsFor: true
      case .sendsTo, .listensTo, .triggers, .choosesFrom, .writes: false
      }
    }
  }

  /// A node depends on something that no node stands for.
  public struct Absence: Sendable, Hashable {
    /// The node that needs.
    public var from: Int
    /// What it needs.
    public var to: ObjectID
    /// The place that says so.
    public var location: Location
  }

  /// The nodes, sorted.
  public let nodes: [ObjectID]
  /// All edges, by their first node, then by kind and second node.
  public let edges: [Edge]
  /// Dependencies on what is not in the cluster, by their nodes, then by what they name.
  public let absences: [Absence]
  private let positions: [ObjectID: Int]
  private let firstEdge: [Int]
  private let incoming: [[Int]]

  /// The position of an object among the nodes.
  public func node(_ id: ObjectID) -> Int? { positions[id] }

  /// What `node` needs.
  public func needs(of node: Int) -> ArraySlice<Edge> {
    edges[firstEdge[node]..<firstEdge[node + 1]]
  }

  /// What needs `node`.
  public func neededBy(_ node: Int) -> [Edge] {
    incoming[node].map { edges[$0] }
  }

  /// Collects nodes and edges, then freezes them.
  public struct Builder {
    private var ids: Set<ObjectID> = []
    private var pending: [(from: ObjectID, to: ObjectID, kind: EdgeKind, location: Location)] = []

    /// A graph without nodes.
    public init() {}

    /// Adds a node; adding it again changes nothing.
    /// - Returns: whether it is new.
    @discardableResult public mutating func add(_ id: ObjectID) -> Bool {
      ids.insert(id).inserted
    }

    /// Adds an edge. When the graph is frozen, it is dropped unless both ends are nodes; a dependency on what is no node is
    /// then an absence.
    public mutating func connect(_ from: ObjectID, to: ObjectID, _ kind: EdgeKind, at location: Location) {
      pending.append((from, to, kind, location))
    }

    /// The graph.
    public func freeze() -> Graph {
      let nodes = ids.sorted()
      var positions: [ObjectID: Int] = [:]
      for (position, id) in nodes.enumerated() { positions[id] = position }
      let edges = pending.compactMap { edge -> Edge? in
        guard let from = positions[edge.from], let to = positions[edge.to] else { return nil }
        return Edge(from: from, to: to, kind: edge.kind, location: edge.location)
      }
      var distinct: [Edge] = []
      distinct.reserveCapacity(edges.count)
      for edge in edges.sorted(by: Edge.comesFirst) where edge != distinct.last { distinct.append(edge) }
      let absences = pending.compactMap { edge -> Absence? in
        guard edge.kind == .dependsOn, positions[edge.to] == nil, let from = positions[edge.from] else { return nil }
        return Absence(from: from, to: edge.to, location: edge.location)
      }
      return Graph(
        nodes: nodes, positions: positions, edges: distinct,
        absences: Set(absences).sorted { ($0.from, $0.to, $0.location) < ($1.from, $1.to, $1.location) })
    }
  }

  private init(nodes: [ObjectID], positions: [ObjectID: Int], edges: [Edge], absences: [Absence]) {
    self.nodes = nodes
    self.absences = absences
    self.positions = positions
    self.edges = edges
    var counts = [Int](repeating: 0, count: nodes.count + 1)
    var incoming = [[Int]](repeating: [], count: nodes.count)
    for (position, edge) in edges.enumerated() {
      counts[edge.from + 1] += 1
      incoming[edge.to].append(position)
    }
    for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
    firstEdge = counts
    self.incoming = incoming
  }
}

extension Graph.Edge {
  fileprivate static func comesFirst(_ left: Self, _ right: Self) -> Bool {
    // Step by step: a place is compared by its path, which few edges come to.
    if left.from != right.from { return left.from < right.from }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.to != right.to { return left.to < right.to }
    return left.location < right.location
  }
}
