import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let dependencySuspended = Rule(
    id: "dependency-suspended", chapter: .dependencies, severity: .error,
    title: "an object depends on a suspended one",
    why: """
      Where the dependency became ready before it was suspended, all goes on. On a fresh cluster, or after the dependency \
      changes, it never becomes ready, and what depends on it is never applied.
      """,
    remedy: "Resume the dependency, or take the `dependsOn` entry out while it is suspended.",
    check: .flux { subject, context, report in
      for block in context.facts.startBlocks(of: subject.object) {
        guard case .suspended(let place) = block.reason else { continue }
        let reference = block.dependency
        report.add(
          .suspended(subject.id, reference.id), at: reference.origin, about: subject.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]",
          related: [RelatedLocation("\(reference.id) is suspended here", at: place)])
      }
    })
}

extension Message {
  fileprivate static func suspended(_ id: ObjectID, _ dependency: ObjectID) -> Self {
    Message("\(id) depends on \(dependency), which is suspended: a fresh cluster never gets past it")
  }
}
