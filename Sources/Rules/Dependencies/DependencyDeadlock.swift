import ClusterModel
import Diagnostics
import Kubernetes

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
      for lock in StartOrder(context.cluster).deadlocks {
        guard let object = context.cluster.object(lock.blocked) else { continue }
        report.add(
          .locked(lock), at: lock.place, about: object.reference,
          field: "deadlock[\(lock.names.sorted().map(\.description).joined(separator: ","))]",
          related: lock.story + object.trace)
      }
    })
}

extension Message {
  fileprivate static func locked(_ lock: StartOrder.Deadlock) -> Self {
    let way = (lock.names + lock.names.prefix(1)).map(\.description)
    return Message(
      "\(lock.blocked) can never begin, because what it needs waits for it: \(way.joined(separator: " → "))")
  }
}
