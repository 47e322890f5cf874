import ClusterModel
import Diagnostics
import Files
import Flux
import Helm
import Kubernetes
import YAML

/// A piece of work of one round: a pure function of what it holds.
public struct SimulationJob: Sendable {
  /// What a job gives back to ``Simulation/take(_:)``.
  public struct Result: Sendable {
    let content: Content

    enum Content {
      case built(BuiltReconciliation)
      case chart(Swift.Result<LoadedChart, HelmError>)
    }
  }

  enum Work: Sendable {
    case build(BuildJob)
    case load(ChartJob)
    case render(ReleaseJob)
    case compose(CompositionJob)
    case expand(ResourceSetJob)
  }

  let work: Work

  /// Does the work. Call it on a thread with 64 MB of stack: templates and trees are walked recursively.
  public func run() -> Result {
    switch work {
    case .build(let job): Result(content: .built(job.run()))
    case .load(let job): Result(content: .chart(job.run()))
    case .render(let job): Result(content: .built(job.run()))
    case .compose(let job): Result(content: .built(job.run()))
    case .expand(let job): Result(content: .built(job.run()))
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
    case .artifactGenerator(let generator):
      return compositionJob(generator, at: position, shelf: input.charts, artifacts: &artifacts).map {
        SimulationJob(work: .compose($0))
      }
    case .resourceSet(let set):
      return resourceSetJob(set, at: position).map { SimulationJob(work: .expand($0)) }
    default:
      return nil
    }
  }

  /// Whether someone told the controller to leave an object alone; notes that as a gap.
  mutating func isDisabled(_ manifest: Manifest, by annotation: String, at position: Int) -> Bool {
    guard let value = manifest.node[path: "metadata", "annotations", annotation],
      value.scalar?.text.lowercased() == "disabled"
    else { return false }
    reconciliations[position].outcome = .gap
    note(
      Gap(
        kind: "reconciliation-disabled",
        message: "\(manifest.reference) is not reconciled: \(annotation) disables it",
        help: "What it applied before stays in the cluster as it was", location: value.origin.location,
        related: reconciliations[position].trace, object: manifest.reference))
    return true
  }

  private mutating func releaseJob(
    _ release: HelmRelease, at position: Int, input: SimulationInput, artifacts: inout ArtifactCache
  ) -> ReleaseJob? {
    let lookup = chart(of: release, shelf: input.charts, artifacts: &artifacts)
    var chart: Swift.Result<LoadedChart, HelmError>?
    if case .found(let found) = lookup {
      chart = artifacts.charts.chart(found)
      if chart == nil {
        postpone(position)
        return nil
      }
    }
    // A copy of the whole state would have everything copied that changes below.
    var composer = ReleaseComposer { [objects, index] id in index[id]?.first.map { objects[$0] } }
    let facts = composer.facts(of: release, reference: release.manifest.reference)
    for gap in composer.gaps { note(gap) }
    reconciliations[position].release = facts
    reconciliations[position].source = chartSource(of: release)
    if let problem = composer.problem {
      reconciliations[position].outcome = .failed(problem)
      return nil
    }
    switch lookup {
    case .found(let found):
      let usesHelm3Defaults = usesHelm3Defaults(release, input.files)
      return chart.map { chart in
        ReleaseJob(
          release: release, facts: facts, found: found, chart: chart, version: version.version,
          usesHelm3Defaults: usesHelm3Defaults, kubernetesVersion: input.kubernetesVersion)
      }
    case .unavailable(let gap):
      note(gap)
    case .failed(let problem):
      reconciliations[position].outcome = .pathMissing(problem)
    case .sourceMissing:  // a finding of its own
      if let gap = unmadeArtifact(release.chartRef, of: release.manifest.reference, "rendered") { note(gap) }
    }
    return nil
  }

  /// Whether Helm 3's defaults are in force, where that makes a difference to a release.
  private mutating func usesHelm3Defaults(_ release: HelmRelease, _ files: [AnalysedFile]) -> Bool {
    guard version.version >= .v29, release.postRenderStrategy == nil else { return false }
    return currentSettings(files).featureGates["helm-controller"]?["UseHelm3Defaults"]?.value ?? false
  }

  private func chartSource(of release: HelmRelease) -> SourceResolution {
    resolve(release.chartRef ?? release.chart?.spec?.sourceRef).source
  }
}
