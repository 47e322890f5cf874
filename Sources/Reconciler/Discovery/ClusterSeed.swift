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
  var sourceKind = "GitRepository"
  var name = "flux-system"
  var namespace = "flux-system"
  var path: RepoPath
  var url: Node?
  var ref: Node?
  var origin: Origin

  var source: Node {
    var spec: [(String, Node)] = [("interval", text("1m"))]
    if let url { spec.append(("url", url)) }
    if let ref { spec.append(("ref", ref)) }
    return object("source.toolkit.fluxcd.io/v1", sourceKind, spec)
  }

  var kustomization: Node {
    let sourceRef = mapping([("kind", text(sourceKind)), ("name", text(name))])
    return object(
      "kustomize.toolkit.fluxcd.io/v1", "Kustomization",
      [
        ("interval", text("10m")), ("path", text("./\(path.string)")),
        ("prune", Node(scalar: Scalar("true"), origin: origin)), ("sourceRef", sourceRef),
      ])
  }

  private func object(_ apiVersion: String, _ kind: String, _ spec: [(String, Node)]) -> Node {
    mapping([
      ("apiVersion", text(apiVersion)), ("kind", text(kind)),
      ("metadata", mapping([("name", text(name)), ("namespace", text(namespace))])), ("spec", mapping(spec)),
    ])
  }

  private func text(_ text: String) -> Node {
    Node(string: text, origin: origin)
  }

  private func mapping(_ entries: [(String, Node)]) -> Node {
    Node(
      .mapping(Mapping(entries.map { Mapping.Entry(key: Scalar($0.0), keyOrigin: origin, value: $0.1) })),
      origin: origin)
  }
}
