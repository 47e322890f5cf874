import ClusterModel
import Diagnostics
import Files
import Kubernetes

/// Which files the clusters read, and what is in none of them.
enum FileUsage {
  /// `files` with the names of the clusters that read each.
  static func files(_ files: [AnalysedFile], readBy clusters: [Cluster]) -> [AnalysedFile] {
    var readers: [RepoPath: Set<String>] = [:]
    for cluster in clusters {
      // What an ArtifactGenerator copies is not applied by that.
      let appliers = cluster.reconciliations.filter { $0.kind != .artifactGenerator }
      for path in appliers.flatMap(\.files) { readers[path, default: []].insert(cluster.name) }
      readers[cluster.entryPoint.location.file.repositoryPath, default: []].insert(cluster.name)
    }
    return files.map { file in
      var file = file
      file.clusters = readers[file.path, default: []].sorted()
      return file
    }
  }

  /// The Flux objects that stand in files no cluster reads.
  static func unreached(_ documents: [FluxDocument], in clusters: [Cluster]) -> [UnreachedObject] {
    // What an ArtifactGenerator copies is not applied by that.
    let appliers = clusters.flatMap(\.reconciliations).filter { $0.kind != .artifactGenerator }
    var read = Set(appliers.flatMap(\.files))
    for cluster in clusters { read.insert(cluster.entryPoint.location.file.repositoryPath) }
    return documents.filter { !read.contains($0.path) }.map { document in
      UnreachedObject(
        manifest: document.manifest, reason: "no Kustomization of any cluster takes in \(document.path)")
    }
  }
}

extension SourceFile {
  /// The file's path as a path of the tree; the root for a file that is none of the repository's.
  fileprivate var repositoryPath: RepoPath {
    (try? RepoPath(path)) ?? .root
  }
}
