import Diagnostics
import Documents
import Files
import YAML

/// What a kustomization's files may be loaded from.
public enum LoadRestriction: Sendable, Hashable {
  /// From the directory of the kustomization and below: kustomize's default.
  case root
  /// From anywhere in the tree: what Flux does.
  case none
}

/// The files as one kustomization directory sees them, with the directories that led to it.
struct RootedLoader: Sendable {
  let tree: any DocumentTree
  let restriction: LoadRestriction
  /// The directory of the kustomization.
  let root: RepoPath
  /// The directories from the top of the build down to this one, this one included.
  let visited: [RepoPath]

  init(tree: any DocumentTree, restriction: LoadRestriction, root: RepoPath) {
    self.init(tree: tree, restriction: restriction, root: root, visited: [root])
  }

  private init(tree: any DocumentTree, restriction: LoadRestriction, root: RepoPath, visited: [RepoPath]) {
    self.tree = tree
    self.restriction = restriction
    self.root = root
    self.visited = visited
  }

  /// The loader of the base or component in `directory`, which `entry` names.
  func descending(to directory: RepoPath, by entry: Placed<String>) throws(KustomizeError) -> RootedLoader {
    for earlier in visited.reversed() where earlier.isInside(directory) {
      throw KustomizeError(
        .cycle, "cycle detected: '\(directory)' contains '\(earlier)', which is already being built",
        at: entry.origin.location)
    }
    guard visited.count < KustomizeBuild.depthLimit else {
      throw KustomizeError(
        .limit, "kustomizations include each other more than \(KustomizeBuild.depthLimit) levels deep",
        at: entry.origin.location)
    }
    return RootedLoader(tree: tree, restriction: restriction, root: directory, visited: visited + [directory])
  }

  /// The path that an entry names, read from this directory.
  func path(of entry: Placed<String>) throws(KustomizeError) -> RepoPath {
    guard !RemoteReference.isRemote(entry.value) else {
      let reference = RemoteReference(text: entry.value, location: entry.origin.location)
      var error = KustomizeError(
        .remote, "'\(entry.value)' is not in the repository; it would have to be fetched", at: reference.location)
      error.remoteReferences = [reference]
      throw error
    }
    do {
      return try root.appending(entry.value)
    } catch {
      throw KustomizeError(.loading, error.message, at: entry.origin.location)
    }
  }

  /// The path of a file, refused where the load restriction forbids it.
  func filePath(of entry: Placed<String>) throws(KustomizeError) -> RepoPath {
    let path = try path(of: entry)
    guard restriction == .none || path.isInside(root) else {
      throw KustomizeError(
        .loading, "file '\(path)' is not in or below '\(root)', which the load restriction demands",
        at: entry.origin.location)
    }
    return path
  }

  /// The file that an entry names.
  func file(_ entry: Placed<String>) throws(KustomizeError) -> (path: RepoPath, file: SourceFile) {
    let path = try filePath(of: entry)
    do {
      if let file = try tree.file(at: path) { return (path, file) }
    } catch {
      throw KustomizeError(.loading, error.message, at: entry.origin.location)
    }
    throw missing(path, for: entry)
  }

  /// The documents of the file that an entry names.
  func documents(_ entry: Placed<String>) throws(KustomizeError) -> (path: RepoPath, documents: [Document]) {
    let path = try filePath(of: entry)
    do {
      if let documents = try tree.documents(at: path) { return (path, documents) }
    } catch {
      let asked = RelatedLocation("asked for here", at: entry.origin.location)
      if case .file = error { throw KustomizeError(.loading, error.message, at: entry.origin.location) }
      throw KustomizeError(.loading, error.message, at: error.location, trace: error.trace + [asked])
    }
    // What has no extension was probably to be a folder.
    throw missing(path, for: entry, as: path.name.utf8.contains(UInt8(ascii: ".")) ? "file" : "file or folder")
  }

  /// Whether a directory stands at `path`; a link counts as what it leads to.
  func isDirectory(_ path: RepoPath, for entry: Placed<String>) throws(KustomizeError) -> Bool {
    do {
      switch try path == .root ? .directory : tree.kind(of: path) {
      case .directory: return true
      case .link: return try tree.entries(of: path) != nil
      default: return false
      }
    } catch {
      throw KustomizeError(.loading, error.message, at: entry.origin.location)
    }
  }

  private func missing(_ path: RepoPath, for entry: Placed<String>, as what: String = "file") -> KustomizeError {
    let kind = try? tree.kind(of: path)
    let text = kind == .directory ? "'\(path)' is a directory, not a file" : "no \(what) '\(path)'"
    return KustomizeError(.loading, text, at: entry.origin.location)
  }
}
