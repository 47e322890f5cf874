import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

extension Rule {
  static let manifestUnreferenced = Rule(
    id: "manifest-unreferenced", chapter: .rendering, severity: .info,
    title: "a file with Kubernetes objects is in no kustomization",
    why: "It looks as if it were in the cluster, and is not: somebody forgot an entry, or to delete the file.",
    remedy: "Add it to the kustomization beside it, or delete it.", tags: ["maintainability"],
    check: .repository { context, report in
      let reach = Reach(of: context.model)
      var reported: Set<RepoPath> = []
      for file in context.model.files
      where file.clusters.isEmpty && reach.isMissed(file.path) && !reach.isClaimed(file.path) {
        guard let manifest = file.documents.lazy.compactMap({ Manifest(listed: $0.root) }).first, !manifest.name.isEmpty
        else { continue }
        // A folder that nothing takes in is one finding, at its kustomization.
        if let folder = reach.unusedFolder(above: file.path) {
          guard reported.insert(folder).inserted else { continue }
          report.add(
            .folder(folder), at: reach.kustomizations[folder] ?? file.start, about: nil,
            field: folder.name, clusters: reach.clusters)
        } else {
          report.add(
            .file(file.path), at: file.start, about: manifest.reference, field: file.path.name,
            clusters: reach.clusters)
        }
      }
    })
}

/// What the Kustomizations of all clusters can reach.
private struct Reach {
  /// The folders that are built, whose builds are all known.
  private var roots: Set<RepoPath> = []
  /// The folders of bases and components that are built into others: what stands beside their kustomizations.
  private var bases: Set<RepoPath> = []
  /// Folders below which something is not known.
  private var blurred: Set<RepoPath> = []
  /// The folders of charts: what is in them is no manifest.
  private var charts: Set<RepoPath> = []
  /// Where the kustomizations start that no cluster reads, by their folders.
  private(set) var kustomizations: [RepoPath: Location] = [:]
  /// Kustomizations that are in no cluster: their files, and the folders they would build.
  private var claims: [(file: RepoPath, path: RepoPath)] = []
  /// The names of the clusters.
  let clusters: [String]

  init(of model: RepositoryModel) {
    clusters = model.clusters.map(\.name)
    let folders = Set(model.files.flatMap { $0.path.ancestors })
    for object in model.unreached {
      guard case .kustomization(let value)? = FluxObject(object.manifest),
        let path = value.path.flatMap({ try? RepoPath($0.value) }),
        let own = try? RepoPath(object.manifest.origin.file.path), !own.isInside(path)
      else { continue }
      claims.append((own, path))
    }
    for reconciliation in model.clusters.flatMap(\.reconciliations) where reconciliation.kind == .kustomization {
      // Paths in a composed artifact are its own: the folders it takes kustomizations from are what it builds.
      if case .composed = reconciliation.source, case .done = reconciliation.outcome {
        roots.formUnion(reconciliation.files.filter { $0.name == "kustomization.yaml" }.compactMap(\.parent))
      }
      // Where the source is wrong, the path means this repository.
      if case .missing = reconciliation.source, let path = reconciliation.writtenPath { blurred.insert(path) }
      guard case .local(_, let root) = reconciliation.source else { continue }
      let path = reconciliation.path ?? reconciliation.writtenPath
      guard let path else {
        blurred.insert(root)
        continue
      }
      switch reconciliation.outcome {
      case .done:
        roots.insert(path.below(root))
        bases.formUnion(reconciliation.files.filter { $0.name == "kustomization.yaml" }.compactMap(\.parent))
      // Something near the wrong path is what it means.
      case .pathMissing: blurred.insert(path.below(root).ancestors.first(where: folders.contains) ?? path.below(root))
      case .failed, .gap: blurred.insert(path.below(root))
      }
    }
    for file in model.files {
      guard let folder = file.path.parent else { continue }
      if file.path.name == "Chart.yaml" { charts.insert(folder) }
      if ["kustomization.yaml", "kustomization.yml"].contains(file.path.name), file.clusters.isEmpty {
        kustomizations[folder] = file.start
      }
    }
  }

  /// Whether a file that nobody reads is below a folder that is built, or beside the kustomization of a base. The root of the repository says too little: all
  /// kinds of files are below it.
  func isMissed(_ path: RepoPath) -> Bool {
    var isBelow = path.parent.map { $0 != .root && bases.contains($0) } ?? false
    for folder in path.ancestors {
      if charts.contains(folder) || blurred.contains(folder) { return false }
      if folder != .root, roots.contains(folder) { isBelow = true }
    }
    return isBelow
  }

  /// Whether a Kustomization would build the file that is missed itself: it is what somebody forgot.
  func isClaimed(_ path: RepoPath) -> Bool {
    claims.contains { path.isInside($0.path) && isMissed($0.file) }
  }

  /// The topmost folder around `path` with a kustomization that nobody takes in, below one that is built.
  func unusedFolder(above path: RepoPath) -> RepoPath? {
    path.ancestors.prefix { !roots.contains($0) }.last { kustomizations[$0] != nil }
  }
}

extension Manifest {
  /// The object of a document, or the first one of a `List`.
  fileprivate init?(listed root: Node) {
    guard root["kind"]?.scalar?.text == "List", let first = root["items"]?.sequence?.first else {
      self.init(root)
      return
    }
    self.init(first)
  }
}

extension AnalysedFile {
  /// The first key of the first document.
  fileprivate var start: Location {
    documents.first?.root.mapping?.entries.first?.keyOrigin.location ?? Location(file: file)
  }
}

extension Reconciliation {
  /// `spec.path`, for a Kustomization that was not built.
  fileprivate var writtenPath: RepoPath? {
    guard case .kustomization(let value)? = definition else { return nil }
    return value.path.flatMap { try? RepoPath($0.value) }
  }
}

extension Message {
  fileprivate static func file(_ path: RepoPath) -> Self {
    Message("no Kustomization takes in \(path)")
  }

  fileprivate static func folder(_ path: RepoPath) -> Self {
    Message("no Kustomization takes in the kustomization in \(path)")
  }
}
