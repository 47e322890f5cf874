import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// The Flux objects that stand in files and are in no cluster, each with the reason.
struct Unreached {
  /// The objects, in the order of files.
  let objects: [UnreachedObject]

  init(in clusters: [Cluster], files: [AnalysedFile], documents: [FluxDocument], artifacts: ArtifactCache) {
    let traces = Traces(clusters)
    let all = documents + documents.flatMap(\.templates)
    let missing = all.filter { !traces.reach($0.manifest) }
    let search = UnreachedSearch(
      clusters: clusters, files: files, inclusions: Inclusions(files),
      appliers: Appliers(clusters, unreached: missing), artifacts: artifacts, traces: traces)
    objects = missing.map(search.explained)
  }
}

/// The lines of files that objects of the clusters come from.
struct Traces {
  private struct Line: Hashable {
    var path: String
    var number: UInt32
  }

  /// What applies an object to another cluster, and what is known of Flux there.
  struct Remote {
    var id: ObjectID
    var cluster: String
    var flux: RemoteFlux?
    var place: Location
  }

  private var applied: Set<Line> = []
  /// What is applied to other clusters: a reconciliation for each line.
  private var remote: [Line: Remote] = [:]
  /// Which reconciliation reads a file.
  private(set) var readers: [String: (id: ObjectID, place: Location)] = [:]
  /// Why none of those that read a file can be built; nil where one is.
  private(set) var failures: [String: BuildProblem] = [:]
  /// Which ArtifactGenerator copies a file.
  private(set) var copiers: [String: (id: ObjectID, place: Location)] = [:]

  init(_ clusters: [Cluster]) {
    for cluster in clusters {
      for object in cluster.objects {
        let reconciliation = cluster.reconciliations[object.reconciliation]
        let nodes = [object.manifest.node] + object.earlier.flatMap { [$0.node, $0.patch] }
        for line in nodes.flatMap(Self.lines) {
          if let other = reconciliation.remoteCluster {
            remote[line] = Remote(
              id: reconciliation.id, cluster: other, flux: cluster.remoteFlux[other], place: reconciliation.location)
          } else {
            applied.insert(line)
          }
        }
      }
      for reconciliation in cluster.reconciliations {
        for file in reconciliation.files {
          let reader = (reconciliation.id, reconciliation.location)
          if reconciliation.kind == .artifactGenerator {
            copiers[file.string] = copiers[file.string] ?? reader
          } else {
            let isFirst = readers[file.string] == nil
            readers[file.string] = readers[file.string] ?? reader
            if case .failed(let problem) = reconciliation.outcome {
              if isFirst { failures[file.string] = problem }
            } else {
              failures[file.string] = nil
            }
          }
        }
      }
    }
  }

  /// Whether an object of a cluster comes from where `manifest` stands, or was patched by it.
  func reach(_ manifest: Manifest) -> Bool {
    Self.lines(of: manifest.node).contains(where: applied.contains)
  }

  /// What applies the object at `manifest` to another cluster.
  func remote(_ manifest: Manifest) -> Remote? {
    Self.lines(of: manifest.node).lazy.compactMap { remote[$0] }.first
  }

  /// An object is told by the lines of its start, its kind and its name: patches and templates can replace some of them.
  private static func lines(of node: Node) -> [Line] {
    [node, node["kind"], node["apiVersion"], node[path: "metadata", "name"]].compactMap { part in
      part.map { Line(path: $0.origin.file.path, number: $0.origin.span.start.line) }
    }
  }
}

extension FluxDocument {
  /// The Flux objects that a ResourceSet makes of its templates, as they are written.
  var templates: [FluxDocument] {
    guard type.group == FluxGroups.fluxOperator, type.kind == "ResourceSet" else { return [] }
    let spec = manifest.node["spec"]
    let steps = spec?["steps"]?.sequence ?? []
    let nodes = (spec?["resources"]?.sequence ?? []) + steps.flatMap { $0["resources"]?.sequence ?? [] }
    return nodes.compactMap(Manifest.init).filter { FluxGroups.contains($0.type.group) }.map {
      FluxDocument(manifest: $0, path: path, template: manifest.id)
    }
  }
}
