import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes

/// All that the simulation works from.
public struct SimulationInput: Sendable {
  /// The repository, parsed.
  public var repository: any DocumentTree
  /// Its YAML files, by path.
  public var files: [AnalysedFile]
  /// Clusters that the configuration names; without any, they are looked for.
  public var entryPoints: [ConfiguredEntry]
  /// Other repositories whose files are at hand.
  public var mappedSources: [MappedSource]
  /// The URLs this repository is known by (its remotes), as written.
  public var ownURLs: [String]
  /// The Flux version to judge by, whatever the repository says; nil to go by the repository.
  public var fluxVersion: FluxVersion?
  /// The Kubernetes minor version that charts are told, such as `1.36`; nil for the newest known.
  public var kubernetesVersion: String?
  /// The charts at hand.
  public var charts: ChartShelf

  /// What to simulate.
  public init(
    repository: any DocumentTree, files: [AnalysedFile], entryPoints: [ConfiguredEntry] = [],
    mappedSources: [MappedSource] = [], ownURLs: [String] = [], fluxVersion: FluxVersion? = nil,
    kubernetesVersion: String? = nil, charts: ChartShelf = ChartShelf()
  ) {
    self.repository = repository
    self.files = files
    self.entryPoints = entryPoints
    self.mappedSources = mappedSources
    self.ownURLs = ownURLs
    self.fluxVersion = fluxVersion
    self.kubernetesVersion = kubernetesVersion
    self.charts = charts
  }
}

/// A folder of this repository that holds the files of sources elsewhere.
public struct MappedSource: Sendable {
  /// The folder that is the root of the artifact.
  public var path: RepoPath
  /// Whether a source is meant, by its identity and its URL.
  public var covers: @Sendable (ObjectID, String?) -> Bool

  /// A folder for the sources that `covers` accepts.
  public init(path: RepoPath, covers: @escaping @Sendable (ObjectID, String?) -> Bool) {
    self.path = path
    self.covers = covers
  }
}
