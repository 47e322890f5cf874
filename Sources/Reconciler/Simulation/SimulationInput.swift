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

  /// What to simulate.
  public init(
    repository: any DocumentTree, files: [AnalysedFile], entryPoints: [ConfiguredEntry] = [],
    mappedSources: [MappedSource] = [], ownURLs: [String] = [], fluxVersion: FluxVersion? = nil
  ) {
    self.repository = repository
    self.files = files
    self.entryPoints = entryPoints
    self.mappedSources = mappedSources
    self.ownURLs = ownURLs
    self.fluxVersion = fluxVersion
  }
}

/// A source whose files lie in a folder of this repository.
public struct MappedSource: Sendable, Hashable {
  /// What tells the source.
  public enum Selector: Sendable, Hashable {
    /// Its URL, however it is written.
    case url(String)
    /// Its kind, namespace and name.
    case object(kind: String, namespace: String, name: String)
  }

  /// What tells the source.
  public var selector: Selector
  /// The folder that is the root of its artifact.
  public var path: RepoPath

  /// A source and its folder.
  public init(_ selector: Selector, path: RepoPath) {
    self.selector = selector
    self.path = path
  }
}
