import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Reconciler
import YAML

/// A small repository, reconciled to the fixpoint on one thread.
enum SimulatedRepository {
  /// The source and the root Kustomization of `clusters/prod`.
  static let sync = """
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

  /// The model of a repository of one cluster: `texts` by their paths beside what bootstrap left.
  static func model(
    _ texts: [String: String], archives: [String: [UInt8]] = [:], charts: [String: String] = [:],
    isBootstrapped: Bool = true, fluxVersion: FluxVersion? = nil
  ) throws -> RepositoryModel {
    let bootstrap = isBootstrapped ? ["clusters/prod/flux-system/gotk-sync.yaml": sync] : [:]
    var tree = try MemoryTree(texts: texts.merging(bootstrap) { own, _ in own })
    for (path, bytes) in archives { tree.insert(SourceFile(path: path, bytes: bytes), at: try RepoPath(path)) }
    let files = tree.allFiles.filter { $0.path.string.hasSuffix(".yaml") && !$0.path.string.contains("templates/") }
    let analysed = files.map { path, file in
      do throws(YAMLError) {
        return AnalysedFile(path: path, file: file, documents: try YAMLReader.read(file), error: nil)
      } catch {
        return AnalysedFile(path: path, file: file, documents: [], error: error)
      }
    }
    let shelf = ChartShelf([.init(try MemoryTree(texts: charts), isInRepository: false)])
    return finish(
      SimulationInput(repository: ParsedTree(tree), files: analysed, fluxVersion: fluxVersion, charts: shelf))
  }

  /// The model of a repository as it stands in `tree`.
  static func model(of tree: any FileTree) throws -> RepositoryModel {
    let listed = try ListedTree(tree)
    var parsed: [RepoPath: Result<[Document], YAMLError>] = [:]
    var files: [AnalysedFile] = []
    for path in listed.walk.files where path.string.hasSuffix(".yaml") || path.string.hasSuffix(".yml") {
      guard let file = try listed.file(at: path) else { continue }
      do throws(YAMLError) {
        let documents = try YAMLReader.read(file)
        parsed[path] = .success(documents)
        files.append(AnalysedFile(path: path, file: file, documents: documents, error: nil))
      } catch {
        parsed[path] = .failure(error)
        files.append(AnalysedFile(path: path, file: file, documents: [], error: error))
      }
    }
    return finish(SimulationInput(repository: ParsedTree(listed, parsed: parsed), files: files))
  }

  private static func finish(_ input: SimulationInput) -> RepositoryModel {
    var simulation = Simulation(input)
    while true {
      let jobs = simulation.nextRound()
      if jobs.isEmpty { return simulation.finish() }
      simulation.take(jobs.map { $0.run() })
    }
  }
}

extension Cluster {
  /// The object with this kind, namespace and name.
  func object(_ kind: String, _ namespace: String, _ name: String) -> AppliedObject? {
    objects.first { $0.id.kind == kind && $0.id.namespace == namespace && $0.id.name == name }
  }

  /// The reconciliation with this name.
  func reconciliation(_ kind: Reconciliation.Kind, _ name: String) -> Reconciliation? {
    reconciliations.first { $0.kind == kind && $0.id.name == name }
  }
}
