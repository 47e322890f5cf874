import Documents
import Files

/// Artifacts that were looked through already: many Kustomizations read the same one.
struct ArtifactCache: Sendable {
  private struct Key: Hashable {
    var root: RepoPath
    var ignore: String?
  }

  private let input: SimulationInput
  private var known: [Key: Artifact] = [:]
  var charts = ChartCache()

  var repository: any DocumentTree { input.repository }

  init(_ input: SimulationInput) {
    self.input = input
  }

  /// The pattern that leaves a file out of the artifacts of all sources it could be in; nil where one has it.
  func exclusion(of file: RepoPath) -> IgnorePattern? {
    let around = known.sorted { ($0.key.root, $0.key.ignore ?? "") < ($1.key.root, $1.key.ignore ?? "") }
      .map(\.value).filter { file.isInside($0.root) }
    let patterns = around.map { $0.exclusion(of: file) }
    return patterns.contains { $0 == nil } ? nil : patterns.first ?? nil
  }

  mutating func artifact(root: RepoPath, ignore: SourceIgnore.Text?) throws(FileError) -> Artifact {
    let key = Key(root: root, ignore: ignore?.value)
    if let artifact = known[key] { return artifact }
    let artifact = try Artifact(of: input.repository, root: root, ignore: ignore)
    known[key] = artifact
    return artifact
  }
}
