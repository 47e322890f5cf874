import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// Finds the clusters of a repository, as a rule without any configuration.
///
/// In this order, each root directory counting once: entries of the configuration; what `flux bootstrap` leaves;
/// FluxInstances; Kustomizations that reconcile themselves; folders of Flux objects that nothing else reconciles;
/// Kustomizations that somebody applies by hand.
struct ClusterDiscovery {
  private let tree: any FileTree
  private let documents: [FluxDocument]
  private let inclusions: Inclusions
  private let instances: InstanceSearch
  private var seeds: [ClusterSeed] = []

  static func seeds(
    in tree: any FileTree, files: [AnalysedFile], documents: [FluxDocument], configured: [ConfiguredEntry]
  ) -> [ClusterSeed] {
    var discovery = ClusterDiscovery(tree: tree, files: files, documents: documents)
    for entry in configured { discovery.addConfigured(entry) }
    if configured.isEmpty {
      discovery.addBootstraps()
      discovery.addInstances()
      if discovery.seeds.isEmpty { discovery.addRoots(of: .themselves) }
      discovery.addFolders()
      if discovery.seeds.isEmpty { discovery.addRoots(of: .theirFolders) }
    }
    return discovery.named()
  }

  private init(tree: any FileTree, files: [AnalysedFile], documents: [FluxDocument]) {
    self.tree = tree
    self.documents = documents
    inclusions = Inclusions(files)
    instances = InstanceSearch(tree: tree, files: files, documents: documents, inclusions: inclusions)
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
          name: entry.cluster, entryPoint: point, objects: bootstrap.objects, ownSources: [bootstrap.objects[0].id],
          root: bootstrap.root))
    } else {
      seeds.append(folderSeed(name: entry.cluster, point: point, origin: entry.origin))
    }
  }

  // MARK: what `flux bootstrap` leaves

  private struct Bootstrap {
    var path: RepoPath
    var root: RepoPath
    var objects: [Manifest]
  }

  /// A source and a Kustomization that stand in one file, where the Kustomization reads the source and reconciles the
  /// folder that file is in: the repository manages itself from there.
  private var bootstraps: [Bootstrap] {
    documents.compactMap { document in
      guard document.type.group == FluxGroups.kustomize, document.type.kind == "Kustomization" else { return nil }
      let spec = document.manifest.node["spec"]
      let written = spec?["path"]?.scalar?.text
      guard let place = ArtifactRoot.around(document.path, of: written, in: tree) else { return nil }
      // Any pair would do for a Kustomization of the whole repository, or for a path that is there from some folder: a
      // source of somebody else may have it. Only bootstrap's own file says that this repository is meant.
      guard place.root == .root && place.path != .root || document.path.name == "gotk-sync.yaml" else { return nil }
      let source = documents.first { candidate in
        candidate.path == document.path && candidate.type.group == FluxGroups.source
          && candidate.type.kind == spec?[path: "sourceRef", "kind"]?.scalar?.text
          && candidate.manifest.name == spec?[path: "sourceRef", "name"]?.scalar?.text
      }
      return source.map { Bootstrap(path: place.path, root: place.root, objects: [$0.manifest, document.manifest]) }
    }
  }

  private mutating func addBootstraps() {
    for bootstrap in bootstraps where !isKnown(bootstrap.path) {
      let root = bootstrap.objects[1]
      let point = EntryPoint(kind: .bootstrap, path: bootstrap.path, location: root.origin.location)
      seeds.append(
        ClusterSeed(
          name: "", entryPoint: point, objects: bootstrap.objects, ownSources: [bootstrap.objects[0].id],
          root: bootstrap.root))
    }
  }

  // MARK: FluxInstances

  private mutating func addInstances() {
    for found in instances.found where !isKnown(found.place.path) {
      let objects = found.sync.objects
      guard let source = objects.first else { continue }
      let point = EntryPoint(kind: .fluxInstance, path: found.place.path, location: found.sync.sync.origin.location)
      seeds.append(
        ClusterSeed(name: "", entryPoint: point, objects: objects, ownSources: [source.id], root: found.place.root))
    }
  }

  // MARK: roots without bootstrap

  private mutating func addRoots(of kind: RootSearch.Kind) {
    let search = RootSearch(tree: tree, documents: documents, inclusions: inclusions)
    for seed in search.seeds(of: kind) where !isKnown(seed.entryPoint.path) { seeds.append(seed) }
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
      !folder.isHidden && !folder.isTestData && !reconciled.contains { $0 != .root && folder.isInside($0) }
        && !seeds.contains { folder.isInside($0.entryPoint.path) || $0.entryPoint.path.isInside(folder) }
    }
    let known = Set(seeds.compactMap(\.entryPoint.path.clusterFolder?.parent))
    let clusters = Set(free.compactMap(siblingFolder)).filter { folder in
      folder.parent.map { known.contains($0) || seeds.isEmpty } ?? false
        || seeds.contains { $0.entryPoint.path.parent == folder.parent }
    }
    let roots = clusters.isEmpty && seeds.isEmpty ? free.topmost : clusters.sorted().topmost
    for root in roots {
      guard let first = documents.first(where: { $0.path.isInside(root) }) else { continue }
      let point = EntryPoint(kind: .folder, path: root, location: first.manifest.origin.location)
      seeds.append(folderSeed(name: "", point: point, origin: first.manifest.origin))
    }
  }

  /// `clusters/<name>` around a folder; where that holds several clusters, the folder beside the one that is known.
  private func siblingFolder(of folder: RepoPath) -> RepoPath? {
    guard let outer = folder.clusterFolder else { return nil }
    guard let inner = seeds.first(where: { $0.entryPoint.path != outer && $0.entryPoint.path.isInside(outer) }) else {
      return outer
    }
    guard let around = inner.entryPoint.path.parent, let part = folder.relative(to: around)?.components.first else {
      return nil
    }
    return around.child(String(part))
  }

  /// A cluster whose source is not in the repository: the source that most of its Kustomizations read, and nothing
  /// defines, is taken to be it. Where all are defined, one that is defined for another cluster.
  private func folderSeed(name: String, point: EntryPoint, origin: Origin) -> ClusterSeed {
    let own = documents.filter { $0.path.isInside(point.path) }
    let kustomizations = own.filter { $0.type.group == FluxGroups.kustomize }
    let read = kustomizations.filter { $0.sourceID.map { $0.kind != "ExternalArtifact" } ?? false }
    let standard = RootObjects(path: point.path, origin: origin).sourceID
    func most(_ definers: [FluxDocument], where isMeant: (FluxDocument) -> Bool = { _ in true }) -> ObjectID? {
      let defined = Set(definers.map(\.manifest.id))
      let sources = read.filter(isMeant).compactMap(\.sourceID).filter { !defined.contains($0) }
      let counts = Dictionary(sources.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }
    var source = most(documents)
    if source == nil, !read.contains(where: { $0.sourceID == standard }) {
      source = most(own) { directory($0.pathText) != nil && $0.pathText.flatMap { try? RepoPath($0) } != .root }
    }
    let paths = kustomizations.filter { $0.sourceID == source || $0.sourceID == standard }.compactMap(\.pathText)
    let root = ArtifactRoot.of(folder: point.path, where: paths, in: tree)
    let roots = RootObjects(path: point.path.relative(to: root) ?? point.path, origin: origin)
    let objects = [roots.source, roots.kustomization].compactMap(Manifest.init)
    return ClusterSeed(
      name: name, entryPoint: point, objects: objects, ownSources: Set([source, standard].compactMap { $0 }),
      assumed: Set(objects.map(\.id)), root: root)
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
  /// `spec.path` of a Kustomization, as it is written.
  var pathText: String? { manifest.node[path: "spec", "path"]?.scalar?.text }

  /// The identity of the source that a Kustomization reads.
  var sourceID: ObjectID? {
    guard let reference = manifest.node[path: "spec", "sourceRef"], let name = reference["name"]?.scalar?.text,
      let kind = reference["kind"]?.scalar?.text
    else { return nil }
    let namespace = reference["namespace"]?.scalar?.text ?? manifest.namespace
    return ObjectID(group: FluxGroups.source, kind: kind, namespace: namespace, name: name)
  }
}

extension RepoPath {
  /// Whether the path leads through a folder of test data, whose manifests are for no cluster.
  var isTestData: Bool { components.contains { ["testdata", "fixtures"].contains($0) } }

  /// Whether a component starts with a dot.
  var isHidden: Bool {
    components.contains { $0.hasPrefix(".") }
  }

  /// `…/clusters/<name>` when this is that folder or below it.
  fileprivate var clusterFolder: RepoPath? {
    let parts = components
    guard let index = parts.firstIndex(of: "clusters"), parts.count > index + 1 else { return nil }
    return try? RepoPath(parts.prefix(index + 2).joined(separator: "/"))
  }

  /// The name below the last `clusters`: `clusters/stages/dev/clusters/eu-1` is `eu-1`.
  fileprivate var clusterName: String {
    let parts = components
    if let index = parts.lastIndex(of: "clusters"), parts.count > index + 1 { return String(parts[index + 1]) }
    return name.isEmpty ? "cluster" : name
  }
}

extension [RepoPath] {
  /// Those that are not inside another of them.
  var topmost: [RepoPath] {
    filter { path in !contains { $0 != path && path.isInside($0) } }
  }
}
