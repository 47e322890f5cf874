import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let defaultNamespace = Rule(
    id: "default-namespace", chapter: .rendering, severity: .warning,
    title: "an object has no namespace",
    why: """
      Neither the object, nor a kustomization, nor its reconciler names a namespace. Unlike `kubectl`, Flux puts nothing \
      into `default`: the API server refuses the object ("namespace not specified"), and nothing that is applied together \
      with it gets into the cluster.
      """,
    remedy: "Name the namespace on the object, in the kustomization, or as `targetNamespace`.",
    check: .object { object, context, report in
      let owner = context.cluster.reconciliations[object.reconciliation]
      guard object.id.namespace == "default",
        // What a chart leaves open goes where its release was told to go.
        ![.bootstrap, .hub, .helmRelease].contains(owner.kind)
      else { return }
      // Flux's own objects are given the namespace they land in, at the place of their name.
      let written = object.manifest.node[path: "metadata", "namespace"]
      guard written == nil || written?.origin == object.manifest.origin else { return }
      report.add(.homeless(object.id, owner.id), at: object.manifest.origin, about: object, field: "metadata.namespace")
    })
}

extension Message {
  fileprivate static func homeless(_ id: ObjectID, _ owner: ObjectID) -> Self {
    Message(
      "\(id.kind) '\(id.name)' names no namespace anywhere: the API server refuses it", extent: ", and \(owner) fails")
  }
}
