import Diagnostics

/// A tree without what is left out of an artifact.
///
/// source-controller archives regular files and directories only: symbolic links and everything below them are
/// absent, even where they lead to a file that is there. It judges every file by itself, so that a file brought back
/// by a negation is there although its directory is excluded.
public struct IgnoringTree: FileTree {
  private let whole: any FileTree
  private let ignore: SourceIgnore
  /// Excluded directories that hold a file brought back by a negation.
  private let revived: Set<RepoPath>

  /// `whole` without what `ignore` excludes.
  /// - Throws: ``FileError`` when the tree cannot be walked.
  public init(_ whole: any FileTree, without ignore: SourceIgnore) throws(FileError) {
    self.whole = whole
    self.ignore = ignore
    revived = ignore.hasNegations ? try Self.revived(in: whole, ignore) : []
  }

  private static func revived(in tree: any FileTree, _ ignore: SourceIgnore) throws(FileError) -> Set<RepoPath> {
    let walk = try TreeWalk(tree)
    var found: Set<RepoPath> = []
    let kept =
      walk.files.filter { !ignore.excludes($0, isDirectory: false) }
      + walk.directories.filter { !ignore.excludes($0, isDirectory: true) }
    for path in kept {
      var next = path.parent
      while let here = next, here != .root, !found.contains(here) {
        if ignore.excludes(here, isDirectory: true) { found.insert(here) }
        next = here.parent
      }
    }
    return found
  }

  /// A file or a directory of the artifact; nil for anything else.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if path == .root { return .directory }
    guard try !isBelowLink(path), let kind = try whole.kind(of: path), isKept(path, kind) else { return nil }
    return kind
  }

  /// The file at `path`; nil when the artifact has none there.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    switch try kind(of: path) {
    case .file: try whole.file(at: path)
    case .directory: throw FileError(code: .isDirectory, path: path)
    case .link, .special, nil: nil
    }
  }

  /// What the artifact has in the directory at `path`; nil when it has no such directory.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    guard try kind(of: path) == .directory else { return nil }
    return try whole.entries(of: path)?.filter { isKept(path.child($0.name), $0.kind) }
  }

  /// The pattern that excludes `path` or the directory that holds it; nil where none does.
  public func exclusion(of path: RepoPath) throws(FileError) -> IgnorePattern? {
    let isDirectory = try whole.kind(of: path) == .directory
    guard let pattern = ignore.decision(for: path, isDirectory: isDirectory), !pattern.isNegation else { return nil }
    return pattern
  }

  private func isKept(_ path: RepoPath, _ kind: EntryKind) -> Bool {
    switch kind {
    case .file: !ignore.excludes(path, isDirectory: false)
    case .directory: !ignore.excludes(path, isDirectory: true) || revived.contains(path)
    case .link, .special: false
    }
  }

  private func isBelowLink(_ path: RepoPath) throws(FileError) -> Bool {
    var next = path.parent
    while let here = next, here != .root {
      if try whole.kind(of: here) == .link { return true }
      next = here.parent
    }
    return false
  }
}
