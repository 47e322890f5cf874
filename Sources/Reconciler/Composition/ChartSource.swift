import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Helm
import Kubernetes
import YAML

extension ClusterState {
  /// What a HelmChart hands out: the chart in a folder of its name, as its archive holds it. Nil where the chart is not at
  /// hand, or values files would replace its own.
  func packedChart(
    _ reference: ObjectRef, shelf: ChartShelf, artifacts: inout ArtifactCache
  ) -> (any SourceArtifact)? {
    guard case .helmChart(let chart) = object(reference.id)?.flux, chart.valuesFiles.isEmpty, let name = chart.chart,
      let source = chart.sourceRef
    else { return nil }
    let repository = artifacts.repository
    if source.kind == "HelmRepository" {
      guard let copy = shelf.newest(name.value, allowedBy: chart.version?.value ?? "*") else { return nil }
      let isReadable = copy.directory.isInRepository && !copy.isArchive
      return PackedChart(path: copy.path, tree: copy.directory.tree, isReadable: isReadable, place: reference.origin)
        .artifact(of: repository)
    }
    guard let path = RepoPath(clamping: name.value) else { return nil }
    switch resolve(source).artifact {
    case .local(let files):
      guard let tree = try? artifacts.artifact(files) else { return nil }
      let isFolder = (try? tree.isDirectory(path)) ?? false
      return PackedChart(path: path, tree: tree, isReadable: isFolder, place: reference.origin).artifact(of: repository)
    case .composed(let tree):
      return PackedChart(path: path, tree: tree, isReadable: false, place: reference.origin).artifact(of: repository)
    case .external, nil: return nil
    }
  }
}

/// A chart as source-controller hands it out.
private struct PackedChart {
  let path: RepoPath
  let tree: any FileTree
  /// Whether its files are files of the repository.
  let isReadable: Bool
  /// The place that asks for it.
  let place: Origin

  func artifact(of repository: any DocumentTree) -> ComposedArtifact? {
    guard let files = try? ChartLoader.packedFiles(path, in: tree),
      let metadata = files.first(where: { $0.name == "Chart.yaml" })?.source,
      let name = try? YAMLReader.readFirst(metadata)?.root["name"]?.scalar?.text,
      let folder = RepoPath(clamping: name)
    else { return nil }
    var entries: [RepoPath: ComposedArtifact.Entry] = [:]
    for file in files {
      let origin = isReadable ? try? RepoPath(file.source.path) : nil
      entries[folder.appendingClamped(file.name)] = ComposedArtifact.Entry(
        file: file.source, parts: origin.map { [$0] } ?? [], content: origin == nil ? .extracted(place) : .copied,
        copiedBy: place.location)
    }
    return try? ComposedArtifact(entries, of: repository)
  }
}
