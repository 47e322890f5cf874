import Diagnostics
import Files
import Testing

@Suite struct ComposedTreeTests {
  private let base: MemoryTree
  init() throws {
    base = try MemoryTree(texts: ["apps/web/a.yaml": "a", "apps/web/b.yaml": "b", "apps/api": "file", "top.yaml": "t"])
  }

  @Test func aSubTreeCountsFromItsDirectoryAndKeepsThePathsOfTheWhole() throws {
    let tree = SubTree(of: base, at: try RepoPath("apps"))
    #expect(try tree.file(at: RepoPath("web/a.yaml"))?.path == "apps/web/a.yaml")
    #expect(try tree.entries(of: .root)?.map(\.name) == ["api", "web"])
    #expect(try tree.file(at: RepoPath("top.yaml")) == nil)
    #expect(try tree.kind(of: RepoPath("web")) == .directory)
  }

  @Test func anOverlayHidesAndMerges() throws {
    let tree = OverlayTree(
      try MemoryTree(texts: [
        "apps/web/b.yaml": "new", "apps/web/c.yaml": "c", "apps/api/x.yaml": "x", "top.yaml/y": "y",
      ]),
      over: base)
    #expect(try tree.file(at: RepoPath("apps/web/a.yaml"))?.text == "a")
    #expect(try tree.file(at: RepoPath("apps/web/b.yaml"))?.text == "new")
    #expect(try tree.entries(of: RepoPath("apps/web"))?.map(\.name) == ["a.yaml", "b.yaml", "c.yaml"])
    #expect(try tree.kind(of: RepoPath("apps/api")) == .directory, "a directory hides a file")
    #expect(try tree.kind(of: RepoPath("nothing")) == nil)
    #expect(try tree.entries(of: RepoPath("nothing")) == nil)
  }

  @Test func aFileHidesADirectory() throws {
    let tree = OverlayTree(try MemoryTree(texts: ["apps/web": "file"]), over: base)
    #expect(try tree.kind(of: RepoPath("apps/web")) == .file)
    #expect(try tree.file(at: RepoPath("apps/web/a.yaml")) == nil)
    #expect(try tree.entries(of: RepoPath("apps/web")) == nil)
  }

  @Test func aListedTreeSaysWhatTheTreeSays() throws {
    let scratch = try ScratchDirectory()
    for name in ["root", "root/base", "root/base/.git", "root/empty"] { scratch.directory(name) }
    try scratch.file("root/base/a.yaml", "a")
    try scratch.file("root/base/.git/config", "")
    scratch.link("root/link.yaml", to: "base/a.yaml")
    scratch.link("root/dir", to: "base")
    let tree = try scratch.tree()
    let listed = try ListedTree(tree)
    let paths = [
      "", "base", "base/a.yaml", "base/b.yaml", "base/.git", "base/.git/config", "link.yaml", "dir", "dir/a.yaml",
    ]
    for path in try (paths + ["empty", "base/a.yaml/x", "none/x"]).map({ try RepoPath($0) }) {
      #expect(try listed.kind(of: path) == tree.kind(of: path), "\(path)")
      #expect(try listed.entries(of: path) == tree.entries(of: path), "\(path)")
    }
    #expect(try listed.file(at: RepoPath("dir/a.yaml"))?.text == "a")
    #expect(listed.walk.files.map(\.string) == ["base/a.yaml"])
  }

  @Test func aWalkFindsFilesInOrder() throws {
    let tree = try MemoryTree(texts: ["b/x": "", "a-z/y": "", "a/z": "", ".git/config": "", "b/.git": "", "b.yaml": ""])
    #expect(try TreeWalk(tree).files.map(\.string) == ["a-z/y", "a/z", "b.yaml", "b/x"])
    #expect(try TreeWalk(tree, below: RepoPath("b")).files.map(\.string) == ["b/x"])
    #expect(try TreeWalk(tree, below: RepoPath("nothing")).files.isEmpty)
    #expect(throws: FileError(code: .tooManyEntries(limit: 5), path: .root)) { try TreeWalk(tree, maximumEntries: 5) }
  }
}
