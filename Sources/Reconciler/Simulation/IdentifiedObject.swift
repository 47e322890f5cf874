import Flux
import Kubernetes

/// What an object is in a cluster: its identity there, and what it means to Flux.
struct IdentifiedObject: Sendable {
  let id: ObjectID
  /// With the namespace it lands in, when it is one of Flux's.
  let manifest: Manifest
  /// Nil when it is none of Flux's, or goes to another cluster.
  let flux: FluxObject?

  init(_ object: BuiltReconciliation.Object, _ scopes: Scopes, isRemote: Bool) {
    id = scopes.identity(of: object.manifest, defaultNamespace: object.defaultNamespace)
    let isFlux = FluxKind(object.manifest.type) != nil
    manifest = isFlux ? object.manifest.inNamespace(id.namespace) : object.manifest
    flux = isFlux && !isRemote ? FluxObject(manifest) : nil
  }
}
