import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

/// An ImageUpdateAutomation, with what it writes to.
struct ImageAutomation {
  /// The object.
  let object: AppliedObject
  /// Its typed value.
  let value: ImageUpdateAutomation
  /// The source that it checks out.
  let source: ObjectID
  /// The address of the source; nil where no object says.
  let url: RepositoryURL?
  /// The branch it pushes to; nil where that is not known.
  let branch: String?
  /// The place that names the branch, or else the object.
  let place: Origin
  /// The folder it updates, within the source.
  let path: RepoPath
  /// The folder of the repository that is the source's root; nil where its files are not at hand.
  let root: RepoPath?

  /// Whether it is paused.
  var isSuspended: Bool { value.suspend?.value ?? false }

  /// All of a cluster.
  static func all(in cluster: Cluster, _ facts: ClusterFacts) -> [ImageAutomation] {
    facts.fluxObjects.compactMap { ImageAutomation($0, cluster, facts) }
  }

  private init?(_ object: AppliedObject, _ cluster: Cluster, _ facts: ClusterFacts) {
    guard case .imageUpdateAutomation(let value) = object.flux, let reference = value.sourceRef else { return nil }
    self.object = object
    self.value = value
    source = reference.id
    var checkedOut: String?
    var url: RepositoryURL?
    if case .gitRepository(let repository) = cluster.object(reference.id)?.flux {
      url = repository.url.map { RepositoryURL($0.value) }
      checkedOut = repository.followedBranch
    }
    self.url = url
    let isRefspecOnly = value.git?.value.push?.value.refspec != nil && value.git?.value.push?.value.branch == nil
    branch = isRefspecOnly ? nil : value.pushBranch?.value ?? checkedOut
    place = value.pushBranch?.origin ?? object.manifest.origin
    path = (try? RepoPath(value.update?.value.path?.value ?? ".")) ?? .root
    root = Self.root(of: reference.id, cluster, facts)
  }

  private static func root(of source: ObjectID, _ cluster: Cluster, _ facts: ClusterFacts) -> RepoPath? {
    for reconciliation in cluster.reconciliations {
      if case .local(source, let root) = reconciliation.source { return root }
    }
    return facts.ownSources.contains(source) ? .root : nil
  }

  /// Whether it may write to a file of this repository; nil where its files are not at hand.
  func reaches(_ file: RepoPath) -> Bool? {
    root.map { file.isInside(path.below($0)) }
  }
}

extension GitRepository {
  /// The branch that is followed; nil where something else than a branch is checked out.
  var followedBranch: String? {
    switch checkout {
    case .branch(let branch): branch.value
    case .standard(let branch): branch
    default: nil
    }
  }
}
