import Analysis
import ClusterModel
import Files
import Policies
import TestSupport
import Workers

/// The model of an example, by the whole pipeline.
func exampleModel(_ example: LiterateExample, _ policy: Policy) throws -> RepositoryModel {
  let workers = Workers(jobs: 1)
  let workspace = try Workspace.load(try MemoryTree(texts: example.filesWithEntryPoints), workers: workers)
  return try Analysis(of: workspace, options: AnalysisOptions(today: policy.today), workers: workers).model
}

extension LiterateExample {
  /// The files, with every `clusters/<name>` an entry point, unless the example bootstraps itself.
  fileprivate var filesWithEntryPoints: [String: String] {
    var files = files
    let names = Set(
      files.keys.compactMap { path -> String? in
        let parts = path.split(separator: "/")
        return parts.count > 2 && parts[0] == "clusters" ? String(parts[1]) : nil
      })
    guard !names.isEmpty, !files.keys.contains(where: { $0.hasSuffix("gotk-sync.yaml") }) else { return files }
    let entries = names.sorted().map { "  - {cluster: \($0), path: clusters/\($0)}\n" }.joined()
    files[Configuration.path] = (files[Configuration.path] ?? "") + "entryPoints:\n\(entries)"
    return files
  }
}
