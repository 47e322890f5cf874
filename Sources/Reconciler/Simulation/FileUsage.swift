import ClusterModel
import Diagnostics
import Files

/// Which files the clusters read.
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
}

extension SourceFile {
  /// The file's path as a path of the tree; the root for a file that is none of the repository's.
  var repositoryPath: RepoPath {
    (try? RepoPath(path)) ?? .root
  }
}
