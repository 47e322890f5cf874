import ClusterModel
import Files

extension Reconciliation {
  /// The directory of the repository that a Kustomization builds; nil when its files are not a part of the repository.
  var folder: RepoPath? {
    guard case .local(_, let root) = source else { return nil }
    return path?.below(root)
  }
}
