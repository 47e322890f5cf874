import Diagnostics
import YAML

/// A chart as it is in its folder or archive, with the charts inside of it.
public struct Chart: Sendable {
  /// One file of a chart.
  public struct File: Sendable {
    /// The path within the chart.
    public var name: String
    /// The content, under the path a user knows.
    public var source: SourceFile

    /// A file at a path within the chart.
    public init(name: String, source: SourceFile) {
      self.name = name
      self.source = source
    }
  }

  /// What `Chart.yaml` says.
  public internal(set) var metadata = Metadata()
  /// The files of `templates/`.
  public internal(set) var templates: [File] = []
  /// All other files that templates can read as `.Files`.
  public internal(set) var files: [File] = []
  /// `values.schema.json`.
  public internal(set) var schema: File?
  /// The documents of `values.yaml`.
  public internal(set) var values: [Node] = []
  /// `Chart.yaml` itself.
  public internal(set) var metadataFile: File?
  /// The charts in `charts/`, by the names of their folders and archives.
  public internal(set) var subcharts: [Chart] = []

  /// The entries of `dependencies` that no chart in `charts/` answers to. `helm template` refuses such a chart,
  /// source-controller fetches what is missing, and rendering goes on without.
  public var missingDependencies: [Dependency] {
    metadata.dependencies.filter { entry in
      !subcharts.contains { $0.metadata.name == entry.name || $0.metadata.name == entry.alias }
    }
  }

  /// Adds the chart of a dependency as source-controller does: under the alias, where there is one.
  public mutating func add(_ subchart: Chart, for dependency: Dependency) {
    var added = subchart
    if !dependency.alias.isEmpty { added.metadata.name = dependency.alias }
    subcharts.append(added)
  }
}
