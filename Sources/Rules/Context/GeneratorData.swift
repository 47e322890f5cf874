import ClusterModel
import Files
import YAML

/// Files that generators put into ConfigMaps and Secrets as they are. Nobody asks that they are YAML, whatever they are
/// called: many are templates of the application that reads them.
enum GeneratorData {
  /// The files that some kustomization generates from.
  static func files(of model: RepositoryModel) -> Set<RepoPath> {
    var found: Set<RepoPath> = []
    for file in model.files where file.path.name.lowercased().hasPrefix("kustomization") {
      guard let directory = file.path.parent, let root = file.documents.first?.root else { continue }
      for generator in ["configMapGenerator", "secretGenerator"].flatMap({ root[$0]?.sequence ?? [] }) {
        for entry in ["files", "envs"].flatMap({ generator[$0]?.sequence ?? [] })
          + [generator["env"]].compactMap({ $0 })
        {
          guard let text = entry.scalar?.text,
            let name = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).last,
            let path = try? directory.appending(String(name))
          else { continue }
          found.insert(path)
        }
      }
    }
    return found
  }
}
