import Diagnostics

/// A tree without what is left out of an artifact.
///
/// source-controller archives regular files and directories only: symbolic links and everything below them are
/// absent, even where they lead to a file that is there. It judges every file by itself, so that a file brought back
/// by a negation is there although its directory is excluded. What is there is settled once: builds ask often.
public struct IgnoringTree: FileTree {
  private let whole: any FileTree
  private let ignore: SourceIgnore
  private let kinds: [RepoPath: EntryKind]
  private let listings: [RepoPath: [TreeEntry]]
  /// Directories whose content is not known, and why.
  private let problems: [RepoPath: FileError]

  /// `whole` without what `ignore` excludes.
  /// - Throws: ``FileError`` when the tree cannot be walked.
  public init(_ whole: any FileTree, without ignore: SourceIgnore) throws(FileError) {
    self.init(whole, walked: try TreeWalk(whole), without: ignore)
  }

  /// The artifact of a GitRepository or an OCIRepository whose files are those of `whole`.
  /// - Parameters:
  ///   - prefixes: what the paths of all files start with (`sparseCheckout`); empty for any.
  ///   - absent: directories that are not fetched, such as submodules.
  /// - Throws: ``FileError`` when the tree cannot be read.
  public init(
    repository whole: any FileTree, specIgnore: SourceIgnore.Text? = nil, prefixes: [String] = [],
    absent: [RepoPath] = []
  ) throws(FileError) {
    let walk = try TreeWalk(whole)
    let ignore = try SourceIgnore.repository(whole, walked: walk, specIgnore: specIgnore, prefixes: prefixes)
    self.init(whole, walked: walk, without: ignore, prefixes: prefixes, absent: absent)
  }

  /// The artifact of a Bucket whose objects are the files of `whole`.
  /// - Parameter prefixes: what the keys of all objects start with (`prefix`); empty for any.
  /// - Throws: ``FileError`` when the tree cannot be read.
  public init(
    bucket whole: any FileTree, specIgnore: SourceIgnore.Text? = nil, prefixes: [String] = []
  ) throws(FileError) {
    let ignore = try SourceIgnore.bucket(whole, specIgnore: specIgnore)
    self.init(whole, walked: try TreeWalk(whole), without: ignore, prefixes: prefixes)
  }

  private init(
    _ whole: any FileTree, walked walk: TreeWalk, without ignore: SourceIgnore, prefixes: [String] = [],
    absent: [RepoPath] = []
  ) {
    self.whole = whole
    self.ignore = ignore
    var kept = KeptEntries()
    // A directory stands in the list before what is below it.
    // With prefixes, only directories that lead to files are there.
    func isAbsent(_ path: RepoPath) -> Bool { absent.contains(where: path.isInside) }
    for path in walk.directories
    where prefixes.isEmpty && !ignore.excludes(path, isDirectory: true) && !isAbsent(path) {
      kept.add(path, .directory)
    }
    for path in walk.files where !ignore.excludes(path, isDirectory: false) && !isAbsent(path) {
      if prefixes.isEmpty || prefixes.contains(where: path.string.hasPrefix) { kept.add(path, .file) }
    }
    kinds = kept.kinds
    listings = kept.listings.mapValues { entries in
      entries.sorted { $0.name.precedesByBytes($1.name) }
    }
    problems = Dictionary(walk.problems.map { ($0.path, $0) }) { first, _ in first }
  }

  /// A file or a directory of the artifact; nil for anything else.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if let kind = kinds[path] { return kind }
    if !problems.isEmpty { try checkAbove(path) }
    return nil
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
    if let entries = listings[path] { return entries }
    if let problem = problems[path], kinds[path] != nil { throw problem }
    return try kind(of: path) == .directory ? [] : nil
  }

  /// The pattern that excludes `path` or the directory that holds it; nil where none does.
  public func exclusion(of path: RepoPath) throws(FileError) -> IgnorePattern? {
    let isDirectory = try whole.kind(of: path) == .directory
    guard let pattern = ignore.decision(for: path, isDirectory: isDirectory), !pattern.isNegation else { return nil }
    return pattern
  }

  /// What stands below a directory that cannot be looked into is not known to be absent.
  private func checkAbove(_ path: RepoPath) throws(FileError) {
    var next = path.parent
    while let here = next {
      if let problem = problems[here], kinds[here] != nil { throw problem }
      next = here.parent
    }
  }
}

/// What is in an artifact, each entry with the directories that lead to it.
private struct KeptEntries {
  var kinds: [RepoPath: EntryKind] = [.root: .directory]
  var listings: [RepoPath: [TreeEntry]] = [:]

  mutating func add(_ path: RepoPath, _ kind: EntryKind) {
    guard kinds[path] == nil else { return }
    kinds[path] = kind
    // An excluded directory is there all the same when something in it is.
    if let parent = path.parent {
      add(parent, .directory)
      listings[parent, default: []].append(TreeEntry(name: path.name, kind: kind))
    }
  }
}
