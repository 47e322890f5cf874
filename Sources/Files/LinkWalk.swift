import Diagnostics

/// A directory that a ``LinkWalk`` can pass through. Names are single components; `asked` is for errors only.
package protocol WalkableDirectory {
  /// What stands under `name`, itself not followed; nil when nothing does.
  func kind(of name: String, asked: RepoPath) throws(FileError) -> EntryKind?
  /// The directory `name`; nil when there is none.
  func open(_ name: String, asked: RepoPath) throws(FileError) -> Self?
  /// The target of the link `name`; nil when it is none.
  func target(of name: String, asked: RepoPath) throws(FileError) -> String?
}

/// One walk from the root of a tree to a path, following links by hand and never out of the root.
package struct LinkWalk<Directory: WalkableDirectory> {
  /// As many links as Linux follows in one path.
  private static var maximumLinks: Int { 40 }
  /// Deeper than any repository; bounds the directories that one walk holds open.
  private static var maximumDepth: Int { 128 }

  /// Where a walk ended: `name` in `directory`; the root itself has an empty name.
  package struct Place {
    package var directory: Directory
    package var name: String
    package var kind: EntryKind
  }

  private let asked: RepoPath
  /// The directories from the root to where the walk stands: `..` in a link's target returns to the one before.
  private var stack: [Directory]
  /// The components still to go, next one last.
  private var pending: [String]
  private var linksLeft: Int
  private var lastTarget = ""

  /// A walk to `asked`.
  package init(root: Directory, asked: RepoPath) {
    self.asked = asked
    stack = [root]
    linksLeft = Self.maximumLinks
    pending = asked.components.reversed().map(String.init)
  }

  /// Walks to the end; nil when nothing stands there.
  package consuming func run(followingLast: Bool) throws(FileError) -> Place? {
    while let name = pending.popLast() {
      if name == ".." {
        // Only a link's target can hold one.
        guard stack.count > 1 else { throw error(.linkLeavesRoot(target: lastTarget)) }
        stack.removeLast()
        continue
      }
      guard let here = stack.last else { return nil }
      let isLast = pending.isEmpty
      // Most often it is a directory: then opening it tells, and there is no need to look first.
      if !isLast, let next = try here.open(name, asked: asked) {
        try enter(next)
        continue
      }
      guard let kind = try here.kind(of: name, asked: asked) else { return nil }
      if kind == .link, !isLast || followingLast {
        try follow(name, in: here)
      } else if isLast {
        return Place(directory: here, name: name, kind: kind)
      } else {
        return nil
      }
    }
    return stack.last.map { Place(directory: $0, name: "", kind: .directory) }
  }

  private mutating func enter(_ directory: Directory) throws(FileError) {
    guard stack.count < Self.maximumDepth else { throw error(.system("nested too deeply")) }
    stack.append(directory)
  }

  /// Puts the target of a link in the place of its name.
  private mutating func follow(_ name: String, in directory: Directory) throws(FileError) {
    linksLeft -= 1
    guard linksLeft > 0 else { throw error(.linkLoop) }
    guard let target = try directory.target(of: name, asked: asked) else { return pending = [name] }
    guard target.utf8.first != UInt8(ascii: "/") else { throw error(.linkLeavesRoot(target: target)) }
    let parts = target.split(separator: "/", omittingEmptySubsequences: true).filter { $0 != "." }.map(String.init)
    pending.append(contentsOf: parts.reversed())
    lastTarget = target
  }

  private func error(_ code: FileError.Code) -> FileError {
    FileError(code: code, path: asked)
  }
}
