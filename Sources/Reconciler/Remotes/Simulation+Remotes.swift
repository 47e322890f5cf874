import ClusterModel
import Files
import Flux
import Kubernetes

extension [ClusterState] {
  /// How many kubeconfigs lead one behind the other to a cluster.
  private static let depthLimit = 4

  /// Adds the clusters in which others install a Flux: once those have nothing left to do, all of that is known.
  /// - Returns: whether there are any.
  mutating func addRemotes(_ input: SimulationInput) -> Bool {
    var found: [ClusterState] = []
    for position in indices where !self[position].hasRemotes {
      self[position].hasRemotes = true
      for installation in RemoteInstallation.all(of: self[position]) {
        let lineage = self[position].lineage
        // A way that leads back to where it came from is no further cluster.
        guard lineage.count < Self.depthLimit, !lineage.contains(installation.remote),
          var cluster = installation.cluster(input)
        else {
          self[position].remoteFlux[installation.remote] = installation.flux
          continue
        }
        cluster.rename(name(for: installation, besides: found))
        self[position].remoteFlux[installation.remote] = .cluster(cluster.seed.name)
        found.append(cluster)
      }
    }
    append(contentsOf: found)
    return !found.isEmpty
  }

  /// `namespace/name` of the kubeconfig, after the hub's name where that is another's already.
  private func name(for installation: RemoteInstallation, besides others: [ClusterState]) -> String {
    let short = installation.remote.split(separator: "/").dropFirst().joined(separator: "/")
    let taken = Set((self + others).map(\.seed.name))
    let long = "\(installation.hub.seed.name)/\(short)"
    return [short, long].first { !$0.isEmpty && !taken.contains($0) } ?? "\(long) #\(others.count + 1)"
  }

  /// Takes clusters that were found by their own entry for those that a hub makes, where both start from one folder: the
  /// hub knows more of them, the entry has the name by which they are known.
  mutating func mergeRemotes() {
    for position in indices where self[position].seed.entryPoint.kind == .remote {
      let roots = self[position].ownRoots
      let found = indices.first { other in
        !self[other].isReplaced && self[other].seed.entryPoint.kind != .remote
          && roots.contains(self[other].seed.entryPoint.path)
          && !self[other].remoteFlux.values.contains(.cluster(self[position].seed.name))
      }
      guard let found else { continue }
      let (old, name) = (self[position].seed.name, self[found].seed.name)
      self[position].rename(name)
      for hub in indices {
        for (remote, flux) in self[hub].remoteFlux where flux == .cluster(old) {
          self[hub].remoteFlux[remote] = .cluster(name)
        }
      }
      self[found].isReplaced = true
    }
    removeAll(where: \.isReplaced)
  }
}

extension ClusterState {
  /// The folders of this repository that the cluster's own Kustomizations reconcile.
  fileprivate var ownRoots: Set<RepoPath> {
    Set(
      reconciliations.compactMap { reconciliation in
        guard reconciliation.kind == .kustomization, case .local(_, let root) = reconciliation.source,
          reconciliation.remoteCluster == nil
        else { return nil }
        return reconciliation.path?.below(root)
      })
  }
}
