import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// What the simulation yields: all that rules can see. Frozen; the same input gives the same model.
public struct RepositoryModel: Sendable {
  /// The clusters that were found, by name.
  public var clusters: [Cluster]
  /// The YAML files of the repository, by path.
  public var files: [AnalysedFile]
  /// Flux objects in files that no cluster reaches, with the reason.
  public var unreached: [UnreachedObject]

  /// A model of its parts.
  public init(clusters: [Cluster], files: [AnalysedFile], unreached: [UnreachedObject]) {
    self.clusters = clusters
    self.files = files
    self.unreached = unreached
  }
}

/// A YAML file and what became of it.
public struct AnalysedFile: Sendable {
  /// All that does not parse.
  public var errors: [YAMLError] {
    error.map { [$0] + furtherErrors } ?? documents.flatMap(\.duplicateKeys)
  }

  /// Its path in the repository.
  public var path: RepoPath
  /// The file itself.
  public var file: SourceFile
  /// Its documents; none when it does not parse.
  public var documents: [Document]
  /// Why it does not parse; nil when it does.
  public var error: YAMLError?
  /// What else does not parse, in documents behind the one that the error is in.
  public let furtherErrors: [YAMLError]
  /// The names of the clusters that read it, sorted.
  public var clusters: [String]

  /// A file with its documents.
  public init(path: RepoPath, file: SourceFile, documents: [Document], error: YAMLError?, clusters: [String] = []) {
    self.path = path
    self.file = file
    self.documents = documents
    self.error = error
    furtherErrors = error.map { YAMLReader.furtherErrors(in: file, after: $0) } ?? []
    self.clusters = clusters
  }
}
