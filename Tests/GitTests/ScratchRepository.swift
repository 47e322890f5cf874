import CLibGit2
import Diagnostics
import Files
import Foundation
import Testing

@testable import Git

/// A repository of its own for one test, made through libgit2 and removed at the end.
final class ScratchRepository {
  enum Content {
    case file(String)
    case executable(String)
    case link(String)
    case submodule
    case bytes([UInt8])
  }

  let path: String
  private var repository: OpaquePointer?
  private var clock: Int64 = 1_700_000_000

  init() throws {
    try #require(Library.status >= 0)
    // The real path: the system's temporary directory may itself be a link.
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.resolvingSymlinksInPath().path
    var options = git_repository_init_options()
    git_repository_init_options_init(&options, UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION))
    options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue
    try "main".withCString { name in
      options.initial_head = name
      try check(git_repository_init_ext(&repository, path, &options))
    }
  }

  deinit {
    git_repository_free(repository)
    try? FileManager.default.removeItem(atPath: path)
  }

  var opened: GitRepository {
    get throws { try GitRepository.open(path) }
  }

  private func check(_ status: Int32) throws {
    try #require(status == 0, "libgit2: \(Library.lastReason)")
  }

  /// Writes into the work tree.
  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func blob(_ bytes: [UInt8]) throws -> git_oid {
    var name = git_oid()
    try check(git_blob_create_from_buffer(&name, repository, bytes, bytes.count))
    return name
  }

  /// A commit with exactly `files`; `branch` is moved to it when given.
  func commit(
    _ files: [String: Content], parents: [CommitID] = [], branch: String? = nil, time: Int64? = nil
  ) throws -> CommitID {
    var index: OpaquePointer?
    try check(git_index_new(&index))
    defer { git_index_free(index) }
    for (name, content) in files {
      let (mode, object) = try entry(content)
      try name.withCString { text in
        var entry = git_index_entry()
        entry.mode = mode.rawValue
        entry.id = object
        entry.path = text
        try check(git_index_add(index, &entry))
      }
    }
    var tree = git_oid()
    try check(git_index_write_tree_to(&tree, index, repository))
    return try commit(tree: tree, parents: parents, branch: branch, time: time)
  }

  private func entry(_ content: Content) throws -> (git_filemode_t, git_oid) {
    switch content {
    case .file(let text): (GIT_FILEMODE_BLOB, try blob(Array(text.utf8)))
    case .executable(let text): (GIT_FILEMODE_BLOB_EXECUTABLE, try blob(Array(text.utf8)))
    case .link(let target): (GIT_FILEMODE_LINK, try blob(Array(target.utf8)))
    case .bytes(let bytes): (GIT_FILEMODE_BLOB, try blob(bytes))
    case .submodule: (GIT_FILEMODE_COMMIT, try blob(Array("x".utf8)))
    }
  }

  func commit(tree: git_oid, parents: [CommitID] = [], branch: String? = nil, time: Int64? = nil) throws -> CommitID {
    clock += 60
    var signature: UnsafeMutablePointer<git_signature>?
    try check(git_signature_new(&signature, "Test", "test@example.com", time ?? clock, 0))
    defer { git_signature_free(signature) }
    let names: [git_oid] = parents.map(\.object.raw)
    var (treeName, commitName) = (tree, git_oid())
    var buffer = git_buf()
    var treeObject: OpaquePointer?
    try check(git_tree_lookup(&treeObject, repository, &treeName))
    defer { git_tree_free(treeObject) }
    var commits: [OpaquePointer?] = []
    defer { commits.forEach(git_commit_free) }
    for var name in names {
      var parent: OpaquePointer?
      try check(git_commit_lookup(&parent, repository, &name))
      commits.append(parent)
    }
    try check(
      git_commit_create_buffer(
        &buffer, repository, signature, signature, nil, "test", treeObject, commits.count, &commits))
    defer { git_buf_dispose(&buffer) }
    try write(buffer.ptr, buffer.size, GIT_OBJECT_COMMIT, &commitName)
    let id = CommitID(ObjectName(commitName))
    if let branch { try reference("refs/heads/\(branch)", to: id) }
    return id
  }

  /// A tree object made of raw bytes: what no honest program would write.
  func tree(raw bytes: [UInt8]) throws -> git_oid {
    var name = git_oid()
    try bytes.withUnsafeBytes { try write($0.baseAddress, $0.count, GIT_OBJECT_TREE, &name) }
    return name
  }

  private func write(_ data: UnsafeRawPointer?, _ size: Int, _ type: git_object_t, _ name: inout git_oid) throws {
    var database: OpaquePointer?
    try check(git_repository_odb(&database, repository))
    defer { git_odb_free(database) }
    try check(git_odb_write(&name, database, data, size, type))
  }

  func reference(_ name: String, to commit: CommitID) throws {
    var (pointer, raw): (OpaquePointer?, git_oid) = (nil, commit.object.raw)
    try check(git_reference_create(&pointer, repository, name, &raw, 1, nil))
    git_reference_free(pointer)
  }

  func remote(_ name: String, _ url: String) throws {
    var pointer: OpaquePointer?
    try check(git_remote_create(&pointer, repository, name, url))
    git_remote_free(pointer)
  }

  func detach(at commit: CommitID) throws {
    var raw = commit.object.raw
    try check(git_repository_set_head_detached(repository, &raw))
  }

  /// Makes the index that of `commit`, as after a checkout.
  func stage(_ commit: CommitID) throws {
    var (object, index, raw): (OpaquePointer?, OpaquePointer?, git_oid) = (nil, nil, commit.object.raw)
    try check(git_commit_lookup(&object, repository, &raw))
    defer { git_commit_free(object) }
    var tree: OpaquePointer?
    try check(git_commit_tree(&tree, object))
    defer { git_tree_free(tree) }
    try check(git_repository_index(&index, repository))
    defer { git_index_free(index) }
    try check(git_index_read_tree(index, tree))
    try check(git_index_write(index))
  }

  /// Takes a commit out of the object database and notes the cut, as a shallow clone does.
  func cut(_ missing: CommitID, below shallow: CommitID) throws {
    let hex = missing.description
    try FileManager.default.removeItem(atPath: "\(path)/.git/objects/\(hex.prefix(2))/\(hex.dropFirst(2))")
    try Data("\(shallow)\n".utf8).write(to: URL(fileURLWithPath: "\(path)/.git/shallow"))
  }
}

extension SourceFile {
  var text: String { String(decoding: bytes, as: UTF8.self) }
}
