import Diagnostics

/// All files below a directory of a tree. Links are listed, never followed; `.git` is skipped.
public struct TreeWalk: Sendable {
  /// As many entries as a walk looks at: more than any repository written by people has.
  public static let maximumEntries = 1_000_000
  /// As deep as a walk goes.
  public static let maximumDepth = 120

  /// The files, by the bytes of their paths.
  public private(set) var files: [RepoPath] = []
  /// The symbolic links, by the bytes of their paths.
  public private(set) var links: [RepoPath] = []
  /// The directories, by the bytes of their paths, without the one the walk began at.
  public private(set) var directories: [RepoPath] = []
  /// What could not be looked into, such as a directory without permission or a name that is not UTF-8.
  public private(set) var problems: [FileError] = []

  /// Walks through `tree` from `directory` down. Where that does not exist, nothing is found.
  /// - Throws: ``FileError`` when there are too many entries, or `directory` itself cannot be read.
  public init(
    _ tree: any FileTree, below directory: RepoPath = .root, maximumEntries: Int = TreeWalk.maximumEntries
  ) throws(FileError) {
    try self.init(tree, below: directory, maximumEntries: maximumEntries) { _, _ in }
  }

  /// Walks through `tree`, and hands on what each directory holds.
  init(
    _ tree: any FileTree, below directory: RepoPath = .root, maximumEntries: Int = TreeWalk.maximumEntries,
    listing: (RepoPath, [TreeEntry]) -> Void
  ) throws(FileError) {
    var entriesLeft = maximumEntries
    // A list of work instead of recursion: the depth of a tree is its author's choice.
    var pending = [(path: directory, depth: 0)]
    while let (path, depth) = pending.popLast() {
      guard let entries = try entries(of: path, in: tree, isStart: depth == 0) else { continue }
      listing(path, entries)
      for entry in entries where entry.name != ".git" {
        entriesLeft -= 1
        guard entriesLeft >= 0 else {
          throw FileError(code: .tooManyEntries(limit: maximumEntries), path: directory)
        }
        let child = path.child(entry.name)
        note(entry, at: child)
        guard entry.kind == .directory else { continue }
        if depth + 1 < Self.maximumDepth {
          pending.append((child, depth + 1))
        } else {
          problems.append(FileError(code: .system("nested too deeply"), path: child))
        }
      }
    }
    files.sort(by: Self.byBytes)
    links.sort(by: Self.byBytes)
    directories.sort(by: Self.byBytes)
    problems.sort { Self.byBytes($0.path, $1.path) }
  }

  private mutating func entries(
    of path: RepoPath, in tree: any FileTree, isStart: Bool
  ) throws(FileError) -> [TreeEntry]? {
    do throws(FileError) {
      return try tree.entries(of: path)
    } catch {
      if isStart { throw error }
      problems.append(error)
      return nil
    }
  }

  private mutating func note(_ entry: TreeEntry, at path: RepoPath) {
    switch entry.kind {
    case .file: files.append(path)
    case .link: links.append(path)
    case .directory: directories.append(path)
    case .special:
      if entry.name.unicodeScalars.contains("\u{FFFD}") {
        problems.append(FileError(code: .system("its name is not UTF-8"), path: path))
      }
    }
  }

  private static func byBytes(_ left: RepoPath, _ right: RepoPath) -> Bool {
    left.string.precedesByBytes(right.string)
  }
}
