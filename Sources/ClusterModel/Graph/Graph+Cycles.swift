extension Graph {
  /// The groups of nodes that need each other in a circle by edges of `kind`, each sorted, in the order of their first nodes;
  /// the edges in `ignored` left out.
  ///
  /// Tarjan's strongly connected components with a stack of its own: a chain of 10,000 objects costs no recursion.
  public func cycles(_ kind: EdgeKind = .dependsOn, without ignored: Set<Edge> = []) -> [[Int]] {
    var search = ComponentSearch(graph: self, kind: kind, ignored: ignored)
    for node in nodes.indices { search.visit(node) }
    return search.components.filter { group in
      group.count > 1
        || needs(of: group[0]).contains { $0.kind == kind && $0.to == group[0] && !ignored.contains($0) }
    }.sorted { $0[0] < $1[0] }
  }

  /// A shortest way around within `group` (a result of ``cycles(_:)``), as edges; it starts at the group's first node.
  public func shortestCycle(
    in group: [Int], _ kind: EdgeKind = .dependsOn, without ignored: Set<Edge> = []
  ) -> [Edge] {
    guard let start = group.first else { return [] }
    let members = Set(group)
    var cameBy: [Int: Edge] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for edge in needs(of: node)
      where edge.kind == kind && members.contains(edge.to) && !ignored.contains(edge) {
        if edge.to == start { return way(to: node, from: start, cameBy) + [edge] }
        if cameBy[edge.to] == nil {
          cameBy[edge.to] = edge
          queue.append(edge.to)
        }
      }
    }
    return []
  }

  private func way(to end: Int, from start: Int, _ cameBy: [Int: Edge]) -> [Edge] {
    var edges: [Edge] = []
    var node = end
    while node != start, let edge = cameBy[node] {
      edges.append(edge)
      node = edge.from
    }
    return edges.reversed()
  }

  /// Everything that needs one of `start`, directly or through others, by edges of `kinds` but those in `ignored`; `start`
  /// itself left out.
  public func dependents(
    of start: [Int], _ kinds: Set<EdgeKind>, without ignored: Set<Edge> = []
  ) -> [Int] {
    var seen = Set(start)
    var queue = start
    var found: [Int] = []
    while let node = queue.popLast() {
      for edge in neededBy(node)
      where kinds.contains(edge.kind) && !ignored.contains(edge) && seen.insert(edge.from).inserted {
        found.append(edge.from)
        queue.append(edge.from)
      }
    }
    return found.sorted()
  }

  /// Everything that `node` needs, directly or through others, by edges of `kinds`; itself left out. Most need little, and
  /// some are needed by nearly all: whether one needs another is found out from here.
  public func requirements(of node: Int, _ kinds: Set<EdgeKind>) -> Set<Int> {
    var found: Set<Int> = [node]
    var waiting = [node]
    while let next = waiting.popLast() {
      for edge in needs(of: next) where kinds.contains(edge.kind) && found.insert(edge.to).inserted {
        waiting.append(edge.to)
      }
    }
    found.remove(node)
    return found
  }
}

/// The state of Tarjan's search.
private struct ComponentSearch {
  private let graph: Graph
  private let kind: Graph.EdgeKind
  private let ignored: Set<Graph.Edge>
  private var order: [Int]
  private var low: [Int]
  private var onStack: [Bool]
  private var stack: [Int] = []
  private var visited = 0
  private(set) var components: [[Int]] = []

  init(graph: Graph, kind: Graph.EdgeKind, ignored: Set<Graph.Edge>) {
    self.graph = graph
    self.ignored = ignored
    self.kind = kind
    order = Array(repeating: -1, count: graph.nodes.count)
    low = order
    onStack = Array(repeating: false, count: graph.nodes.count)
  }

  mutating func visit(_ root: Int) {
    guard order[root] < 0 else { return }
    var work: [(node: Int, rest: ArraySlice<Graph.Edge>)] = []
    work.append((root, enter(root)))
    while let (node, rest) = work.popLast() {
      guard let edge = rest.first else {
        leave(node, parent: work.last?.node)
        continue
      }
      work.append((node, rest.dropFirst()))
      guard edge.kind == kind, !ignored.contains(edge) else { continue }
      if order[edge.to] < 0 {
        work.append((edge.to, enter(edge.to)))
      } else if onStack[edge.to] {
        low[node] = min(low[node], order[edge.to])
      }
    }
  }

  private mutating func enter(_ node: Int) -> ArraySlice<Graph.Edge> {
    order[node] = visited
    low[node] = visited
    visited += 1
    stack.append(node)
    onStack[node] = true
    return graph.needs(of: node)
  }

  private mutating func leave(_ node: Int, parent: Int?) {
    if let parent { low[parent] = min(low[parent], low[node]) }
    guard low[node] == order[node] else { return }
    var group: [Int] = []
    while let member = stack.popLast() {
      onStack[member] = false
      group.append(member)
      if member == node { break }
    }
    components.append(group.sorted())
  }
}
