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
      return (.local(source: id, root: resolver.root), .local(LocalFiles(root: resolver.root)))
    }
    let resolution = resolver.resolve(source.manifest, id: id)
    switch resolution {
    case .local(var files):
      files.included = included(by: source, depth: 0)
      return (.local(source: id, root: files.root), .local(files))
    case .composed: return (.composed(source: id), resolution)
    case .external: return (.external(source: id), resolution)
    }
  }

  /// Repositories that include others that include others: as far as this.
  private static let includeLimit = 8

  /// What a GitRepository takes in from others.
  private func included(by source: AppliedObject, depth: Int) -> [LocalFiles.Included] {
    guard case .gitRepository(let repository) = source.flux else { return [] }
    return repository.include.compactMap { include in
      guard let reference = include.repository else { return nil }
      var files: LocalFiles?
      if depth < Self.includeLimit, let other = object(reference.id),
        case .local(var found) = resolver.resolve(other.manifest, id: reference.id)
      {
        found.included = included(by: other, depth: depth + 1)
        files = found
      }
      let target = include.toPath?.value ?? ""
      return LocalFiles.Included(
        files: files, from: include.fromPath?.value ?? "", to: target.isEmpty ? reference.name : target,
        place: include.origin, name: reference.id.description)
    }
  }
}
