import Files
import Flux
import Kubernetes

extension Cluster {
  /// Sources that are this repository itself: those that the simulation found to be it, and others with the same address.
  public var ownSources: Set<ObjectID> {
    var local: Set<ObjectID> = []
    for reconciliation in reconciliations {
      if case .local(let source, root: .root) = reconciliation.source { local.insert(source) }
    }
    let urls = local.compactMap(repositoryURL)
    let same = fluxObjects.map(\.id).filter { id in
      repositoryURL(id).map { urls.contains(where: $0.isSame) } ?? false
    }
    return local.union(same)
  }

  private func repositoryURL(_ id: ObjectID) -> RepositoryURL? {
    guard case .gitRepository(let source) = object(id)?.flux else { return nil }
    return source.url.map { RepositoryURL($0.value) }
  }
}
