import CLibGit2
import Diagnostics
import Files

/// The files of one commit, read from the object database.
///
/// A link is a blob with its target in it; it is followed inside the commit only. A submodule is nothing that can be
/// read. Content is as committed: no line ends are converted and no filter is applied.
public struct GitTree: FileTree {
  private let root: GitDirectory
  private let limits: TreeLimits

  init(root: GitDirectory, limits: TreeLimits) {
    self.root = root
    self.limits = limits
  }

  /// What stands at `path`, itself not followed; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if path == .root { return .directory }
    return try LinkWalk(root: root, asked: path).run(followingLast: false)?.kind
  }

  /// The file at `path`; nil when nothing stands there or a link on the way leads nowhere.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    guard let place = try LinkWalk(root: root, asked: path).run(followingLast: true) else { return nil }
    switch place.kind {
    case .directory: throw FileError(code: .isDirectory, path: path)
    case .link, .special: throw FileError(code: .notRegular, path: path)
    case .file: break
    }
    return try place.directory.read(place.name, limit: limits.fileBytes, asked: path).map {
      SourceFile(path: path.string, bytes: $0)
    }
  }

  /// The entries of the directory at `path` (or that a link at `path` leads to); nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    guard let place = try LinkWalk(root: root, asked: path).run(followingLast: true) else { return nil }
    guard place.kind == .directory,
      let directory = place.name.isEmpty ? place.directory : try place.directory.open(place.name, asked: path)
    else { return nil }
    return try directory.list(limit: limits.directoryEntries, asked: path)
  }
}
