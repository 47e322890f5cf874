import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// Finds root Kustomizations where neither `flux bootstrap` nor a FluxInstance has left a trace.
struct RootSearch {
  let tree: any FileTree
  let documents: [FluxDocument]
  let inclusions: Inclusions

  /// What shows that a Kustomization is a root.
  enum Kind {
    /// What it builds takes in the Kustomization itself, or the patch that says which folder it builds.
    case themselves
    /// Its file lies in the folder that it builds, and nothing takes the file in: somebody applies it by hand.
    case theirFolders
  }

  /// A Kustomization with the directory that it builds, and the folders that take in its file.
  private struct Candidate {
    var document: FluxDocument
    var path: RepoPath
    var folders: [RepoPath]
  }

  func seeds(of kind: Kind) -> [ClusterSeed] {
    var found = candidates.filter { candidate in
      switch kind {
      case .themselves: candidate.folders.contains(candidate.path)
      case .theirFolders: candidate.folders.isEmpty && candidate.document.path.isInside(candidate.path)
      }
    }
    let paths = Set(found.map(\.path))
    switch kind {
    case .themselves:
      // What another root takes in is a part of that.
      found.removeAll { candidate in candidate.folders.contains { $0 != candidate.path && paths.contains($0) } }
    case .theirFolders:
      let topmost = Set(paths.sorted().topmost)
      found.removeAll { !topmost.contains($0.path) }
    }
    return found.map(seed)
  }

  private var candidates: [Candidate] {
    documents.compactMap { document in
      guard document.type.group == FluxGroups.kustomize, document.type.kind == "Kustomization",
        !document.path.isHidden, let path = document.pathText.flatMap({ try? RepoPath($0) }), path != .root,
        (try? tree.isDirectory(path)) == true
      else { return nil }
      return Candidate(document: document, path: path, folders: inclusions.folders(takingIn: document.path))
    }
  }

  private func seed(_ candidate: Candidate) -> ClusterSeed {
    let written = candidate.document.manifest
    // A patch need not say where the files come from: the Kustomization that it patches does.
    let source =
      candidate.document.sourceID
      ?? documents.first { $0.manifest.id == written.id && $0.sourceID != nil }?.sourceID
    var roots = RootObjects(path: candidate.path, origin: written.origin, id: written.id)
    if let source { roots.sourceID = source }
    let defined = documents.first { $0.manifest.id == roots.sourceID }?.manifest
    let root = candidate.document.sourceID == nil ? Manifest(roots.kustomization) : written
    let objects = [defined ?? Manifest(roots.source), root].compactMap { $0 }
    let assumed = defined == nil ? [roots.sourceID] : []
    let point = EntryPoint(kind: .bootstrap, path: candidate.path, location: written.origin.location)
    return ClusterSeed(
      name: "", entryPoint: point, objects: objects, ownSources: [roots.sourceID], assumed: Set(assumed))
  }
}
