import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Policies
import Reports
import Rules
import Workers
import YAML

/// The pipeline: files, clusters, findings, report.
public struct Analysis: Sendable {
  /// The files.
  public let workspace: Workspace
  /// What decides what counts as a finding.
  public let policy: Policy
  /// The clusters.
  public let model: RepositoryModel
  /// The names of clusters that were not asked for.
  public let leftOut: [String]

  /// Reads the configuration and reconciles every cluster.
  /// - Parameter given: what decides instead of the configuration in `workspace`: an earlier state is judged as the later
  ///   one is, so that what differs was changed in what Flux applies.
  /// - Throws: ``AnalysisFailure`` when the configuration or the options do not hold.
  public init(
    of workspace: Workspace, options: AnalysisOptions, policy given: Policy? = nil, workers: Workers
  ) throws(AnalysisFailure) {
    self.workspace = workspace
    let policy: Policy = if let given { given } else { try Self.policy(of: workspace, options) }
    self.policy = policy
    var model = Simulate.model(
      of: workspace, configuration: policy.configuration, fluxVersion: options.fluxVersion, workers: workers)
    let others = options.clusters.isEmpty ? [] : model.clusters.map(\.name).filter { !options.clusters.match($0) }
    model.clusters.removeAll { others.contains($0.name) }
    leftOut = others
    self.model = model
  }

  /// Whether the configuration is that of another state of the repository, byte for byte.
  public func hasSameConfiguration(as other: Analysis) -> Bool {
    workspace.configurationFile?.bytes == other.workspace.configurationFile?.bytes
  }

  /// Judges what was found.
  public func report(toolVersion: String, workers: Workers) -> Report {
    let facts = workers.map(model.clusters) { ClusterFacts($0) }
    let run = RuleRun(model, policy, facts: facts)
    let findings = run.finish(workers.map(run.jobs) { $0.run() })
    let gaps = GapMerger.merged(
      model.clusters.flatMap(\.gaps) + unknownDependencies(facts) + workspace.problems.map(GapMerger.gap))
    return Report(
      findings: findings, gaps: gaps, summary: summary(rules: run.rules.count),
      rules: run.rules.map { $0.description(in: policy.selection) }, toolVersion: toolVersion)
  }

  /// What is waited for that nothing known brings: only here the configuration has been heard.
  private func unknownDependencies(_ facts: [ClusterFacts]) -> [Gap] {
    facts.flatMap { own in
      own.unknownDependencies(besides: policy.configuration.externals).map { gap in
        var gap = gap
        gap.clusters = [own.cluster.name]
        return gap
      }
    }
  }

  private static func policy(of workspace: Workspace, _ options: AnalysisOptions) throws(AnalysisFailure) -> Policy {
    let signatures = Rule.catalogue.map(\.signature)
    var (configuration, problems) = (Configuration(), [PolicyError]())
    do throws(PolicyError) {
      if let file = try workspace.readConfiguration() {
        (configuration, problems) = Configuration.read(file, rules: signatures)
      }
    } catch {
      problems = [error]
    }
    let resolved = Selection.resolve(
      configuration, packs: options.packs, only: options.rules, signatures: signatures)
    problems += resolved.problems + versionProblems(configuration) + missingFolders(configuration, workspace)
    guard problems.isEmpty else { throw AnalysisFailure(problems: problems) }
    return Policy(
      configuration: configuration, selection: resolved.selection, signatures: signatures, today: options.today,
      isWhole: options.clusters.isEmpty && options.rules.isEmpty, honoursSuppressions: options.honoursSuppressions)
  }

  /// The folders of sources and charts that are not there: what they should bring would be a gap without a reason.
  private static func missingFolders(_ configuration: Configuration, _ workspace: Workspace) -> [PolicyError] {
    let named =
      configuration.sources.map { ("sources", $0.path, $0.location) }
      + configuration.charts.map { ("charts", $0.value, $0.location) }
    return named.compactMap { key, text, location in
      workspace.lacksFolder(text) ? PolicyError(.missingFolder(text, key: key), at: location) : nil
    }
  }

  private static func versionProblems(_ configuration: Configuration) -> [PolicyError] {
    guard let written = configuration.fluxVersion, let version = FluxVersion(written.value), !version.isKnown else {
      return []
    }
    let wanted = "one that Sluice knows: \(FluxVersion.oldest) to \(FluxVersion.newest)"
    return [PolicyError(.badFormat(written.value, key: "fluxVersion", wanted: wanted), at: written.location)]
  }

  private func summary(rules: Int) -> Summary {
    let reconciliations = model.clusters.flatMap(\.reconciliations)
    func coverage(_ kind: Reconciliation.Kind) -> Summary.Coverage {
      let all = reconciliations.filter { $0.kind == kind }
      return Summary.Coverage(analysed: all.filter(\.isAnalysed).count, total: all.count)
    }
    return Summary(
      files: workspace.files.count, bytes: workspace.bytes, clusters: model.clusters.count,
      kustomizations: coverage(.kustomization), helmReleases: coverage(.helmRelease),
      sources: model.clusters.reduce(0) { $0 + $1.fluxObjects.filter { $0.flux?.kind.isSource == true }.count },
      objects: model.clusters.reduce(0) { $0 + $1.objects.count }, unreached: model.unreached.count, rules: rules)
  }
}

extension Reconciliation {
  /// Whether all that it applies is known.
  fileprivate var isAnalysed: Bool {
    if case .done = outcome { true } else { false }
  }
}
