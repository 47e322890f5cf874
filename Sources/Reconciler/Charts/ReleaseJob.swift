import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Helm
import Kubernetes
import Kustomize
import YAML

/// The rendering of one HelmRelease: a pure function of what it holds.
struct ReleaseJob: Sendable {
  let release: HelmRelease
  let facts: ReleaseFacts
  let found: FoundChart
  let chart: Result<LoadedChart, HelmError>
  let version: FluxVersion
  /// Whether the gate `UseHelm3Defaults` of helm-controller is on.
  let usesHelm3Defaults: Bool
  let kubernetesVersion: String?

  /// Renders it, as helm-controller would install it.
  func run() -> BuiltReconciliation {
    do throws(HelmError) {
      let loaded = try chart.get()
      let missing = loaded.missing.filter { isWanted($0, by: loaded.chart.chart) }
      guard missing.isEmpty else { return unavailable(missing) }
      let chart = try withValuesFiles(loaded.chart)
      let rendered = try chart.render(facts.values, try options())
      return try built(rendered, chart)
    } catch {
      return failed(error)
    }
  }

  private func built(_ rendered: Release, _ chart: PreparedChart) throws(HelmError) -> BuiltReconciliation {
    let origins = RenderedOrigins(
      release: release, values: facts.values, chart: chart.chart, rendered: rendered,
      isInRepository: found.isInRepository)
    let objects = ReleaseObjects(release: release, version: version, usesHelm3Defaults: usesHelm3Defaults)
    var built = BuiltReconciliation(outcome: .done)
    var unmatched: [UnmatchedPatch] = []
    built.objects = try objects.installed(by: rendered, origins, unmatched: &unmatched).map { object in
      // Where an object names no namespace, Helm installs it in the release's.
      .init(
        manifest: object.manifest, trace: [], earlier: object.earlier, unknownPaths: [],
        defaultNamespace: facts.releaseNamespace)
    }
    built.unmatchedPatches = unmatched.map(\.location)
    for patch in unmatched { built.unmatchedFields[patch.location] = patch.field }
    built.unreadValues = facts.values.map { unread($0, by: chart) } ?? []
    built.gaps = rendered.unresolvedSchemas.map { schema in
      Gap(
        kind: "schema-unresolved",
        message: "the values of \(release.id) are not wholly checked: a schema of its chart refers to \(schema.url)",
        help: "Put the schema into the chart's own, where nothing has to be fetched", location: chartReference.location,
        object: release.manifest.reference)
    }
    return built
  }

  private func options() throws(HelmError) -> ReleaseOptions {
    var options = ReleaseOptions(name: facts.releaseName, namespace: facts.releaseNamespace)
    options.tracesValues = true
    // Values that only one of the two refuses break the release all the same.
    options.skipsSchema =
      release.install?.value.disableSchemaValidation?.value == true
      && release.upgrade?.value.disableSchemaValidation?.value == true
    let standard = options.capabilities
    if let kubernetesVersion { options.capabilities = try Capabilities(kubeVersion: "\(kubernetesVersion).0") }
    options.capabilities.apiVersions = standard.apiVersions + Self.builtInKinds
    return options
  }

  /// A cluster tells of each kind beside the versions of its groups.
  private static let builtInKinds = BuiltInKinds.all.map { "\($0.type.apiVersion)/\($0.type.kind)" }

  // MARK: Values

  /// `valuesFiles` stand in place of the chart's own values (source-controller, chart builder).
  private func withValuesFiles(_ chart: PreparedChart) throws(HelmError) -> PreparedChart {
    guard !found.valuesFiles.isEmpty else { return chart }
    var merged: Node?
    for name in found.valuesFiles {
      let documents: [Node]
      if let own = chartValues(named: name.value, of: chart.chart) {
        documents = own
      } else if let file = try valuesFile(named: name, of: chart.chart) {
        documents = try reading(file)
      } else if found.toleratesMissingValuesFiles {
        continue
      } else {
        throw HelmError(.chart, "no values file found at path '\(name.value)'", at: name.origin.location)
      }
      for over in documents { merged = merged.map { ValuesMerge.merged($0, over: over) } ?? over }
    }
    return chart.replacingValues(by: merged.map { [$0] } ?? [])
  }

  /// The chart's own values, where a chart out of a repository names them.
  private func chartValues(named name: String, of chart: Chart) -> [Node]? {
    guard !found.isFromSource, (try? RepoPath(name))?.string == "values.yaml" else { return nil }
    return chart.values
  }

  /// A values file: a path in the source; in a chart from a repository, a path in the chart.
  private func valuesFile(named name: Field<String>, of chart: Chart) throws(HelmError) -> SourceFile? {
    guard let path = try? RepoPath(String(name.value.drop { $0 == "/" })) else { return nil }
    guard found.isFromSource else { return chart.files.first { $0.name == path.string }?.source }
    do throws(FileError) {
      return try found.tree.kind(of: path) == .directory ? nil : found.tree.file(at: path)
    } catch {
      throw HelmError(.chart, error.message, at: name.origin.location)
    }
  }

  private func reading(_ file: SourceFile) throws(HelmError) -> [Node] {
    do throws(YAMLError) {
      guard let root = try YAMLReader.readFirst(file)?.root, root.scalar?.resolved != .null else { return [] }
      guard root.mapping != nil else {
        throw YAMLError(.syntax("values must be a mapping"), at: root.origin.location)
      }
      return [root]
    } catch {
      throw HelmError(.chart, error.message, at: error.location)
    }
  }

  private func unread(_ values: Node, by chart: PreparedChart) -> [UnreadValue] {
    var values = values
    // What a Secret gives is not known, but where it goes.
    for target in release.valuesFrom.compactMap(\.targetPath) where facts.unknownValues.contains(target.value) {
      try? SetValues.apply(
        "\(target.value)=", .text, to: &values, origin: target.origin, keyOrigin: target.origin)
    }
    return chart.unreadKeys(of: values).map { key in
      UnreadValue(
        path: key.path.joined(separator: "."), origin: key.origin,
        suggestion: key.path.last.flatMap { Spelling.closest(to: $0, in: key.siblings) })
    }
  }

  // MARK: Dependencies

  /// Whether a dependency is switched on: one that is not need not be there to render the chart.
  private func isWanted(_ dependency: Helm.Dependency, by chart: Chart) -> Bool {
    for condition in dependency.condition.split(separator: ",") {
      let path = condition.split(separator: ".").map(String.init)
      for values in [facts.values].compactMap({ $0 }) + chart.values {
        guard case .bool(let isOn)? = values.value(at: path)?.scalar?.resolved else { continue }
        return isOn
      }
    }
    return true
  }

  private func unavailable(_ missing: [Helm.Dependency]) -> BuiltReconciliation {
    var built = BuiltReconciliation(outcome: .gap)
    built.gaps = missing.map { dependency in
      MissingChart(release).gap(
        "its chart depends on chart '\(dependency.name)' version '\(dependency.version)', which is not at hand",
        MissingChart.help(
          MissingChart.command(dependency.name, dependency.version, repository: dependency.repository)),
        chartReference)
    }
    return built
  }

  // MARK: Failures

  /// The field of the HelmRelease that names its chart.
  private var chartReference: Origin {
    release.chartRef?.origin ?? release.chart?.value.spec?.value.chart?.origin ?? release.origin
  }

  private func failed(_ error: HelmError) -> BuiltReconciliation {
    let problems = ReleaseProblems(release: release, facts: facts, isInRepository: found.isInRepository)
    var built = BuiltReconciliation(outcome: problems.outcome(of: error, at: chartReference))
    // A name that is misspelt is often why.
    if let values = facts.values, case .success(let loaded) = chart {
      built.unreadValues = unread(values, by: loaded.chart)
    }
    return built
  }
}

extension Node {
  /// The value that keys lead to; a key may be the index of a list.
  func value(at path: some Collection<String>) -> Node? {
    path.reduce(Optional(self)) { node, key in
      node?[key]
        ?? Int(key).flatMap { index in node?.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil } }
    }
  }
}
