import Diagnostics
import Flux
import Kubernetes

/// Which events come only after a Secret or ConfigMap is applied that another reconciler brings.
///
/// What a source reads keeps it from getting ready; what anything else reads keeps it from beginning. Data that a
/// reconciler brings itself, or whatever applies it, must be there before: people put such Secrets there by hand when
/// they set up a cluster, so that is no need. Nor is what this repository's own source reads.
struct DataNeeds {
  /// The event that needs, and what it needs.
  private(set) var needs: [(event: Int, need: StartOrder.Need)] = []

  init(_ cluster: Cluster, after others: [[StartOrder.Need]]) {
    let graph = cluster.graph
    let own = cluster.ownSources
    for entry in cluster.dataReaders where !own.contains(entry.reader) && !entry.reference.isOptional {
      let wanted = entry.reference.ref
      guard let flux = cluster.object(entry.reader)?.flux, let reader = graph.node(entry.reader),
        let data = graph.node(wanted.id), !cluster.seeds.contains(wanted.id)
      else { continue }
      let event = flux.kind.isSource ? StartOrder.ready(reader) : StartOrder.begun(reader)
      let first = StartOrder.begun(data)
      guard !Self.comes(reader, before: first, others) else { continue }
      needs.append((event, StartOrder.Need(to: first, kind: .data, place: wanted.origin.location)))
    }
  }

  /// Whether an event follows from the beginning of `reader`, in the course of what that applies.
  private static func comes(_ reader: Int, before event: Int, _ needs: [[StartOrder.Need]]) -> Bool {
    var seen: Set<Int> = [event]
    var waiting = [event]
    while let next = waiting.popLast() {
      if next / 2 == reader { return true }
      for need in needs[next] where need.kind == .made || need.kind == .own || need.kind == .source {
        if seen.insert(need.to).inserted { waiting.append(need.to) }
      }
    }
    return false
  }
}
