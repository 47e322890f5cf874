import Diagnostics
import Files
import Flux
import Kubernetes

/// An ImageUpdateAutomation, with what it writes to.
public struct ImageAutomation: Sendable {
  /// The object.
  public let object: AppliedObject
  /// Its typed value.
  public let value: ImageUpdateAutomation
  /// The source that it checks out.
  public let source: ObjectID
  /// The address of the source; nil where no object says.
  public let url: RepositoryURL?
  /// The branch it pushes to; nil where that is not known.
  public let branch: String?
  /// The place that names the branch, or else the object.
  public let place: Origin
  /// The folder it updates, within the source.
  public let path: RepoPath
  /// The folder of the repository that is the source's root; nil where its files are not at hand.
  public let root: RepoPath?

  /// A branch that an automation pushes to.
  public struct Target: Sendable {
    /// The branch.
    public let branch: String
    /// The place that names it.
    public let place: Origin
    /// The field there.
    public let field: String
  }

  /// All branches that it pushes to, each once: a refspec is pushed besides the branch.
  public var targets: [Target] {
    let own = branch.map { Target(branch: $0, place: place, field: "spec.git.push.branch") }
    guard let refspec = value.git?.value.push?.value.refspec,
      let written = refspec.value.split(separator: ":").last.map({ $0.drop { $0 == "+" } }),
      written.hasPrefix("refs/heads/"), written.dropFirst("refs/heads/".count) != branch ?? ""
    else { return [own].compactMap { $0 } }
    let other = Target(
      branch: String(written.dropFirst("refs/heads/".count)), place: refspec.origin, field: "spec.git.push.refspec")
    return [own, other].compactMap { $0 }
  }

  /// Whether it is paused.
  public var isSuspended: Bool { value.suspend?.value ?? false }

  /// All of a cluster.
  public static func all(in cluster: Cluster) -> [ImageAutomation] {
    let ownSources = cluster.ownSources
    return cluster.fluxObjects.compactMap { ImageAutomation($0, cluster, ownSources) }
  }

  private init?(_ object: AppliedObject, _ cluster: Cluster, _ ownSources: Set<ObjectID>) {
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
    root = Self.root(of: reference.id, cluster, ownSources)
  }

  private static func root(of source: ObjectID, _ cluster: Cluster, _ ownSources: Set<ObjectID>) -> RepoPath? {
    for reconciliation in cluster.reconciliations {
      if case .local(source, let root) = reconciliation.source { return root }
    }
    return ownSources.contains(source) ? .root : nil
  }

  /// Whether it may write to a file of this repository; nil where its files are not at hand.
  public func reaches(_ file: RepoPath) -> Bool? {
    root.map { file.isInside(path.below($0)) }
  }
}

extension GitRepository {
  /// The branch that is followed; nil where something else than a branch is checked out.
  public var followedBranch: String? {
    switch checkout {
    case .branch(let branch): branch.value
    case .standard(let branch): branch
    case .name(let name) where name.value.hasPrefix("refs/heads/"): String(name.value.dropFirst("refs/heads/".count))
    default: nil
    }
  }
}
