import Diagnostics
import Flux
import Kubernetes

extension StartOrder {
  /// A step of the longest chain: a node that begins, or, after what it waits for, is ready.
  public struct ChainLink: Sendable {
    /// The node.
    public var node: Int
    /// Why it comes only after the node before it in the chain; nil for the first.
    public var reason: Need?
  }

  /// For each node the number of the wave it begins in, from 1; nil for what can never begin. Being applied and being
  /// waited for are steps; a source that is read is none.
  public var waves: [Int?] {
    let levels = levels
    return graph.nodes.indices.map { node in
      isPossible[Self.begun(node)] ? levels[Self.begun(node)] + 1 : nil
    }
  }

  /// The longest of all chains, from what begins first to what begins last.
  public var longestChain: [ChainLink] {
    let levels = levels
    let possible = graph.nodes.indices.filter { isPossible[Self.begun($0)] }
    guard var node = possible.max(by: { levels[Self.begun($0)] < levels[Self.begun($1)] }) else { return [] }
    var chain: [ChainLink] = []
    // Each step leads to an event of a lower level, or to a source of the same.
    while let step = decisive(Self.begun(node), levels) {
      let before = step.need.to / 2
      chain.append(ChainLink(node: node, reason: step.need))
      node = before
      // Ready comes last with what it waits for: go on from the one that decides.
      var event = step.need.to
      while event % 2 == 1, let deeper = decisive(event, levels), deeper.need.kind == .waits {
        chain.append(ChainLink(node: node, reason: deeper.need))
        event = deeper.need.to
        node = event / 2
      }
    }
    chain.append(ChainLink(node: node, reason: nil))
    return chain.reversed()
  }

  /// What can neither begin nor become ready as long as `node` is not ready, by two lists of nodes.
  public func stalled(by node: Int, _ dependents: Dependents) -> (begin: [Int], ready: [Int]) {
    var seen = Array(repeating: false, count: needs.count)
    seen[Self.ready(node)] = true
    var found: [Int] = []
    var queue = [Self.ready(node)]
    while let event = queue.popLast() {
      for next in dependents.of[event] where !seen[next] {
        seen[next] = true
        queue.append(next)
        found.append(next)
      }
    }
    let begin = found.filter { $0 % 2 == 0 }.map { $0 / 2 }.sorted()
    let ready = found.filter { $0 % 2 == 1 && !seen[$0 - 1] }.map { $0 / 2 }.sorted()
    return (begin, ready)
  }

  /// What needs each event.
  public struct Dependents: Sendable {
    fileprivate let of: [[Int]]
  }

  /// What needs each event, worked out once for many questions.
  public var dependents: Dependents {
    var found: [[Int]] = Array(repeating: [], count: needs.count)
    for (event, list) in needs.enumerated() {
      for need in list { found[need.to].append(event) }
    }
    return Dependents(of: found)
  }

  private var levels: [Int] {
    var levels = Array(repeating: 0, count: needs.count)
    for event in order {
      levels[event] = needs[event].map { levels[$0.to] + weight(of: $0, for: event) }.max() ?? 0
    }
    return levels
  }

  /// The need that decides when an event can happen.
  private func decisive(_ event: Int, _ levels: [Int]) -> Step? {
    needs[event].max { one, other in
      levels[one.to] + weight(of: one, for: event) < levels[other.to] + weight(of: other, for: event)
    }.map { (event, $0) }
  }

  /// Only what applies objects itself takes a step of its own when it is applied: a source comes with its maker.
  private func weight(of need: Need, for event: Int) -> Int {
    switch need.kind {
    case .dependsOn: 1
    case .made: FluxKind(rawValue: graph.nodes[event / 2].kind)?.isApplier == true ? 1 : 0
    case .source, .own, .waits, .namespace, .definition, .data: 0
    }
  }
}

extension FluxKind {
  fileprivate var isApplier: Bool {
    switch self {
    case .kustomization, .helmRelease, .resourceSet, .artifactGenerator: true
    default: false
    }
  }
}
