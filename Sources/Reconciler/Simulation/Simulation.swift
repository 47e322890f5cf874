import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Simulated reconciliation: from the entry points to a fixpoint.
///
/// A state machine without threads of its own. The caller runs the jobs of a round however it likes (each is a pure
/// function) and hands their results back in the same order, until a round is empty:
///
///     while case let jobs = simulation.nextRound(), !jobs.isEmpty {
///       simulation.take(jobs.map { $0.run() })
///     }
public struct Simulation: Sendable {
  private let input: SimulationInput
  private let documents: [FluxDocument]
  private var clusters: [ClusterState]
  private var artifacts: ArtifactCache
  private var running: [(cluster: Int, reconciliation: Int)] = []

  /// Finds the clusters of the repository.
  public init(_ input: SimulationInput) {
    self.input = input
    artifacts = ArtifactCache(input)
    documents = FluxDocument.all(in: input.files)
    let scopes = Scopes(definitionsIn: input.files)
    let seeds = ClusterDiscovery.seeds(in: input.repository, documents: documents, configured: input.entryPoints)
    clusters = seeds.map { seed in
      let version =
        input.fluxVersion.map { TargetVersion(version: $0) } ?? VersionDetection.version(of: seed, in: input)
      return ClusterState(seed: seed, version: version, input: input, scopes: scopes)
    }
  }

  /// The Kustomizations and HelmReleases that can be built now. Empty when nothing new can appear.
  public mutating func nextRound() -> [SimulationJob] {
    var jobs: [SimulationJob] = []
    running = []
    for position in clusters.indices {
      let chosen = Readiness(clusters[position]).next()
      clusters[position].start(chosen)
      for reconciliation in chosen {
        guard let job = clusters[position].job(for: reconciliation, input: input, artifacts: &artifacts) else {
          continue
        }
        running.append((position, reconciliation))
        jobs.append(job)
      }
    }
    // A round in which nothing needs building may still have moved others forward.
    return jobs.isEmpty && clusters.contains { !$0.waiting.isEmpty } ? nextRound() : jobs
  }

  /// Enters the results of the last round, in the order of its jobs.
  public mutating func take(_ results: [SimulationJob.Result]) {
    for (place, result) in zip(running, results) {
      clusters[place.cluster].accept(result.built, from: place.reconciliation)
    }
    running = []
  }

  /// The model, once there are no more rounds.
  public func finish() -> RepositoryModel {
    var finished = clusters.map { $0.frozen() }
    // A folder that only looks like a cluster: a real one takes its files in.
    let read = Set(finished.filter { $0.entryPoint.kind != .folder }.flatMap { $0.reconciliations.flatMap(\.files) })
    finished.removeAll { cluster in
      cluster.entryPoint.kind == .folder && read.contains { $0.string == cluster.entryPoint.location.file.path }
    }
    return RepositoryModel(
      clusters: finished, files: FileUsage.files(input.files, readBy: finished),
      unreached: FileUsage.unreached(documents, in: finished))
  }
}
