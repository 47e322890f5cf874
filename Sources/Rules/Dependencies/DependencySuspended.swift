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
    check: .applier { applier, context, report in
      for dependency in applier.dependsOn {
        guard let reference = dependency.value.ref, let object = context.cluster.object(reference.id),
          let suspend = Applier(object)?.suspend, suspend.value
        else { continue }
        report.add(
          .suspended(applier.id, reference.id), at: reference.origin, about: applier.object,
          field: "spec.dependsOn[\(reference.namespace)/\(reference.name)]",
          related: [RelatedLocation("\(reference.id) is suspended here", at: suspend.origin.location)])
      }
    })
}

extension Message {
  fileprivate static func suspended(_ id: ObjectID, _ dependency: ObjectID) -> Self {
    Message("\(id) depends on \(dependency), which is suspended: a fresh cluster never gets past it")
  }
}
