import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// The folders of this repository that Kustomizations reconcile, or would if they could.
struct Appliers {
  /// A Kustomization with its folder.
  struct Applier {
    /// What is known of it.
    enum State {
      /// It is built; what is in its folder is known.
      case built
      /// It cannot be built, for this reason.
      case failed(String, Location)
      /// Its source is not known to be this repository.
      case elsewhere
      /// It is in no cluster itself.
      case unreached
    }

    var id: ObjectID
    var place: Location
    var state: State
  }

  private var byFolder: [RepoPath: [Applier]] = [:]

  /// Those of the clusters, and those that `documents` hold but no cluster has.
  init(_ clusters: [Cluster], unreached documents: [FluxDocument]) {
    for cluster in clusters {
      for reconciliation in cluster.reconciliations { add(reconciliation, of: cluster) }
    }
    for document in documents {
      guard document.type.group == FluxGroups.kustomize,
        let path = RepoPath(clamping: document.manifest.node[path: "spec", "path"]?.scalar?.text ?? ""), path != .root
      else { continue }
      let id = document.manifest.id
      add(Applier(id: id, place: document.manifest.origin.location, state: .unreached), at: path)
    }
  }

  /// Those that reconcile a folder, the ones that say most first.
  func appliers(of folder: RepoPath) -> [Applier] { byFolder[folder] ?? [] }

  private mutating func add(_ applier: Applier, at folder: RepoPath) {
    byFolder[folder, default: []].append(applier)
  }

  private mutating func add(_ reconciliation: Reconciliation, of cluster: Cluster) {
    guard case .kustomization(let value) = reconciliation.definition else { return }
    let written = RepoPath(clamping: value.path?.value ?? "") ?? .root
    var applier = Applier(id: reconciliation.id, place: reconciliation.location, state: .built)
    switch (reconciliation.source, reconciliation.outcome) {
    case (.local(_, let root), let outcome):
      switch outcome {
      case .done: applier.state = .built
      case .failed(let problem), .pathMissing(let problem):
        applier.state = .failed(problem.message, problem.location)
      case .gap:
        let gap = cluster.gaps.first { $0.object == value.manifest.reference }
        applier.state = .failed(gap?.message ?? "it cannot be analysed", gap?.location ?? reconciliation.location)
      }
      add(applier, at: (reconciliation.path ?? written).below(root))
    case (.external, _), (.missing, _):
      guard written != .root else { return }
      applier.state = .elsewhere
      add(applier, at: written)
    case (.none, _), (.composed, _): return
    }
  }
}
