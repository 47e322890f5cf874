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
  /// Those of the objects that nobody wrote.
  var assumed: Set<ObjectID> = []
  /// The directory of the repository that those sources hand out: artifacts are often made of a folder.
  var root = RepoPath.root
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
  /// What bootstrap calls both, and their namespace.
  private static let standard = "flux-system"

  var path: RepoPath
  var origin: Origin
  /// The identity of the Kustomization, where it is known.
  var id = ObjectID(group: FluxGroups.kustomize, kind: "Kustomization", namespace: standard, name: standard)
  /// The identity of the source, where it is known.
  var sourceID = ObjectID(group: FluxGroups.source, kind: "GitRepository", namespace: standard, name: standard)

  private var made: MadeObject { MadeObject(origin: origin) }

  private func metadata(_ id: ObjectID) -> [(String, Node)] {
    [("name", made.text(id.name)), ("namespace", made.text(id.namespace))]
  }

  var source: Node {
    made.object(
      "\(FluxGroups.source)/v1", sourceID.kind, metadata: metadata(sourceID), spec: [("interval", made.text("1m"))])
  }

  var kustomization: Node {
    made.object(
      "\(FluxGroups.kustomize)/v1", "Kustomization", metadata: metadata(id),
      spec: [
        ("interval", made.text("10m")), ("path", made.text("./\(path.string)")),
        ("prune", Node(scalar: .bool(true), origin: origin)),
        (
          "sourceRef",
          made.texts([("kind", sourceID.kind), ("name", sourceID.name), ("namespace", sourceID.namespace)])
        ),
      ])
  }
}
