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

  mutating func artifact(root: RepoPath, ignore: SourceIgnore.Text?) throws(FileError) -> Artifact {
    let key = Key(root: root, ignore: ignore?.value)
    if let artifact = known[key] { return artifact }
    let artifact = try Artifact(of: input.repository, root: root, ignore: ignore)
    known[key] = artifact
    return artifact
  }
}
