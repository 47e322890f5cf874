import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let dependencyDeadlock = Rule(
    id: "dependency-deadlock", chapter: .dependencies, severity: .error,
    title: "two objects wait for each other",
    why: """
      One waits until the other is healthy, and the other cannot begin before the first is ready: on a fresh cluster \
      neither ever is, nor anything that depends on them.
      """,
    remedy: "Let the one not wait for the other (`wait`, `healthChecks`), or take the dependency out.",
    check: .cluster { context, report in
      let waiting = WaitingGraph(context)
      for lock in waiting.deadlocks {
        guard let object = context.cluster.object(lock.blocked) else { continue }
        report.add(
          .locked(lock), at: lock.place, about: object.reference,
          field: "deadlock[\(lock.names.sorted().map(\.description).joined(separator: ","))]",
          related: lock.story + object.trace)
      }
    })
}

/// When what can happen: each node of the cluster's graph twice, once as begun, once as ready.
private struct WaitingGraph {
  /// One must have happened before the other.
  struct Need {
    var to: Int
    var kind: Kind
    var place: Location

    enum Kind { case dependsOn, source, made, own, waits, namespace, definition }
  }

  /// Nodes that wait for each other.
  struct Deadlock {
    /// What cannot begin.
    var blocked: ObjectID
    /// What it needs first, and the place that says so.
    var place: Location
    /// All that take part, in the order of waiting, from the one that waits for health.
    var names: [ObjectID]
    var story: [RelatedLocation]
  }

  private let graph: Graph
  private var needs: [[Need]]

  init(_ context: RuleContext) {
    graph = context.cluster.graph
    needs = Array(repeating: [], count: graph.nodes.count * 2)
    for node in graph.nodes.indices { addEdges(of: node, context) }
    for node in graph.nodes.indices { addWaiting(of: node, context) }
    addNamespaces(context)
    addDefinitions(context)
    prune()
  }

  private func begun(_ node: Int) -> Int { node * 2 }
  private func ready(_ node: Int) -> Int { node * 2 + 1 }

  private mutating func addEdges(of node: Int, _ context: RuleContext) {
    let cluster = context.cluster
    let id = graph.nodes[node]
    let copies = cluster.index[id] ?? []
    needs[ready(node)].append(
      Need(to: begun(node), kind: .own, place: cluster.entryPoint.location))
    let isGiven = copies.contains { cluster.reconciliations[cluster.objects[$0].reconciliation].kind == .bootstrap }
    for edge in graph.needs(of: node) {
      switch edge.kind {
      case .dependsOn:
        needs[begun(node)].append(Need(to: ready(edge.to), kind: .dependsOn, place: edge.location))
      case .source:
        needs[begun(node)].append(Need(to: ready(edge.to), kind: .source, place: edge.location))
      case .appliedBy where !isGiven && copies.count == 1:
        needs[begun(node)].append(Need(to: begun(edge.to), kind: .made, place: edge.location))
      // Where two apply it, either does.
      case .appliedBy, .reads: break
      }
    }
  }

  /// What goes into a namespace is not applied before the namespace is there, and what comes with it neither.
  private mutating func addNamespaces(_ context: RuleContext) {
    let makers = NamespaceMakers(context.cluster).byName
    for use in NamespaceUse.all(in: context) {
      guard let maker = makers[use.namespace], maker.count == 1 else { continue }
      add(.namespace, from: use.reconciliation, to: maker[0], at: use.place.location, context.cluster)
    }
  }

  /// Nor is an object before its definition.
  private mutating func addDefinitions(_ context: RuleContext) {
    let cluster = context.cluster
    for use in CustomUse.all(in: context) where use.definitions.count == 1 {
      let object = cluster.objects[use.objects[0]].manifest
      add(
        .definition, from: use.reconciliation, to: cluster.objects[use.definitions[0]].reconciliation,
        at: (object.node["kind"]?.origin ?? object.origin).location, cluster)
    }
  }

  private mutating func add(_ kind: Need.Kind, from user: Int, to maker: Int, at place: Location, _ cluster: Cluster) {
    guard user != maker, cluster.reconciliations[maker].kind != .bootstrap,
      let from = graph.node(cluster.reconciliations[user].id), let to = graph.node(cluster.reconciliations[maker].id)
    else { return }
    needs[ready(from)].append(Need(to: begun(to), kind: kind, place: place))
  }

  private mutating func addWaiting(of node: Int, _ context: RuleContext) {
    let cluster = context.cluster
    guard let own = context.reconciliation(of: graph.nodes[node]), case .kustomization(let value) = own.definition,
      own.remoteCluster == nil, value.suspend?.value != true
    else { return }
    func wait(for id: ObjectID, at place: Location) {
      // The controller leaves itself out; what is suspended is a matter of its own.
      guard id != graph.nodes[node], let other = graph.node(id),
        let object = cluster.object(id), !(Applier(object)?.suspend?.value ?? false)
      else { return }
      needs[ready(node)].append(Need(to: ready(other), kind: .waits, place: place))
    }
    if let flag = value.wait, flag.value {
      for index in own.objects where cluster.objects[index].flux != nil {
        wait(for: cluster.objects[index].id, at: flag.origin.location)
      }
    } else {
      for check in value.healthChecks { wait(for: check.id, at: check.origin.location) }
    }
  }

  /// Takes out what leads to no circle: what needs nothing can happen, and then what needs only that.
  private mutating func prune() {
    var open = needs.map(\.count)
    var dependents: [[Int]] = Array(repeating: [], count: needs.count)
    for (node, list) in needs.enumerated() {
      for need in list { dependents[need.to].append(node) }
    }
    var possible = open.indices.filter { open[$0] == 0 }
    var isPossible = Array(repeating: false, count: needs.count)
    while let node = possible.popLast() {
      isPossible[node] = true
      for dependent in dependents[node] {
        open[dependent] -= 1
        if open[dependent] == 0 { possible.append(dependent) }
      }
    }
    for node in needs.indices { needs[node].removeAll { isPossible[$0.to] } }
  }

  /// Circles that lead over at least one wait for health, each told once.
  var deadlocks: [Deadlock] {
    var found: [Deadlock] = []
    var told: Set<Location> = []
    for node in needs.indices {
      for need in needs[node] where need.kind == .waits {
        guard let way = way(from: need.to, to: node, avoiding: node - 1),
          let block = way.first(where: { $0.need.kind == .dependsOn || $0.need.kind == .source }),
          told.insert(block.need.place).inserted
        else { continue }
        found.append(deadlock([(node, need)] + way, block))
      }
    }
    return found
  }

  private typealias Step = (from: Int, need: Need)

  private func deadlock(_ way: [Step], _ block: Step) -> Deadlock {
    var names: [ObjectID] = []
    for step in way where names.last != graph.nodes[step.from / 2] { names.append(graph.nodes[step.from / 2]) }
    let story = way.filter { $0.need.kind != .own && $0.need.place != block.need.place }.map { step in
      RelatedLocation(sentence(step), at: step.need.place)
    }
    return Deadlock(
      blocked: graph.nodes[block.from / 2], place: block.need.place, names: names, story: story)
  }

  private func sentence(_ step: Step) -> String {
    let (one, other) = (graph.nodes[step.from / 2], graph.nodes[step.need.to / 2])
    switch step.need.kind {
    case .waits: return "\(one) waits until \(other) is ready"
    case .made: return "\(one) is applied by \(other)"
    case .source: return "\(one) takes its files from \(other)"
    case .namespace: return "\(one) applies into a namespace that \(other) creates"
    case .definition: return "\(one) applies objects of a type that \(other) defines"
    case .dependsOn, .own: return "\(one) depends on \(other)"
    }
  }

  /// A shortest way over needs. `avoided` is the beginning of what waits: a way over that is one without the waiting,
  /// and another rule speaks of those.
  private func way(from start: Int, to end: Int, avoiding avoided: Int) -> [Step]? {
    var cameBy: [Int: Step] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      if node == end { break }
      for need in needs[node] where need.to != start && need.to != avoided && cameBy[need.to] == nil {
        cameBy[need.to] = (node, need)
        queue.append(need.to)
      }
    }
    guard start == end || cameBy[end] != nil else { return nil }
    var steps: [Step] = []
    var node = end
    while node != start, let step = cameBy[node] {
      steps.append(step)
      node = step.from
    }
    return steps.reversed()
  }
}

extension Message {
  fileprivate static func locked(_ lock: WaitingGraph.Deadlock) -> Self {
    let way = (lock.names + lock.names.prefix(1)).map(\.description)
    return Message(
      "\(lock.blocked) can never begin, because what it needs waits for it: \(way.joined(separator: " → "))")
  }
}
