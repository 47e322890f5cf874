import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// A cluster before anything is reconciled: what bootstrap, the operator or the configuration puts there.
public struct ClusterSeed: Sendable {
  /// Unique within the repository.
  public var name: String
  /// How it was found.
  public var entryPoint: EntryPoint
  /// The objects that are there before Flux starts: a source and the root Kustomization.
  public var objects: [Manifest]
  /// Sources that are this repository although nothing in it says so.
  var ownSources: Set<ObjectID>
}

/// A cluster that the configuration names.
public struct ConfiguredEntry: Sendable {
  /// The name of the cluster.
  public var cluster: String
  /// The directory its root Kustomization reconciles.
  public var path: RepoPath
  /// The place in the configuration.
  public var origin: Origin

  /// An entry of the configuration.
  public init(cluster: String, path: RepoPath, origin: Origin) {
    self.cluster = cluster
    self.path = path
    self.origin = origin
  }
}

/// A source and a root Kustomization made up where the repository holds neither, with the origin of what stands for them.
struct RootObjects {
  private static let name = "flux-system"
  private static let sourceKind = "GitRepository"

  var path: RepoPath
  var origin: Origin

  private var made: MadeObject { MadeObject(origin: origin) }
  private var metadata: [(String, Node)] { [("name", made.text(Self.name)), ("namespace", made.text(Self.name))] }

  var source: Node {
    made.object(
      "\(FluxGroups.source)/v1", Self.sourceKind, metadata: metadata, spec: [("interval", made.text("1m"))])
  }

  var kustomization: Node {
    made.object(
      "\(FluxGroups.kustomize)/v1", "Kustomization", metadata: metadata,
      spec: [
        ("interval", made.text("10m")), ("path", made.text("./\(path.string)")),
        ("prune", Node(scalar: .bool(true), origin: origin)),
        ("sourceRef", made.texts([("kind", Self.sourceKind), ("name", Self.name)])),
      ])
  }
}
