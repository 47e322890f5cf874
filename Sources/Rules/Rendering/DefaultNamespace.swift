import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let defaultNamespace = Rule(
    id: "default-namespace", chapter: .rendering, severity: .warning,
    title: "an object lands in the namespace `default`",
    why: """
      Neither the object, nor a kustomization, nor its reconciler names a namespace. `default` is seldom meant: policies, \
      quotas and rights are set up elsewhere, and the same object of two teams meets there.
      """,
    remedy: "Name the namespace on the object, in the kustomization, or as `targetNamespace`.",
    check: .object { object, context, report in
      guard object.id.namespace == "default",
        // What a chart leaves open goes where its release was told to go.
        ![.bootstrap, .hub, .helmRelease].contains(context.cluster.reconciliations[object.reconciliation].kind)
      else { return }
      // Flux's own objects are given the namespace they land in, at the place of their name.
      let written = object.manifest.node[path: "metadata", "namespace"]
      guard written == nil || written?.origin == object.manifest.origin else { return }
      report.add(.lands(object.id), at: object.manifest.origin, about: object, field: "metadata.namespace")
    })
}

extension Message {
  fileprivate static func lands(_ id: ObjectID) -> Self {
    Message("\(id) names no namespace anywhere, so it lands in 'default'")
  }
}
