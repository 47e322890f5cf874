import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let fluxInstanceUnsized = Rule(
    id: "flux-instance-unsized", chapter: .lifecycle, severity: .info,
    title: "a FluxInstance does not say how large the cluster is",
    why: """
      `cluster.size` sets the controllers' concurrency, requests and limits together. Without it they run with the defaults \
      for a small cluster, and reconciliation slows down as the cluster grows.
      """,
    remedy: "Set `spec.cluster.size` to `small`, `medium` or `large`.",
    check: .flux { subject, context, report in
      guard let instance = InstanceSpec(subject.object, in: context.cluster),
        instance.node[path: "cluster", "size"] == nil
      else { return }
      report.add(
        .unsized(subject.id), at: instance.clusterPlace, about: subject.object, field: "spec.cluster.size")
    })
}

extension Message {
  fileprivate static func unsized(_ id: ObjectID) -> Self {
    Message("\(id) sets no `spec.cluster.size`: the controllers run with the defaults for concurrency and memory")
  }
}
