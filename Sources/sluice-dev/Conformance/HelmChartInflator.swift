import Diagnostics
import Documents
import Files
import GoTemplate
import Helm
import Kustomize
import Sprig
import YAML

/// Renders `helmCharts` with the Helm engine, as kustomize does with the helm command: charts of the tree only.
struct HelmChartInflator: ChartInflator {
  func inflate(
    _ chart: HelmChart, in directory: RepoPath, of tree: any DocumentTree
  ) throws(KustomizeError) -> InflatedChart {
    var inflation = Inflation(chart: chart, directory: directory, tree: tree)
    do {
      return try inflation.run()
    } catch let error as KustomizeError {
      throw error
    } catch let error as any PlacedError {
      throw KustomizeError(
        .generator, "the chart '\(chart.name)' cannot be rendered: \(error.message)", at: chart.origin.location,
        trace: error.trace)
    } catch {
      throw KustomizeError(.generator, "the chart '\(chart.name)' cannot be rendered", at: chart.origin.location)
    }
  }
}

/// One chart on its turn.
private struct Inflation {
  let chart: HelmChart
  let directory: RepoPath
  let tree: any DocumentTree
  private var filesRead: [RepoPath] = []

  init(chart: HelmChart, directory: RepoPath, tree: any DocumentTree) {
    self.chart = chart
    self.directory = directory
    self.tree = tree
  }

  mutating func run() throws -> InflatedChart {
    let path = try home().appending(chart.name)
    guard try tree.isDirectory(path) else {
      throw KustomizeError(
        .remote, "there is no chart at '\(path)'; it would have to be fetched", at: chart.origin.location)
    }
    let loaded = try ChartLoader.load(path, in: tree)
    let release = try loaded.render(try values(defaultFile: path.child("values.yaml")), try options())
    return InflatedChart(documents: try documents(of: release), filesRead: filesRead)
  }

  /// The folder of the chart. A chart that was fetched lies in a folder with its version.
  private func home() throws -> RepoPath {
    let home = try directory.appending(chart.chartHome)
    guard !chart.version.isEmpty, !chart.repository.isEmpty else { return home }
    return home.child("\(chart.name)-\(chart.version)")
  }

  private func options() throws -> ReleaseOptions {
    var name = chart.releaseName.isEmpty ? "\(chart.name)-generated" : chart.releaseName
    if !chart.nameTemplate.isEmpty {
      var set = TemplateSet(name: "name-template", functions: Sprig.table)
      try set.add(chart.nameTemplate, name: "name-template")
      name = String(decoding: try set.render("name-template", with: .null).bytes, as: UTF8.self)
    }
    var options = ReleaseOptions(name: name, namespace: chart.namespace.isEmpty ? "default" : chart.namespace)
    if !chart.kubeVersion.isEmpty { options.capabilities = try Capabilities(kubeVersion: chart.kubeVersion) }
    options.capabilities.apiVersions += chart.apiVersions
    return options
  }

  /// The values of the entry: its file and what is inline, then the further files.
  private mutating func values(defaultFile: RepoPath) throws -> Node {
    let path = chart.valuesFile.isEmpty ? defaultFile : try directory.appending(chart.valuesFile)
    var merged = try inlineValues(path)
    for file in chart.additionalValuesFiles {
      merged = Self.merge(try read(try directory.appending(file)), into: merged)
    }
    return merged
  }

  private mutating func inlineValues(_ path: RepoPath) throws -> Node {
    guard let inline = chart.valuesInline, inline.mapping?.isEmpty == false else { return try read(path) }
    let empty = Node(.mapping(Mapping()), origin: inline.origin)
    switch chart.valuesMerge {
    case .replace: return inline
    case .override: return try StrategicMerge().merge(patch: inline, into: try read(path)) ?? empty
    case .merge: return try StrategicMerge().merge(patch: try read(path), into: inline) ?? empty
    }
  }

  private mutating func read(_ path: RepoPath) throws -> Node {
    guard let documents = try tree.documents(at: path) else {
      throw KustomizeError(.loading, "no file '\(path)'", at: chart.origin.location)
    }
    filesRead.append(path)
    return documents.first?.root ?? Node(.mapping(Mapping()), origin: chart.origin)
  }

  /// Later values files win, mapping by mapping.
  private static func merge(_ new: Node, into old: Node) -> Node {
    guard let newer = new.mapping, var mapping = old.mapping else { return new }
    for entry in newer.entries {
      let key = entry.key.text
      mapping.set(key, mapping[key].map { merge(entry.value, into: $0) } ?? entry.value, keyOrigin: entry.keyOrigin)
    }
    return Node(.mapping(mapping), origin: old.origin)
  }

  /// What the helm command prints, in its order.
  private func documents(of release: Release) throws -> [Document] {
    var files = chart.includesCRDs ? release.crds.map(\.file) : []
    files += release.manifests.map { SourceFile(path: $0.path, bytes: $0.output.bytes) }
    if !chart.skipsHooks {
      let hooks = release.hooks.filter { !(chart.skipsTests && $0.hookEvents.contains("test")) }
      files += hooks.map { SourceFile(path: $0.path, bytes: $0.output.bytes) }
    }
    return try files.flatMap { try YAMLReader.read($0) }
  }
}
