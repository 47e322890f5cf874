import Diagnostics
import Documents
import Files
import YAML

/// Artifacts that were looked through already: many Kustomizations read the same one.
struct ArtifactCache: Sendable {
  private let input: SimulationInput
  private var known: [String: any SourceArtifact] = [:]
  /// Those of them that are a part of the repository as it is.
  private var own: [String: Artifact] = [:]
  var charts = ChartCache()

  var repository: any DocumentTree { input.repository }

  init(_ input: SimulationInput) {
    self.input = input
  }

  /// The pattern that leaves a file out of the artifacts of all sources it could be in; nil where one has it.
  func exclusion(of file: RepoPath) -> IgnorePattern? {
    let around = own.sorted { $0.key < $1.key }.map(\.value).filter { file.isInside($0.root) }
    let patterns = around.map { $0.exclusion(of: file) }
    return patterns.contains { $0 == nil } ? nil : patterns.first ?? nil
  }

  mutating func artifact(_ files: LocalFiles) throws(FileError) -> any SourceArtifact {
    let key = files.key
    if let artifact = known[key] { return artifact }
    let plain = try Artifact(of: input.repository, files)
    own[key] = plain
    let artifact: any SourceArtifact = files.included.isEmpty ? plain : try joined(plain, files)
    known[key] = artifact
    return artifact
  }

  /// `own` with what `spec.include` copies into it. The exclusions of the repository hold for that, too.
  private mutating func joined(_ own: Artifact, _ files: LocalFiles) throws(FileError) -> ComposedArtifact {
    var entries: [RepoPath: ComposedArtifact.Entry] = [:]
    var missing: [String] = []
    for path in try TreeWalk(own).files {
      guard let file = try own.file(at: path) else { continue }
      entries[path] = .init(
        file: file, parts: own.repositoryFiles(of: path), content: .copied, copiedBy: Location(file: file))
    }
    for other in files.included {
      guard let included = other.files, let from = RepoPath(clamping: other.from) else {
        missing.append(other.name)
        continue
      }
      let source = try artifact(included)
      let isFile = try source.kind(of: from) == .file
      for path in isFile ? [from] : try TreeWalk(source, below: from).files {
        guard let file = try source.file(at: path), let inner = path.relative(to: from) else { continue }
        let target = RepoPath.root.appendingClamped(isFile ? other.to : "\(other.to)/\(inner.string)")
        entries[target] =
          try (source as? ComposedArtifact)?.entry(at: path)
          ?? .init(
            file: file, parts: source.repositoryFiles(of: path), content: .copied, copiedBy: other.place.location)
      }
    }
    let ignore = try SourceIgnore.repository(own, specIgnore: files.ignore)
    let part = missing.isEmpty ? nil : "it includes \(missing.joined(separator: " and ")), whose files are not at hand"
    return try ComposedArtifact(entries, of: input.repository, without: ignore, missingPart: part)
  }
}
