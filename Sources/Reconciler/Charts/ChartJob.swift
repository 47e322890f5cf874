import Diagnostics
import Files
import Helm
import Versions
import YAML

/// A chart as all releases of it render it.
struct LoadedChart: Sendable {
  var chart: PreparedChart
  /// Dependencies that neither the chart nor the shelf holds.
  var missing: [Dependency] = []
}

/// The reading of one chart, once for all releases: a pure function of what it holds.
struct ChartJob: Sendable {
  let found: FoundChart
  let shelf: ChartShelf

  /// Reads the chart, with the dependencies that source-controller would fetch into it.
  func run() -> Result<LoadedChart, HelmError> {
    Result { () throws(HelmError) in
      var chart = try ChartLoader.load(found.path, in: AnyTree(found.tree))
      let missing = try complete(&chart)
      return LoadedChart(chart: PreparedChart(chart), missing: missing)
    }
  }

  /// Adds the dependencies that are not in `charts/` (source-controller, dependency manager): from the source where the
  /// entry is a path, else from the shelf, in the version of the lock file. Gives those that are in neither.
  private func complete(_ chart: inout Chart) throws(HelmError) -> [Dependency] {
    guard (try? found.tree.file(at: found.path.child("Chart.yaml"))) != nil else { return [] }
    let locked = lockedVersions
    var missing: [Dependency] = []
    for dependency in chart.missingDependencies {
      if dependency.repository.isEmpty || dependency.repository.hasPrefix("file://") {
        chart.add(try local(dependency, of: chart), for: dependency)
      } else if let copy = shelf.newest(
        dependency.name, allowedBy: locked[dependency.name] ?? dependency.version)
      {
        chart.add(try ChartLoader.load(copy.path, in: AnyTree(copy.directory.tree)), for: dependency)
      } else {
        var dependency = dependency
        dependency.version = locked[dependency.name] ?? dependency.version
        missing.append(dependency)
      }
    }
    return missing
  }

  private func local(_ dependency: Dependency, of parent: Chart) throws(HelmError) -> Chart {
    let place = parent.metadataFile.map { Location(file: $0.source) }
    let relative =
      dependency.repository.isEmpty
      ? "charts/\(dependency.name)" : String(dependency.repository.dropFirst("file://".count))
    guard let path = try? found.path.appending(relative), let kind = try? found.tree.kind(of: path), kind != .file
    else {
      throw HelmError(
        .chart, "failed to add local dependency '\(dependency.name)': no chart found at '\(relative)'", at: place)
    }
    let chart = try ChartLoader.load(path, in: AnyTree(found.tree))
    guard let version = try? Version(chart.metadata.version), let range = try? Constraint(dependency.version),
      range.allows(version)
    else {
      throw HelmError(
        .chart,
        "failed to add local dependency '\(dependency.name)': can't get a valid version for constraint "
          + "'\(dependency.version)'", at: place)
    }
    return chart
  }

  /// The versions that `Chart.lock` names: they go before the ranges.
  private var lockedVersions: [String: String] {
    guard let file = try? found.tree.file(at: found.path.child("Chart.lock")),
      let entries = (try? YAMLReader.readFirst(file))?.root["dependencies"]?.sequence
    else { return [:] }
    return entries.reduce(into: [:]) { known, entry in
      if let name = entry["name"]?.scalar?.text { known[name] = entry["version"]?.scalar?.text }
    }
  }
}

/// The charts that were read already.
struct ChartCache: Sendable {
  private var known: [FoundChart.Key: Result<LoadedChart, HelmError>] = [:]
  private var wanted: [FoundChart.Key: FoundChart] = [:]
  private var order: [FoundChart.Key] = []

  /// The chart, once it is read; nil means that it is read first.
  mutating func chart(_ found: FoundChart) -> Result<LoadedChart, HelmError>? {
    if let chart = known[found.key] { return chart }
    if wanted.updateValue(found, forKey: found.key) == nil { order.append(found.key) }
    return nil
  }

  /// The charts to read next.
  mutating func takeWanted() -> [FoundChart] {
    defer { (wanted, order) = ([:], []) }
    return order.compactMap { wanted[$0] }
  }

  mutating func enter(_ chart: Result<LoadedChart, HelmError>, _ key: FoundChart.Key) {
    known[key] = chart
  }
}

/// Lets a tree of any kind go where one of a certain kind is wanted.
struct AnyTree: FileTree {
  private let tree: any FileTree

  init(_ tree: any FileTree) { self.tree = tree }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try tree.kind(of: path) }
  func file(at path: RepoPath) throws(FileError) -> SourceFile? { try tree.file(at: path) }
  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try tree.entries(of: path) }
}
