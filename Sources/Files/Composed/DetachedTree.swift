import Diagnostics

/// A directory of another tree as a tree of its own: unlike in a ``SubTree``, its files are known by their paths from here.
public struct DetachedTree: FileTree {
  private let files: SubTree

  /// The tree below `directory` of `whole`.
  public init(_ whole: any FileTree, below directory: RepoPath) {
    files = SubTree(of: whole, at: directory)
  }

  /// What stands at `path`; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? { try files.kind(of: path) }

  /// The file at `path`; nil when nothing stands there.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    try files.file(at: path).map { SourceFile(path: path.string, bytes: $0.bytes) }
  }

  /// The entries of the directory at `path`; nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? { try files.entries(of: path) }
}
