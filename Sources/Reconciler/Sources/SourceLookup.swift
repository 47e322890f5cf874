import ClusterModel
import Files
import Flux
import Kubernetes

extension ClusterState {
  /// Where the source that `reference` names has its files, for the model and for who reads them. The files are nil when
  /// the reference names nothing.
  func resolve(_ reference: ObjectRef?) -> (source: SourceResolution, artifact: SourceResolver.Resolution?) {
    guard let reference else { return (.none, nil) }
    let id = reference.id
    switch composed[id] {
    case .artifact(let artifact): return (.composed(source: id), .composed(artifact))
    case .unavailable(let reason): return (.external(source: id), .external(reason: reason, help: ""))
    case nil: break
    }
    guard let source = object(id) else {
      guard resolver.ownSources.contains(id) else {
        return (.missing(kind: reference.kind, namespace: reference.namespace, name: reference.name), nil)
      }
      return (.local(source: id, root: .root), .local(root: .root, ignore: nil))
    }
    let resolution = resolver.resolve(source.manifest, id: id)
    switch resolution {
    case .local(let root, _): return (.local(source: id, root: root), resolution)
    case .composed: return (.composed(source: id), resolution)
    case .external: return (.external(source: id), resolution)
    }
  }
}
