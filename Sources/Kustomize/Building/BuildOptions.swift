import Documents
import Files
import YAML

/// How to build.
public struct BuildOptions: Sendable {
  /// The order of the objects.
  public enum Order: Sendable, Hashable {
    /// As they come: what Flux does.
    case none
    /// By kind, then by name: what `kustomize build` does.
    case legacy
  }

  /// What to do with entries that would have to be fetched.
  public enum RemotePolicy: Sendable, Hashable {
    /// The build fails.
    case refuse
    /// The build goes on without them and lists them.
    case leaveOut
  }

  /// What to do when something under `resources`, or a generator, cannot be built.
  public enum FailurePolicy: Sendable, Hashable {
    /// The build fails, as kustomize's does.
    case stop
    /// The build goes on without it and lists it: for looking at the rest of a build that has failed.
    case leaveOut
  }

  /// The order of the objects, where the kustomization file does not say.
  public var order: Order
  /// Where files may be loaded from.
  public var loadRestriction: LoadRestriction
  /// What to do with entries that would have to be fetched.
  public var remotePolicy: RemotePolicy
  /// What to do when something cannot be built.
  public var failurePolicy = FailurePolicy.stop
  /// The kustomization to build in the directory, in place of the file that is or is not there.
  public var topKustomization: TopKustomization?
  /// Who renders `helmCharts`; without one they are an error.
  public var chartInflator: (any ChartInflator)?
  /// Whether each object gets the label `app.kubernetes.io/managed-by`.
  public var addsManagedByLabel: Bool

  /// Options; the defaults are those of `kustomize build`.
  public init(
    order: Order = .legacy, loadRestriction: LoadRestriction = .root, remotePolicy: RemotePolicy = .refuse,
    topKustomization: TopKustomization? = nil, chartInflator: (any ChartInflator)? = nil,
    addsManagedByLabel: Bool = false
  ) {
    self.order = order
    self.loadRestriction = loadRestriction
    self.remotePolicy = remotePolicy
    self.topKustomization = topKustomization
    self.chartInflator = chartInflator
    self.addsManagedByLabel = addsManagedByLabel
  }
}

/// A kustomization that no file holds as it is: Flux makes one, or adds to the one that is there, in memory.
public struct TopKustomization: Sendable {
  /// The content. Origins may lead anywhere, such as into a Flux object.
  public var node: Node
  /// The name of the file that it stands for.
  public var fileName: String

  /// A kustomization with its content.
  public init(node: Node, fileName: String = "kustomization.yaml") {
    self.node = node
    self.fileName = fileName
  }
}

/// Renders a chart for `helmCharts`.
public protocol ChartInflator: Sendable {
  /// What becomes of `chart`.
  /// - Parameters:
  ///   - chart: what the entry says; paths in it are relative to `directory`.
  ///   - directory: the directory of the kustomization.
  ///   - tree: the files.
  func inflate(_ chart: HelmChart, in directory: RepoPath, of tree: any DocumentTree) throws(KustomizeError)
    -> InflatedChart
}

/// A chart that was rendered.
public struct InflatedChart: Sendable {
  /// The objects, as the documents that Helm prints.
  public var documents: [Document]
  /// The files that were read for it.
  public var filesRead: [RepoPath]

  /// A chart that was rendered.
  public init(documents: [Document], filesRead: [RepoPath] = []) {
    self.documents = documents
    self.filesRead = filesRead
  }
}
