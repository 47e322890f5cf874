import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// Finds the clusters of a repository, as a rule without any configuration.
///
/// In this order, each root directory counting once: entries of the configuration; what `flux bootstrap` leaves;
/// FluxInstances; folders of Flux objects that nothing else reconciles.
struct ClusterDiscovery {
  private let tree: any FileTree
  private let documents: [FluxDocument]
  private var seeds: [ClusterSeed] = []

  static func seeds(
    in tree: any FileTree, documents: [FluxDocument], configured: [ConfiguredEntry]
  ) -> [ClusterSeed] {
    var discovery = ClusterDiscovery(tree: tree, documents: documents)
    for entry in configured { discovery.addConfigured(entry) }
    if configured.isEmpty {
      discovery.addBootstraps()
      discovery.addInstances()
      discovery.addFolders()
    }
    return discovery.named()
  }

  private init(tree: any FileTree, documents: [FluxDocument]) {
    self.tree = tree
    self.documents = documents
  }

  private func directory(_ text: String?) -> RepoPath? {
    guard let path = try? RepoPath(text ?? "."), (try? tree.isDirectory(path)) == true else { return nil }
    return path
  }

  private func isKnown(_ path: RepoPath) -> Bool {
    seeds.contains { $0.entryPoint.path == path }
  }

  private mutating func addConfigured(_ entry: ConfiguredEntry) {
    let bootstrap = bootstraps.first { $0.path == entry.path }
    let point = EntryPoint(kind: .configured, path: entry.path, location: entry.origin.location)
    if let bootstrap {
      seeds.append(
        ClusterSeed(
          name: entry.cluster, entryPoint: point, objects: bootstrap.objects, ownSources: [bootstrap.objects[0].id]))
    } else {
      seeds.append(folderSeed(name: entry.cluster, point: point, origin: entry.origin))
    }
  }

  // MARK: what `flux bootstrap` leaves

  private struct Bootstrap {
    var path: RepoPath
    var objects: [Manifest]
  }

  /// A source and a Kustomization that stand in one file, where the Kustomization reads the source and reconciles the
  /// folder that file is in: the repository manages itself from there.
  private var bootstraps: [Bootstrap] {
    documents.compactMap { document in
      guard document.type.group == FluxGroups.kustomize, document.type.kind == "Kustomization" else { return nil }
      let spec = document.manifest.node["spec"]
      guard let path = directory(spec?["path"]?.scalar?.text), document.path.isInside(path) else { return nil }
      // Any pair would do for a Kustomization of the whole repository; only bootstrap's own file says that it is meant.
      guard path != .root || document.path.name == "gotk-sync.yaml" else { return nil }
      let source = documents.first { candidate in
        candidate.path == document.path && candidate.type.group == FluxGroups.source
          && candidate.type.kind == spec?[path: "sourceRef", "kind"]?.scalar?.text
          && candidate.manifest.name == spec?[path: "sourceRef", "name"]?.scalar?.text
      }
      return source.map { Bootstrap(path: path, objects: [$0.manifest, document.manifest]) }
    }
  }

  private mutating func addBootstraps() {
    for bootstrap in bootstraps where !isKnown(bootstrap.path) {
      let root = bootstrap.objects[1]
      let point = EntryPoint(kind: .bootstrap, path: bootstrap.path, location: root.origin.location)
      seeds.append(
        ClusterSeed(name: "", entryPoint: point, objects: bootstrap.objects, ownSources: [bootstrap.objects[0].id]))
    }
  }

  // MARK: FluxInstances

  private mutating func addInstances() {
    for document in documents {
      guard let sync = Instance(document.manifest).flatMap(InstanceSync.init),
        let path = directory(sync.sync["path"]?.scalar?.text), !isKnown(path)
      else { continue }
      let objects = sync.objects
      guard let source = objects.first else { continue }
      let point = EntryPoint(kind: .fluxInstance, path: path, location: sync.sync.origin.location)
      seeds.append(ClusterSeed(name: "", entryPoint: point, objects: objects, ownSources: [source.id]))
    }
  }

  // MARK: folders

  /// `clusters/<name>` beside the clusters that are known, or in the topmost folder of that name. Without any cluster,
  /// every topmost folder with Flux Kustomizations in it. Hidden folders do not count.
  private mutating func addFolders() {
    let reconciled = documents.compactMap { document -> RepoPath? in
      document.type.group == FluxGroups.kustomize
        ? directory(document.manifest.node[path: "spec", "path"]?.scalar?.text) : nil
    }
    let folders = documents.filter { $0.type.group == FluxGroups.kustomize }.compactMap(\.path.parent)
    let free = Set(folders).sorted().filter { folder in
      !folder.isHidden && !reconciled.contains { $0 != .root && folder.isInside($0) }
        && !seeds.contains { folder.isInside($0.entryPoint.path) || $0.entryPoint.path.isInside(folder) }
    }
    let known = Set(seeds.compactMap(\.entryPoint.path.clusterFolder?.parent))
    let clusters = Set(free.compactMap(\.clusterFolder)).filter { folder in
      folder.parent.map { known.contains($0) || seeds.isEmpty } ?? false
    }
    let roots = clusters.isEmpty && seeds.isEmpty ? free.topmost : clusters.sorted().topmost
    for root in roots {
      guard let first = documents.first(where: { $0.path.isInside(root) }) else { continue }
      let point = EntryPoint(kind: .folder, path: root, location: first.manifest.origin.location)
      seeds.append(folderSeed(name: "", point: point, origin: first.manifest.origin))
    }
  }

  /// A cluster whose source is not in the repository: the source that most of its Kustomizations read, and nothing
  /// defines, is taken to be it.
  private func folderSeed(name: String, point: EntryPoint, origin: Origin) -> ClusterSeed {
    let defined = Set(documents.map(\.manifest.id))
    let read = documents.filter { $0.type.group == FluxGroups.kustomize && $0.path.isInside(point.path) }
      .compactMap(\.sourceID).filter { !defined.contains($0) && $0.kind != "ExternalArtifact" }
    let counts = Dictionary(read.map { ($0, 1) }, uniquingKeysWith: +)
    let own = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    let roots = RootObjects(path: point.path, origin: origin)
    let objects = [roots.source, roots.kustomization].compactMap(Manifest.init)
    let sources = Set([own, objects[0].id].compactMap { $0 })
    return ClusterSeed(name: name, entryPoint: point, objects: objects, ownSources: sources)
  }

  // MARK: names

  /// The seeds with a name each: the folder below `clusters`, else the last part of the path, else the whole path.
  private func named() -> [ClusterSeed] {
    var seeds = seeds.sorted { $0.entryPoint.path < $1.entryPoint.path }
    for index in seeds.indices where seeds[index].name.isEmpty {
      seeds[index].name = seeds[index].entryPoint.path.clusterName
    }
    let counts = Dictionary(seeds.map { ($0.name, 1) }, uniquingKeysWith: +)
    for index in seeds.indices where (counts[seeds[index].name] ?? 0) > 1 {
      seeds[index].name = seeds[index].entryPoint.path.description
    }
    return seeds
  }
}

extension FluxDocument {
  /// The identity of the source that a Kustomization reads.
  fileprivate var sourceID: ObjectID? {
    guard let reference = manifest.node[path: "spec", "sourceRef"], let name = reference["name"]?.scalar?.text,
      let kind = reference["kind"]?.scalar?.text
    else { return nil }
    let namespace = reference["namespace"]?.scalar?.text ?? manifest.namespace
    return ObjectID(group: FluxGroups.source, kind: kind, namespace: namespace, name: name)
  }
}

extension RepoPath {
  /// Whether a component starts with a dot.
  fileprivate var isHidden: Bool {
    components.contains { $0.hasPrefix(".") }
  }

  /// `…/clusters/<name>` when this is that folder or below it.
  fileprivate var clusterFolder: RepoPath? {
    let parts = components
    guard let index = parts.firstIndex(of: "clusters"), parts.count > index + 1 else { return nil }
    return try? RepoPath(parts.prefix(index + 2).joined(separator: "/"))
  }

  fileprivate var clusterName: String {
    if let folder = clusterFolder { return folder.name }
    return name.isEmpty ? "cluster" : name
  }
}

extension [RepoPath] {
  /// Those that are not inside another of them.
  fileprivate var topmost: [RepoPath] {
    filter { path in !contains { $0 != path && path.isInside($0) } }
  }
}
