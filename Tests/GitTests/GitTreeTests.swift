import CLibGit2
import Diagnostics
import Files
import Testing

@testable import Git

@Suite struct GitTreeTests {
  /// Lives as long as the test: a tree reads when it is asked.
  private let scratch: ScratchRepository
  init() throws {
    scratch = try ScratchRepository()
  }

  private func tree(_ files: [String: ScratchRepository.Content], _ limits: TreeLimits = .init()) throws -> GitTree {
    let commit = try scratch.commit(files)
    return try scratch.opened.tree(at: commit, limits: limits)
  }

  private let world: [String: ScratchRepository.Content] = [
    "base/web.yaml": .file("kind: Service"), "run.sh": .executable("true"), "vendor/lib": .submodule,
    "apps/link.yaml": .link("../base/web.yaml"), "apps/dir": .link("../base"),
  ]

  @Test func readsACommit() throws {
    let tree = try tree(world)
    #expect(try tree.file(at: RepoPath("base/web.yaml"))?.text == "kind: Service")
    #expect(try tree.file(at: RepoPath("run.sh"))?.text == "true")
    #expect(try tree.kind(of: RepoPath("vendor/lib")) == .special)
    #expect(try tree.kind(of: RepoPath("apps/link.yaml")) == .link)
    #expect(try tree.entries(of: .root)?.map(\.name) == ["apps", "base", "run.sh", "vendor"])
    #expect(try tree.file(at: RepoPath("nothing/at/all")) == nil)
    #expect(try tree.entries(of: RepoPath("run.sh")) == nil)
    #expect(throws: FileError(code: .isDirectory, path: try RepoPath("base"))) { try tree.file(at: RepoPath("base")) }
    #expect(throws: FileError(code: .notRegular, path: try RepoPath("vendor/lib"))) {
      try tree.file(at: RepoPath("vendor/lib"))
    }
    #expect(try TreeWalk(tree).files.map(\.string) == ["base/web.yaml", "run.sh"])
  }

  @Test func followsLinksInside() throws {
    let tree = try tree(world)
    #expect(try tree.file(at: RepoPath("apps/link.yaml"))?.path == "apps/link.yaml")
    #expect(try tree.file(at: RepoPath("apps/dir/web.yaml"))?.text == "kind: Service")
    #expect(try tree.entries(of: RepoPath("apps/dir"))?.map(\.name) == ["web.yaml"])
  }

  @Test(arguments: ["../../etc/passwd", "/etc/passwd", "../.."]) func refusesLinksOut(_ target: String) throws {
    let tree = try tree(["apps/out": .link(target)])
    let path = try RepoPath("apps/out")
    #expect(throws: FileError(code: .linkLeavesRoot(target: target), path: path)) { try tree.file(at: path) }
  }

  @Test func detectsLoops() throws {
    let tree = try tree(["a": .link("b"), "b": .link("a")])
    #expect(throws: FileError(code: .linkLoop, path: try RepoPath("a"))) { try tree.file(at: RepoPath("a")) }
  }

  @Test func keepsToItsLimits() throws {
    let tree = try tree(world, .init(fileBytes: 5, directoryEntries: 3))
    #expect(throws: FileError(code: .tooLarge(limit: 5), path: try RepoPath("base/web.yaml"))) {
      try tree.file(at: RepoPath("base/web.yaml"))
    }
    #expect(throws: FileError(code: .tooManyEntries(limit: 3), path: .root)) { try tree.entries(of: .root) }
  }

  /// `mode name NUL sha`, as tree objects are written.
  private func entry(_ mode: String, _ name: [UInt8], _ object: git_oid) -> [UInt8] {
    var object = object
    return Array("\(mode) ".utf8) + name + [0] + withUnsafeBytes(of: &object) { Array($0.prefix(20)) }
  }

  /// Each level holds the level below ten times: 27 objects that stand for 10^26 files.
  @Test(.timeLimit(.minutes(1))) func aTreeBombMeetsTheLimitOfTheWalk() throws {
    var object = try scratch.tree(raw: entry("100644", Array("a.yaml".utf8), scratch.blob([0x61])))
    for _ in 0..<26 {
      object = try scratch.tree(raw: (0..<10).flatMap { entry("40000", Array("\($0)".utf8), object) })
    }
    let tree = try scratch.opened.tree(at: scratch.commit(tree: object))
    #expect(throws: FileError(code: .tooManyEntries(limit: 1_000), path: .root)) {
      try TreeWalk(tree, maximumEntries: 1_000)
    }
  }

  @Test(arguments: ["..", ".", "a/b"]) func refusesNamesThatAreNoNames(_ name: String) throws {
    let object = try scratch.tree(raw: entry("100644", Array(name.utf8), scratch.blob([0x61])))
    let tree = try scratch.opened.tree(at: scratch.commit(tree: object))
    #expect(throws: FileError(code: .system("the tree holds an entry named '\(name)'"), path: .root)) {
      try tree.entries(of: .root)
    }
  }

  @Test func showsNamesThatAreNotUTF8AsUnreadable() throws {
    let object = try scratch.tree(raw: entry("100644", [0x61, 0xFF], scratch.blob([0x61])))
    let tree = try scratch.opened.tree(at: scratch.commit(tree: object))
    #expect(try tree.entries(of: .root) == [TreeEntry(name: "a\u{FFFD}", kind: .special)])
    #expect(try TreeWalk(tree).problems.count == 1)
  }

  @Test func manyThreadsMayRead() async throws {
    let files = Dictionary(
      uniqueKeysWithValues: (0..<50).map { ("dir/\($0).yaml", ScratchRepository.Content.file("\($0)")) })
    let tree = try tree(files)
    let read = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask { try tree.file(at: RepoPath("dir/\(number % 50).yaml"))?.text == "\(number % 50)" }
      }
      return try await group.reduce(true) { $0 && $1 }
    }
    #expect(read)
  }
}
