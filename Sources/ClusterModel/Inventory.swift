import Kubernetes

/// What is applied to one cluster: the one whose Flux does the applying, or one that a kubeConfig leads to.
public struct Inventory: Sendable {
  /// The remote cluster, as ``Reconciliation/remoteCluster`` names it; nil for the one in which Flux runs.
  public var remote: String?
  /// Where each identity is in the cluster's objects.
  public var index: [ObjectID: [Int]]

  init(remote: String?, index: [ObjectID: [Int]]) {
    self.remote = remote
    self.index = index
  }

  init(_ remote: String?, of objects: [AppliedObject], _ reconciliations: [Reconciliation]) {
    self.remote = remote
    index = [:]
    for (position, object) in objects.enumerated()
    where reconciliations[object.reconciliation].remoteCluster == remote {
      index[object.id, default: []].append(position)
    }
  }
}
