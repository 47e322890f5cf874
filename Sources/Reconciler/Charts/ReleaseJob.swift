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
  let tree: any FileTree
  let path: RepoPath
  let isInRepository: Bool
  let kubernetesVersion: String?

  /// Renders it, as helm-controller would install it.
  func run() -> BuiltReconciliation {
    do throws(HelmError) {
      var chart = try ChartLoader.load(path, in: AnyTree(tree))
      try replaceValues(of: &chart)
      let rendered = try chart.render(facts.values, try options())
      let origins = RenderedOrigins(
        release: release, values: facts.values, chart: chart, rendered: rendered, isInRepository: isInRepository)
      var built = BuiltReconciliation(outcome: .done)
      var nodes: [Node] = []
      for manifest in rendered.manifests { nodes += try origins.nodes(of: manifest) }
      let processed = try postRendered(nodes)
      let crds = appliesDefinitions ? origins.nodes(of: rendered.crds) : []
      built.unreadValues = facts.values.map { unread($0, by: chart) } ?? []
      built.objects = (crds + processed).compactMap(Manifest.init).map { entered($0) }
      return built
    } catch {
      if let violation = error.violations.first(where: { !isUnknown($0) }) {
        return BuiltReconciliation(outcome: .failed(problem(violation)))
      }
      if !error.violations.isEmpty { return BuiltReconciliation(outcome: .gap) }  // noted with the values' sources
      return BuiltReconciliation(outcome: .failed(problem(error)))
    }
  }

  private func options() throws(HelmError) -> ReleaseOptions {
    var options = ReleaseOptions(name: facts.releaseName, namespace: facts.releaseNamespace)
    options.tracesValues = true
    options.skipsSchema = release.install?.value.disableSchemaValidation?.value ?? false
    if let kubernetesVersion { options.capabilities = try Capabilities(kubeVersion: "\(kubernetesVersion).0") }
    return options
  }

  /// `valuesFiles` stand in place of the chart's own values (source-controller, chart builder).
  private func replaceValues(of chart: inout Chart) throws(HelmError) {
    let files = release.chart?.value.spec?.value.valuesFiles ?? []
    guard !files.isEmpty else { return }
    let toleratesMissing = release.chart?.value.spec?.value.ignoreMissingValuesFiles?.value ?? false
    var values: [Node] = []
    for name in files {
      let source = try valuesFile(named: name.value, of: chart)
      if let source {
        values += try reading(source)
      } else if !toleratesMissing {
        throw HelmError(.chart, "values file '\(name.value)' is not there", at: name.origin.location)
      }
    }
    let merged = values.dropFirst().reduce(values.first) { base, over in base.map { ValuesMerge.merged($0, over: over) }
    }
    chart.replaceValues(by: merged.map { [$0] } ?? [])
  }

  /// A values file: a path in the source; in a chart from a repository, a path in the chart.
  private func valuesFile(named name: String, of chart: Chart) throws(HelmError) -> SourceFile? {
    if let path = try? RepoPath(name), let file = try? tree.file(at: path) { return file }
    if name == "values.yaml", let path = try? self.path.appending(name) { return try? tree.file(at: path) }
    return chart.files.first { $0.name == name }?.source
  }

  private func reading(_ file: SourceFile) throws(HelmError) -> [Node] {
    do throws(YAMLError) {
      return try YAMLReader.readFirst(file).map { [$0.root] } ?? []
    } catch {
      throw HelmError(.chart, error.message, at: error.location)
    }
  }

  /// Definitions in `crds/` are applied at installation unless the policy is Skip.
  private var appliesDefinitions: Bool {
    (release.install?.value.crds?.value ?? "Create") != "Skip"
      || (release.upgrade?.value.crds?.value ?? "Skip") != "Skip"
  }

  private func postRendered(_ nodes: [Node]) throws(HelmError) -> [Node] {
    do throws(KustomizeError) {
      return try PostRendering(release).apply(to: nodes)
    } catch {
      throw HelmError(.manifest, "post-rendering fails: \(error.message)", at: error.location, trace: error.trace)
    }
  }

  /// Where an object names no namespace, Helm installs it in the release's.
  private func entered(_ manifest: Manifest) -> BuiltReconciliation.Object {
    BuiltReconciliation.Object(
      manifest: manifest, trace: [], unknownPaths: [], defaultNamespace: facts.releaseNamespace)
  }

  /// Whether a value may be right that breaks a schema here: it, or what is missing, may come from where nobody can see.
  private func isUnknown(_ violation: HelmError.SchemaViolation) -> Bool {
    let path = violation.path.joined(separator: ".")
    return !facts.unknownValues.isEmpty && violation.isMissing
      || facts.unknownValues.contains { $0 == path || $0.hasPrefix(path + ".") }
  }

  /// The violation at the value that breaks the schema, or at the nearest one around it.
  private func problem(_ violation: HelmError.SchemaViolation) -> BuildProblem {
    var node = facts.values
    var origin = node?.origin ?? release.origin
    for key in violation.path {
      node =
        node?[key]
        ?? Int(key).flatMap { index in
          node?.sequence.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
      if let node { origin = node.origin }
    }
    let name = violation.path.isEmpty ? "the values" : violation.path.joined(separator: ".")
    // The reason may cite the value, which nobody shall read when a Secret holds it.
    let mayBeSecret =
      origin.file != release.origin.file && release.valuesFrom.contains { $0.value.ref?.kind == "Secret" }
    let reason = mayBeSecret ? "not as the schema wants it" : violation.message
    return BuildProblem(
      message: "\(name): \(reason)", location: origin.location, trace: origin.trace, isSchemaViolation: true)
  }

  private func unread(_ values: Node, by chart: Chart) -> [UnreadValue] {
    chart.unreadKeys(of: values).map { key in
      UnreadValue(
        path: key.path.joined(separator: "."), origin: key.origin,
        suggestion: key.path.last.flatMap { Spelling.closest(to: $0, in: key.siblings) })
    }
  }

  private func problem(_ error: HelmError) -> BuildProblem {
    let chart = release.chartRef?.origin ?? release.chart?.value.spec?.value.chart?.origin ?? release.origin
    guard let place = error.location, isInRepository || isOfRepository(place) else {
      let hint = error.location.map { "\(error.message) (\($0))" } ?? error.message
      return BuildProblem(message: hint, location: chart.location, trace: [])
    }
    return BuildProblem(message: error.message, location: place, trace: error.trace)
  }

  /// Values and the release itself are the repository's, whatever the chart is.
  private func isOfRepository(_ place: Location) -> Bool {
    place.file == release.origin.file || facts.values.map { $0.mentions(place.file) } ?? false
  }
}

/// Lets a tree of any kind go where one of a certain kind is wanted.
private struct AnyTree: FileTree {
  private let tree: any FileTree

  init(_ tree: any FileTree) { self.tree = tree }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try tree.kind(of: path) }
  func file(at path: RepoPath) throws(FileError) -> SourceFile? { try tree.file(at: path) }
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try tree.entries(of: path) }
}

extension Node {
  /// Whether anything in this value was written in `file`.
  fileprivate func mentions(_ file: SourceFile) -> Bool {
    if origin.file == file { return true }
    switch value {
    case .scalar: return false
    case .sequence(let items): return items.contains { $0.mentions(file) }
    case .mapping(let mapping): return mapping.entries.contains { $0.value.mentions(file) }
    }
  }
}
