import ClusterModel
import Diagnostics
import Flux
import Kubernetes

/// A piece of work of one round: a pure function of what it holds.
public struct SimulationJob: Sendable {
  /// What a job gives back to ``Simulation/take(_:)``.
  public struct Result: Sendable {
    let built: BuiltKustomization
  }

  enum Work: Sendable {
    case build(BuildJob)
    case render(ReleaseJob)
  }

  let work: Work

  /// Does the work. Call it on a thread with 64 MB of stack: templates and trees are walked recursively.
  public func run() -> Result {
    switch work {
    case .build(let job): Result(built: job.run())
    case .render(let job): Result(built: job.run())
    }
  }
}

extension ClusterState {
  /// The job of a waiting reconciliation. Nil when there is nothing to do: its outcome is then entered at once.
  mutating func job(for position: Int, input: SimulationInput, artifacts: inout ArtifactCache) -> SimulationJob? {
    switch reconciliations[position].definition {
    case .kustomization(let kustomization):
      return buildJob(kustomization, at: position, artifacts: &artifacts).map { SimulationJob(work: .build($0)) }
    case .helmRelease(let release):
      return releaseJob(release, at: position, input: input, artifacts: &artifacts).map {
        SimulationJob(work: .render($0))
      }
    default:
      return nil
    }
  }

  private mutating func releaseJob(
    _ release: HelmRelease, at position: Int, input: SimulationInput, artifacts: inout ArtifactCache
  ) -> ReleaseJob? {
    let state = self
    var composer = ReleaseComposer { id in state.object(id) }
    let facts = composer.facts(of: release, reference: release.manifest.reference)
    for gap in composer.gaps { note(gap) }
    reconciliations[position].release = facts
    reconciliations[position].source = chartSource(of: release)
    switch chart(of: release, shelf: input.charts, artifacts: &artifacts) {
    case .found(let tree, let path, let isInRepository):
      return ReleaseJob(
        release: release, facts: facts, tree: tree, path: path, isInRepository: isInRepository,
        kubernetesVersion: input.kubernetesVersion)
    case .unavailable(let gap):
      note(gap)
    case .failed(let problem):
      reconciliations[position].outcome = .pathMissing(problem)
    case .sourceMissing:
      break  // a finding of its own
    }
    return nil
  }

  private func chartSource(of release: HelmRelease) -> SourceResolution {
    guard let reference = release.chartRef ?? release.chart?.spec?.sourceRef else { return .none }
    guard let source = object(reference.id) else {
      return .missing(kind: reference.kind, namespace: reference.namespace, name: reference.name)
    }
    switch resolver.resolve(source.manifest, id: source.id) {
    case .local(let root, _): return .local(source: source.id, root: root)
    case .external: return .external(source: source.id)
    }
  }
}
