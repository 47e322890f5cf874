import Diagnostics

/// One tree laid over another: what the upper one holds hides what stands at the same path in the lower one;
/// directories that both have are merged.
public struct OverlayTree: FileTree {
  private let upper: any FileTree
  private let lower: any FileTree

  /// `upper` over `lower`.
  public init(_ upper: any FileTree, over lower: any FileTree) {
    self.upper = upper
    self.lower = lower
  }

  /// What stands at `path` in the upper tree, else in the lower one; nil when nothing does.
  public func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    if let kind = try upper.kind(of: path) { return kind }
    return try isHidden(path) ? nil : lower.kind(of: path)
  }

  /// The file at `path` in the upper tree, else in the lower one; nil when there is none.
  public func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    if let file = try upper.file(at: path) { return file }
    return try isHidden(path) ? nil : lower.file(at: path)
  }

  /// The entries of both directories at `path`, the upper one's first where names meet; nil when neither is there.
  public func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    let above = try upper.entries(of: path)
    let below = try isHidden(path) ? nil : lower.entries(of: path)
    guard let above, let below else { return above ?? below }
    let names = Set(above.map(\.name))
    return (above + below.filter { !names.contains($0.name) })
      .sorted { $0.name.precedesByBytes($1.name) }
  }

  /// Whether the upper tree holds something other than a directory at `path` or above it.
  private func isHidden(_ path: RepoPath) throws(FileError) -> Bool {
    var next: RepoPath? = path
    while let here = next {
      if let kind = try upper.kind(of: here) { return kind != .directory }
      next = here.parent
    }
    return false
  }
}
