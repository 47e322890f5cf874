import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// Flux's own manifests where the repository has them, and a cluster's root does not take them in.
struct MissedInstallation {
  /// The file with the controllers.
  let file: RepoPath
  /// The first of them.
  let controller: Location
  /// The kustomization that lacks an entry for it; nil where none above the file is built.
  let kustomization: (path: RepoPath, resources: Location, entry: String)?

  /// What lies beside the root's own file or below the path it reconciles.
  static func find(for root: AppliedObject, of cluster: Cluster, in model: RepositoryModel) -> MissedInstallation? {
    let path = cluster.entryPoint.path
    let beside = (try? RepoPath(root.manifest.origin.file.path))?.parent
    let found = model.files.lazy.filter { file in
      !file.clusters.contains(cluster.name) && (file.path.parent == beside || path != .root && file.path.isInside(path))
    }.compactMap { file in file.controller.map { (file.path, $0) } }.first
    return found.map {
      MissedInstallation(file: $0.0, controller: $0.1, kustomization: kustomization(above: $0.0, cluster, model))
    }
  }

  /// The nearest kustomization above a file that the cluster builds, with the entry that it lacks.
  private static func kustomization(
    above file: RepoPath, _ cluster: Cluster, _ model: RepositoryModel
  ) -> (RepoPath, Location, String)? {
    var entry = file
    for folder in file.ancestors {
      let beside = model.files.first { $0.path.parent == folder && $0.isKustomization }
      guard let beside else { continue }
      guard beside.clusters.contains(cluster.name) else {
        entry = folder
        continue
      }
      let root = beside.documents.first?.root
      let resources = root?.mapping?.entry("resources")?.keyOrigin ?? root?.mapping?.entries.first?.keyOrigin
      guard let location = resources?.location else { return nil }
      return (beside.path, location, String(entry.string.dropFirst(folder == .root ? 0 : folder.string.count + 1)))
    }
    return nil
  }
}

extension AnalysedFile {
  fileprivate var isKustomization: Bool {
    ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains(path.name)
  }

  /// Where the Deployment of one of the two controllers stands that no Flux is without.
  fileprivate var controller: Location? {
    documents.lazy.compactMap { Manifest($0.root) }.first { manifest in
      manifest.kind == "Deployment" && ["source-controller", "kustomize-controller"].contains(manifest.name)
        && manifest.node[path: "spec", "template", "spec", "containers"] != nil
    }?.origin.location
  }
}
