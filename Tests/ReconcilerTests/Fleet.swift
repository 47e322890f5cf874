import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Testing
import YAML

@testable import Reconciler

/// A small repository through the whole simulation.
enum Fleet {
  /// The model of a tree.
  static func model(of tree: any FileTree, version: FluxVersion? = nil) throws -> RepositoryModel {
    var files: [AnalysedFile] = []
    var parsed: [RepoPath: Result<[Document], YAMLError>] = [:]
    for path in try TreeWalk(tree).files where path.name.hasSuffix(".yaml") || path.name.hasSuffix(".yml") {
      guard let file = try tree.file(at: path) else { continue }
      do throws(YAMLError) {
        let documents = try YAMLReader.read(file)
        parsed[path] = .success(documents)
        files.append(AnalysedFile(path: path, file: file, documents: documents, error: nil))
      } catch {
        parsed[path] = .failure(error)
        files.append(AnalysedFile(path: path, file: file, documents: [], error: error))
      }
    }
    let input = SimulationInput(
      repository: ParsedTree(tree, parsed: parsed), files: files, fluxVersion: version)
    var simulation = Simulation(input)
    while case let jobs = simulation.nextRound(), !jobs.isEmpty { simulation.take(jobs.map { $0.run() }) }
    return simulation.finish()
  }

  /// The only cluster of a repository that Flux is bootstrapped from, with `texts` in it.
  static func cluster(_ texts: [String: String], version: FluxVersion? = nil) throws -> Cluster {
    var texts = texts
    texts["clusters/prod/flux-system/gotk-sync.yaml"] = bootstrap
    let model = try model(of: MemoryTree(texts: texts), version: version)
    return try #require(model.clusters.first)
  }

  /// What `flux bootstrap` leaves.
  static let bootstrap = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, url: https://git.example.com/fleet, ref: {branch: main}}
    ---
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 10m, path: ./clusters/prod, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
    """

  /// A Kustomization of an ExternalArtifact.
  static func kustomization(of artifact: String, path: String = "./") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(artifact), namespace: flux-system}
    spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: ExternalArtifact, name: \(artifact)}}
    """
  }

  static func configMap(_ name: String, _ data: String) -> String {
    """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: \(name), namespace: apps}
    data: \(data)
    """
  }
}

extension Cluster {
  /// The reconciliation of the Flux object `kind/name`.
  func reconciliation(_ kind: String, _ name: String) throws -> Reconciliation {
    try #require(reconciliations.first { $0.kind != .bootstrap && $0.id.kind == kind && $0.id.name == name })
  }

  /// What a reconciliation applies, as `Kind/namespace/name`.
  func applied(by reconciliation: Reconciliation) -> [String] {
    reconciliation.objects.map { objects[$0].reference.description }
  }

  func object(_ kind: String, _ name: String) throws -> AppliedObject {
    try #require(objects.first { $0.id.kind == kind && $0.id.name == name })
  }
}

extension Reconciliation {
  var failure: BuildProblem? {
    switch outcome {
    case .failed(let problem), .pathMissing(let problem): problem
    case .done, .gap: nil
    }
  }

  var isDone: Bool {
    if case .done = outcome { true } else { false }
  }
}
