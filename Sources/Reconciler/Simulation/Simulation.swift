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
  private var running: [Running] = []

  /// What a job of the round is for.
  private enum Running {
    case reconciliation(Int, cluster: Int)
    case chart(FoundChart.Key)
  }

  /// Finds the clusters of the repository.
  public init(_ input: SimulationInput) {
    self.input = input
    artifacts = ArtifactCache(input)
    documents = FluxDocument.all(in: input.files)
    let scopes = Scopes(definitionsIn: input.files)
    let seeds = ClusterDiscovery.seeds(
      in: input.repository, files: input.files, documents: documents, configured: input.entryPoints)
    clusters = seeds.map { seed in
      let version =
        input.fluxVersion.map { TargetVersion(version: $0) } ?? VersionDetection.version(of: seed, in: input)
      return ClusterState(seed: seed, version: version, input: input, scopes: scopes)
    }
  }

  /// What can be reconciled now. Empty when nothing new can appear.
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
        running.append(.reconciliation(reconciliation, cluster: position))
        jobs.append(job)
      }
    }
    for chart in artifacts.charts.takeWanted() {
      running.append(.chart(chart.key))
      jobs.append(SimulationJob(work: .load(ChartJob(found: chart, shelf: input.charts))))
    }
    guard jobs.isEmpty else { return jobs }
    // A round in which nothing needs building may still have moved others forward.
    if clusters.contains(where: { !$0.waiting.isEmpty }) { return nextRound() }
    return clusters.addRemotes(input) ? nextRound() : []
  }

  /// Enters the results of the last round, in the order of its jobs.
  public mutating func take(_ results: [SimulationJob.Result]) {
    for (job, result) in zip(running, results) {
      switch (job, result.content) {
      case (.reconciliation(let reconciliation, let cluster), .built(let built)):
        clusters[cluster].accept(built, from: reconciliation)
      case (.chart(let key), .chart(let chart)): artifacts.charts.enter(chart, key)
      default: break
      }
    }
    running = []
  }

  /// The model, once there are no more rounds.
  public func finish() -> RepositoryModel {
    var clusters = clusters
    clusters.mergeRemotes()
    let finished = clusters.map { $0.frozen(files: input.files) }.withoutInnerFolders
    return RepositoryModel(
      clusters: finished, files: FileUsage.files(input.files, readBy: finished),
      unreached: Unreached(in: finished, files: input.files, documents: documents, artifacts: artifacts).objects)
  }
}

extension [Cluster] {
  /// Without the folders that only look like clusters: those whose files another cluster takes in, and not the other way
  /// round.
  fileprivate var withoutInnerFolders: [Cluster] {
    let files = map { Set($0.reconciliations.flatMap(\.files).map(\.string)) }
    return indices.filter { own in
      guard self[own].entryPoint.kind == .folder else { return true }
      let entry = self[own].entryPoint.location.file.path
      return !indices.contains { other in
        other != own && files[other].contains(entry)
          && !files[own].contains(self[other].entryPoint.location.file.path)
      }
    }
    .map { self[$0] }
  }
}
