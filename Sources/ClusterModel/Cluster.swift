import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// One cluster as Flux would make it from the repository.
public struct Cluster: Sendable {
  /// Unique within the repository.
  public var name: String
  /// How it was found.
  public var entryPoint: EntryPoint
  /// The Flux it runs.
  public var version: TargetVersion
  /// What is there before Flux starts, whoever applies it later.
  public var seeds: Set<ObjectID>
  /// Those that nobody wrote: where the repository holds no bootstrap, a source and a root are taken to be there.
  public var assumed: Set<ObjectID>
  /// The controllers' flags as far as the repository tells.
  public var settings: ControllerSettings
  /// Everything that is applied, in the order of reconciliation. An object that two reconcilers apply is in it twice.
  public var objects: [AppliedObject]
  /// Everything that applies objects: Flux Kustomizations, HelmReleases and what bootstrap does by hand.
  public var reconciliations: [Reconciliation]
  /// Where each identity is in `objects`. Objects that go to a remote cluster are not in it.
  public var index: [ObjectID: [Int]]
  /// What goes to other clusters by `spec.kubeConfig`: an inventory for each, by name.
  ///
  /// Those whose own Flux the repository shows are not among them, but clusters themselves.
  public var remotes: [Inventory]
  /// What is known of Flux in each of the clusters that kubeconfigs lead to.
  public var remoteFlux: [String: RemoteFlux]
  /// Flux's objects and how they need each other.
  public var graph: Graph
  /// What could not be analysed.
  public var gaps: [Gap]
  /// What is wrong with the artifacts that ArtifactGenerators compose.
  public var artifactProblems: [ArtifactProblem]

  /// A cluster of its parts.
  public init(
    name: String, entryPoint: EntryPoint, version: TargetVersion, settings: ControllerSettings,
    objects: [AppliedObject], reconciliations: [Reconciliation], graph: Graph, gaps: [Gap],
    artifactProblems: [ArtifactProblem] = [], seeds: Set<ObjectID> = [], assumed: Set<ObjectID> = [],
    remoteFlux: [String: RemoteFlux] = [:]
  ) {
    self.name = name
    self.entryPoint = entryPoint
    self.version = version
    self.settings = settings
    self.seeds = seeds
    self.assumed = assumed
    self.objects = objects
    self.reconciliations = reconciliations
    self.graph = graph
    self.gaps = gaps
    self.artifactProblems = artifactProblems
    self.remoteFlux = remoteFlux
    let remotes = Set(reconciliations.compactMap(\.remoteCluster)).filter { remoteFlux[$0]?.clusterName == nil }
      .sorted()
    let inventories = ([nil] + remotes.map(Optional.some)).map { Inventory($0, of: objects, reconciliations) }
    index = inventories[0].index
    self.remotes = Array(inventories[1...])
  }

  /// What is applied to each cluster: to the one whose Flux this is first.
  public var inventories: [Inventory] { [Inventory(remote: nil, index: index)] + remotes }

  /// Whether nobody wrote an object.
  public func isAssumed(_ object: AppliedObject) -> Bool {
    assumed.contains(object.id) && reconciliations[object.reconciliation].kind == .bootstrap
  }

  /// The first object with this identity (the one that counts where two are applied).
  public func object(_ id: ObjectID) -> AppliedObject? {
    index[id]?.first.map { objects[$0] }
  }

  /// All objects that are Flux's own, each identity once, in order.
  public var fluxObjects: [AppliedObject] {
    objects.indices.filter { objects[$0].flux != nil && index[objects[$0].id]?.first == $0 }.map { objects[$0] }
  }

  /// The reconciliation of the Flux object with this identity.
  public func reconciliation(of id: ObjectID) -> Reconciliation? {
    reconciliations.first { $0.id == id && $0.kind != .hub }
  }
}

/// How a cluster was found.
public struct EntryPoint: Sendable, Hashable {
  /// What leads into the cluster.
  public enum Kind: String, Sendable, Hashable {
    /// A source and a Kustomization that reconciles the folder they stand in, as `flux bootstrap` leaves them.
    case bootstrap
    /// A FluxInstance with `spec.sync`, on its own or in the values of its chart.
    case fluxInstance
    /// An entry of the configuration.
    case configured
    /// A folder of Flux objects that nothing reconciles, such as `clusters/<name>`.
    case folder
    /// A Flux that the Flux of another cluster puts there, by a kubeconfig.
    case remote
  }

  /// What leads into the cluster.
  public var kind: Kind
  /// The directory that the root Kustomization reconciles.
  public var path: RepoPath
  /// The place that says so.
  public var location: Location

  /// An entry into a cluster.
  public init(kind: Kind, path: RepoPath, location: Location) {
    self.kind = kind
    self.path = path
    self.location = location
  }
}

/// The Flux version a cluster is judged by.
public struct TargetVersion: Sendable, Hashable {
  /// The minor version.
  public var version: FluxVersion
  /// The place that says so; nil when no file of the cluster does.
  public var location: Location?
  /// Whether it is the default (the newest): neither a file nor the caller says which it is.
  public var isAssumed: Bool

  /// A version and where it comes from.
  public init(version: FluxVersion, location: Location? = nil, isAssumed: Bool = false) {
    self.version = version
    self.location = location
    self.isAssumed = isAssumed
  }
}

/// One object that Flux would apply. It never changes once it is there, and is shared by all who look at it.
public final class AppliedObject: Sendable {
  /// As it would be applied: rendered, patched, substituted.
  public let manifest: Manifest
  /// Its identity, with the namespace it lands in.
  public let id: ObjectID
  /// How it came in: the entries of kustomization files, from the one beside the file outwards.
  public let trace: [RelatedLocation]
  /// The object before each patch, first to last.
  public let earlier: [EarlierVersion]
  /// What applies it: an index into the cluster's reconciliations.
  public let reconciliation: Int
  /// The same object as a typed value, when it is one of Flux's.
  public let flux: FluxObject?
  /// Paths of values that are not known (they come from Secrets or encrypted files), such as `data.password`.
  public let unknownPaths: [String]
  /// How many kustomization directories it passed through; 0 for what no kustomization takes in.
  public let layers: Int

  /// An object with all that is known of it.
  public init(
    manifest: Manifest, id: ObjectID, trace: [RelatedLocation], reconciliation: Int, flux: FluxObject?,
    earlier: [EarlierVersion] = [], unknownPaths: [String] = [], layers: Int = 0
  ) {
    self.manifest = manifest
    self.id = id
    self.trace = trace
    self.earlier = earlier
    self.reconciliation = reconciliation
    self.flux = flux
    self.unknownPaths = unknownPaths
    self.layers = layers
  }

  /// Its name for readers of a report, with the namespace it lands in.
  public var reference: ObjectReference {
    ObjectReference(apiVersion: manifest.apiVersion, kind: id.kind, namespace: id.namespace, name: id.name)
  }
}
