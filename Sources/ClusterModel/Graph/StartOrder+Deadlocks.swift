import Diagnostics
import Kubernetes

extension StartOrder {
  /// Nodes that wait for each other.
  public struct Deadlock: Sendable {
    /// What cannot begin.
    public var blocked: ObjectID
    /// What says what it needs first.
    public var place: Location
    /// All that take part, in the order of waiting, from the one that waits for health.
    public var names: [ObjectID]
    /// Each step of the circle but the one at `place`.
    public var story: [RelatedLocation]
  }

  /// Circles that lead over at least one wait for health, or over a dependency on what the object itself brings, each told
  /// once.
  public var deadlocks: [Deadlock] {
    let stuck = needs.map { list in list.filter { !isPossible[$0.to] } }
    var found: [Deadlock] = []
    var told: Set<Location> = []
    for event in stuck.indices {
      for need in stuck[event] where need.kind == .waits || need.kind == .data {
        let begun = event % 2 == 1 ? event - 1 : nil
        guard let way = way(from: need.to, to: event, avoiding: begun, over: stuck),
          let block = way.first(where: { $0.need.kind == .dependsOn || $0.need.kind == .source }),
          told.insert(block.need.place).inserted
        else { continue }
        found.append(deadlock([(event, need)] + way, block))
      }
    }
    return found + ownMakers(over: stuck, besides: &told)
  }

  /// What depends on something that is applied only by itself, directly or in turn.
  private func ownMakers(over stuck: [[Need]], besides told: inout Set<Location>) -> [Deadlock] {
    var found: [Deadlock] = []
    var circles: Set<Set<ObjectID>> = []
    for event in stuck.indices {
      for need in stuck[event] where need.kind == .dependsOn && !told.contains(need.place) {
        guard let way = way(from: need.to, to: event, avoiding: nil, over: stuck),
          way.contains(where: { $0.need.kind == .made }),
          !way.contains(where: { $0.need.kind == .waits || $0.need.kind == .data })
        else { continue }
        let lock = deadlock([(event, need)] + way, (event, need))
        if circles.insert(Set(lock.names)).inserted { found.append(lock) }
        told.insert(need.place)
      }
    }
    return found
  }

  private func deadlock(_ way: [Step], _ block: Step) -> Deadlock {
    var names: [ObjectID] = []
    for step in way where names.last != graph.nodes[step.from / 2] { names.append(graph.nodes[step.from / 2]) }
    let story = way.filter { $0.need.kind != .own && $0.need.place != block.need.place }.map { step in
      RelatedLocation(sentence(step), at: step.need.place)
    }
    return Deadlock(
      blocked: graph.nodes[block.from / 2], place: block.need.place, names: names, story: story)
  }

  /// A step as a sentence without a full stop.
  func sentence(_ step: Step) -> String {
    let (one, other) = (graph.nodes[step.from / 2], graph.nodes[step.need.to / 2])
    switch step.need.kind {
    case .waits: return "\(one) waits until \(other) is ready"
    case .made: return "\(one) is applied by \(other)"
    case .source: return "\(one) takes its files from \(other)"
    case .namespace: return "\(one) applies into a namespace that \(other) creates"
    case .definition: return "\(one) applies objects of a type that \(other) defines"
    case .data: return "\(one) reads \(other)"
    case .dependsOn, .own: return "\(one) depends on \(other)"
    }
  }

  /// A shortest way over needs. `avoided` is the beginning of what waits: a way over that is one without the waiting,
  /// and is a cycle of its own kind.
  private func way(from start: Int, to end: Int, avoiding avoided: Int?, over needs: [[Need]]) -> [Step]? {
    var cameBy: [Int: Step] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let event = queue[next]
      next += 1
      if event == end { break }
      for need in needs[event] where need.to != start && need.to != avoided && cameBy[need.to] == nil {
        cameBy[need.to] = (event, need)
        queue.append(need.to)
      }
    }
    guard start == end || cameBy[end] != nil else { return nil }
    var steps: [Step] = []
    var event = end
    while event != start, let step = cameBy[event] {
      steps.append(step)
      event = step.from
    }
    return steps.reversed()
  }
}
