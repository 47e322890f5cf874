import Diagnostics
import Files
import Foundation
import Glibc
import Testing

/// A directory of its own for one test, removed with its content at the end.
final class ScratchDirectory {
  let path: String

  init() throws {
    var template = Array("/tmp/sluice-files-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  func directory(_ name: String) { mkdir("\(path)/\(name)", 0o755) }
  func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }
  func pipe(_ name: String) { mkfifo("\(path)/\(name)", 0o644) }

  func file(_ name: String, _ text: String = "") throws {
    let handle = try #require(fopen("\(path)/\(name)", "w"))
    fputs(text, handle)
    fclose(handle)
  }

  func tree(_ limits: TreeLimits = .init()) throws -> DiskTree {
    try DiskTree(root: "\(path)/root", limits: limits)
  }
}

extension SourceFile {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}

@Suite struct DiskTreeTests {
  /// A repository beside a secret that no link may reach.
  private func world() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.file("secret", "secret")
    scratch.directory("root")
    scratch.directory("root/apps")
    scratch.directory("root/base")
    try scratch.file("root/base/web.yaml", "kind: Service")
    return scratch
  }

  @Test func readsWhatIsThere() throws {
    let scratch = try world()
    let tree = try scratch.tree()
    #expect(try tree.file(at: RepoPath("base/web.yaml"))?.text == "kind: Service")
    #expect(try tree.file(at: RepoPath("base/web.yaml"))?.path == "base/web.yaml")
    #expect(try tree.kind(of: RepoPath("base")) == .directory)
    #expect(try tree.kind(of: .root) == .directory)
    #expect(
      try tree.entries(of: .root) == [.init(name: "apps", kind: .directory), .init(name: "base", kind: .directory)])
    for missing in [
      "nothing", "base/nothing", "base/web.yaml/below", "nothing/below", String(repeating: "x", count: 300),
    ] {
      #expect(try tree.kind(of: RepoPath(missing)) == nil, "\(missing)")
      #expect(try tree.file(at: RepoPath(missing)) == nil, "\(missing)")
      #expect(try tree.entries(of: RepoPath(missing)) == nil, "\(missing)")
    }
    #expect(throws: FileError(code: .isDirectory, path: try RepoPath("base"))) { try tree.file(at: RepoPath("base")) }
  }

  @Test(arguments: [
    ("to a file", "web.yaml", "../base/web.yaml"),
    ("through itself and back", "web.yaml", "../apps/../base/./web.yaml"),
    ("out and in again by name", "web.yaml", "./../base//web.yaml"),
  ]) func followsLinksInside(_ title: String, _ name: String, _ target: String) throws {
    let scratch = try world()
    scratch.link("root/apps/\(name)", to: target)
    let tree = try scratch.tree()
    let path = try RepoPath("apps/\(name)")
    #expect(try tree.kind(of: path) == .link)
    #expect(try tree.file(at: path)?.text == "kind: Service", "\(title)")
  }

  @Test func followsLinksAmongDirectories() throws {
    let scratch = try world()
    scratch.link("root/apps/base", to: "../base")
    scratch.link("root/again", to: "apps/base")
    let tree = try scratch.tree()
    #expect(try tree.kind(of: RepoPath("again/web.yaml")) == .file)
    #expect(try tree.file(at: RepoPath("again/web.yaml"))?.path == "again/web.yaml")
    #expect(try tree.entries(of: RepoPath("again")) == [.init(name: "web.yaml", kind: .file)])
  }

  @Test(arguments: [
    "../../secret", "/etc/passwd", "../..", "../../root/base/web.yaml", "../base/../../secret", "/",
  ]) func refusesLinksOutOfTheRoot(_ target: String) throws {
    let scratch = try world()
    scratch.link("root/apps/out", to: target)
    let tree = try scratch.tree()
    let path = try RepoPath("apps/out")
    let refusal = FileError(code: .linkLeavesRoot(target: target), path: path)
    #expect(throws: refusal) { try tree.file(at: path) }
    #expect(throws: refusal) { try tree.entries(of: path) }
    #expect(throws: FileError(code: .linkLeavesRoot(target: target), path: path.child("below"))) {
      try tree.file(at: path.child("below"))
    }
    #expect(try tree.kind(of: path) == .link)
  }

  @Test func refusesToLeaveThroughTwoLinks() throws {
    let scratch = try world()
    scratch.link("root/apps/up", to: "..")
    scratch.link("root/apps/out", to: "up/../secret")
    #expect(throws: FileError(code: .linkLeavesRoot(target: ".."), path: try RepoPath("apps/out"))) {
      // The last target walked is that of `up`, from where one more `..` leaves.
      try scratch.tree().file(at: RepoPath("apps/out"))
    }
  }

  @Test func detectsLoops() throws {
    let scratch = try world()
    scratch.link("root/a", to: "b")
    scratch.link("root/b", to: "a")
    scratch.link("root/self", to: "self/deeper")
    let tree = try scratch.tree()
    for name in ["a", "self", "a/below"] {
      #expect(throws: FileError(code: .linkLoop, path: try RepoPath(name))) { try tree.file(at: RepoPath(name)) }
    }
  }

  @Test func danglingLinksLeadNowhere() throws {
    let scratch = try world()
    scratch.link("root/gone", to: "base/gone")
    #expect(try scratch.tree().file(at: RepoPath("gone")) == nil)
  }

  @Test(.timeLimit(.minutes(1))) func neverOpensPipes() throws {
    let scratch = try world()
    scratch.pipe("root/pipe")
    let tree = try scratch.tree()
    #expect(try tree.kind(of: RepoPath("pipe")) == .special)
    #expect(throws: FileError(code: .notRegular, path: try RepoPath("pipe"))) { try tree.file(at: RepoPath("pipe")) }
  }

  @Test func keepsToItsLimits() throws {
    let scratch = try world()
    let tree = try scratch.tree(.init(fileBytes: 12, directoryEntries: 1))
    #expect(throws: FileError(code: .tooLarge(limit: 12), path: try RepoPath("base/web.yaml"))) {
      try tree.file(at: RepoPath("base/web.yaml"))
    }
    #expect(throws: FileError(code: .tooManyEntries(limit: 1), path: .root)) { try tree.entries(of: .root) }
    #expect(try scratch.tree(.init(fileBytes: 13)).file(at: RepoPath("base/web.yaml"))?.bytes.count == 13)
  }

  @Test func showsNamesThatAreNotUTF8AsUnreadable() throws {
    let scratch = try world()
    let name: [UInt8] = Array("\(scratch.path)/root/base/".utf8) + [0x61, 0xFF, 0]
    close(
      name.withUnsafeBufferPointer {
        creat(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self), 0o644)
      })
    let tree = try scratch.tree()
    let base = try RepoPath("base")
    #expect(try tree.entries(of: base)?.first == TreeEntry(name: "a\u{FFFD}", kind: .special))
    let walk = try TreeWalk(tree)
    #expect(walk.files == [base.child("web.yaml")])
    #expect(walk.problems.map(\.path) == [base.child("a\u{FFFD}")])
  }

  @Test func readsManyFilesAsIfOneByOne() throws {
    let scratch = try world()
    try scratch.file("root/base/db.yaml", "kind: Pod")
    try scratch.file("root/apps/app.yaml", "kind: Job")
    scratch.link("root/base/link.yaml", to: "../apps/app.yaml")
    scratch.link("root/base/out.yaml", to: "../../secret")
    scratch.link("root/other", to: "base")
    scratch.pipe("root/base/pipe.yaml")
    let tree = try scratch.tree(TreeLimits(fileBytes: 13))
    try scratch.file("root/base/long.yaml", "kind: Deployment")
    let paths = try [
      "apps/app.yaml", "base", "base/db.yaml", "base/gone.yaml", "base/link.yaml", "base/long.yaml", "base/out.yaml",
      "base/pipe.yaml", "base/web.yaml", "nothing/web.yaml", "other/web.yaml", "web.yaml",
    ].map { try RepoPath($0) }
    let found = tree.files(at: paths).map { $0.map { $0?.text } }
    let wanted = paths.map { path in
      Result { () throws(FileError) in try tree.file(at: path)?.text }
    }
    #expect(found == wanted)
    let texts = found.compactMap { try? $0.get() }
    #expect(texts == ["kind: Job", "kind: Pod", "kind: Job", "kind: Service", "kind: Service"])
  }

  @Test func refusesPathsThatAreTooDeep() throws {
    let scratch = try world()
    var path = "root"
    for _ in 0..<140 {
      path += "/d"
      scratch.directory(path)
    }
    let tree = try scratch.tree()
    let deep = try RepoPath(String(path.dropFirst("root/".count)))
    #expect(throws: FileError(code: .system("nested too deeply"), path: deep)) { try tree.file(at: deep) }
    #expect(try TreeWalk(tree).problems.count == 1)
  }

  @Test func saysWhyItCannotRead() throws {
    #expect(throws: FileError.self) { try DiskTree(root: "/nonexistent/sluice") }
    guard geteuid() != 0 else { return }  // root may read everything
    let scratch = try world()
    chmod("\(scratch.path)/root/base/web.yaml", 0)
    let path = try RepoPath("base/web.yaml")
    #expect(throws: FileError(code: .system("permission denied"), path: path)) { try scratch.tree().file(at: path) }
  }
}
