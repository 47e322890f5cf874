import Diagnostics

/// A directory of another tree, seen as a tree of its own.
///
/// Paths count from the directory, but files keep the path by which the whole tree knows them, so that reports
/// lead to the right place. Links may lead wherever the whole tree lets them.
public struct SubTree: FileTree {
  private let whole: any FileTree
  private let directory: RepoPath

  /// The part of `whole` below `directory`.
  public init(of whole: any FileTree, at directory: RepoPath) {
    self.whole = whole
    self.directory = directory
  }

  /// What stands at `path`; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    try whole.kind(of: path.below(directory))
  }

  /// The file at `path`; nil when there is none.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    try whole.file(at: path.below(directory))
  }

  /// The entries of the directory at `path`; nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    try whole.entries(of: path.below(directory))
  }
}
