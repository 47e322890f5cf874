import Diagnostics

/// A tree that was walked once: what stands where is answered from memory, contents come from the tree itself.
///
/// Engines ask the same questions of the same directories again and again, and on disk each costs several system calls.
/// What a walk does not look into (links, `.git`, directories it cannot read) is asked of the tree.
public struct ListedTree: FileTree {
  /// All that the walk has found.
  public let walk: TreeWalk
  private let whole: any FileTree
  private let kinds: [RepoPath: EntryKind]
  private let listings: [RepoPath: [TreeEntry]]

  /// `tree`, walked through.
  /// - Throws: ``FileError`` when the root cannot be read or there are too many entries.
  public init(_ tree: any FileTree) throws(FileError) {
    var kinds: [RepoPath: EntryKind] = [.root: .directory]
    var listings: [RepoPath: [TreeEntry]] = [:]
    walk = try TreeWalk(tree) { directory, entries in
      for entry in entries { kinds[directory.child(entry.name)] = entry.kind }
      listings[directory] = entries
    }
    whole = tree
    self.kinds = kinds
    self.listings = listings
  }

  /// What stands at `path`; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if let kind = kinds[path] { return kind }
    if let parent = path.parent, listings[parent] != nil { return nil }
    return try whole.kind(of: path)
  }

  /// The file at `path`; nil when nothing stands there.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    try whole.file(at: path)
  }

  /// The files at `paths`.
  public func files(at paths: [RepoPath]) -> [Result<SourceFile?, FileError>] {
    whole.files(at: paths)
  }

  /// The entries of the directory at `path`; nil when there is none.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    if let entries = listings[path] { return entries }
    return try whole.entries(of: path)
  }
}
