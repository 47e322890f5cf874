import CLibGit2
import Diagnostics
import Files

/// A tree object. All calls into the object database for ``GitTree`` are in this file.
struct GitDirectory: WalkableDirectory, Sendable {
  /// As long as a link's target may be, like the longest path of the system.
  private static let maximumTargetBytes = 4096

  let handle: RepositoryHandle
  let name: ObjectName

  private struct Entry {
    var object: ObjectName
    var kind: EntryKind
  }

  func kind(of name: String, asked: RepoPath) throws(FileError) -> EntryKind? {
    try entry(name, asked: asked)?.kind
  }

  func open(_ name: String, asked: RepoPath) throws(FileError) -> GitDirectory? {
    guard let entry = try entry(name, asked: asked), entry.kind == .directory else { return nil }
    return GitDirectory(handle: handle, name: entry.object)
  }

  func target(of name: String, asked: RepoPath) throws(FileError) -> String? {
    guard let entry = try entry(name, asked: asked), entry.kind == .link else { return nil }
    let bytes = try blob(entry.object, limit: Self.maximumTargetBytes, asked: asked)
    guard let target = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw FileError(code: .system("the link's target is not UTF-8"), path: asked)
    }
    return target
  }

  /// The bytes of the file `name`; nil when there is none.
  func read(_ name: String, limit: Int, asked: RepoPath) throws(FileError) -> [UInt8]? {
    guard let entry = try entry(name, asked: asked), entry.kind == .file else { return nil }
    return try blob(entry.object, limit: limit, asked: asked)
  }

  /// The entries, by the bytes of their names. One whose name is not UTF-8 appears under its repaired name as
  /// ``EntryKind/special``: no path can lead there.
  func list(limit: Int, asked: RepoPath) throws(FileError) -> [TreeEntry] {
    let found = try unsafe withTree(asked) { tree throws(FileError) in
      let count = unsafe git_tree_entrycount(tree)
      guard count <= limit else { throw FileError(code: .tooManyEntries(limit: limit), path: asked) }
      var found: [TreeEntry] = []
      found.reserveCapacity(count)
      for index in 0..<count {
        guard let entry = unsafe git_tree_entry_byindex(tree, index), let text = unsafe git_tree_entry_name(entry)
        else {
          continue
        }
        let kind = EntryKind(mode: unsafe git_tree_entry_filemode(entry))
        if let name = unsafe String(validatingCString: text) {
          // git itself never writes such names; who does wants to lead a reader astray.
          guard ![".", "..", ""].contains(name), !name.utf8.contains(UInt8(ascii: "/")) else {
            throw FileError(code: .system("the tree holds an entry named '\(name)'"), path: asked)
          }
          found.append(TreeEntry(name: name, kind: kind))
        } else {
          found.append(TreeEntry(name: unsafe String(cString: text), kind: .special))
        }
      }
      return found
    }
    return found.sorted { $0.name.precedesByBytes($1.name) }
  }

  private func entry(_ name: String, asked: RepoPath) throws(FileError) -> Entry? {
    try unsafe withTree(asked) { tree throws(FileError) in
      guard let entry = unsafe git_tree_entry_byname(tree, name), let object = unsafe git_tree_entry_id(entry) else {
        return nil
      }
      return Entry(
        object: ObjectName(unsafe object.pointee), kind: EntryKind(mode: unsafe git_tree_entry_filemode(entry)))
    }
  }

  private func withTree<Value>(
    _ asked: RepoPath, _ body: (OpaquePointer) throws(FileError) -> Value
  ) throws(FileError) -> Value {
    try unsafe handle.use { repository throws(FileError) in
      var pointer: OpaquePointer?
      var raw = name.raw
      guard unsafe git_tree_lookup(&pointer, repository, &raw) == 0, let tree = unsafe pointer else {
        throw FileError(code: .system(Library.lastReason), path: asked)
      }
      defer { unsafe git_tree_free(tree) }
      return try unsafe body(tree)
    }
  }

  private func blob(_ object: ObjectName, limit: Int, asked: RepoPath) throws(FileError) -> [UInt8] {
    try unsafe handle.use { repository throws(FileError) in
      var database: OpaquePointer?
      guard unsafe git_repository_odb(&database, repository) == 0 else {
        throw FileError(code: .system(Library.lastReason), path: asked)
      }
      defer { unsafe git_odb_free(database) }
      var raw = object.raw
      // The size stands in the header: a file that is too large is not even unpacked.
      var size = 0
      var type = GIT_OBJECT_INVALID
      guard unsafe git_odb_read_header(&size, &type, database, &raw) == 0 else {
        throw FileError(code: .system("its content is not in this clone (\(Library.lastReason))"), path: asked)
      }
      guard size <= limit else { throw FileError(code: .tooLarge(limit: limit), path: asked) }
      var content: OpaquePointer?
      guard type == GIT_OBJECT_BLOB, unsafe git_odb_read(&content, database, &raw) == 0 else {
        throw FileError(code: .system("its content cannot be read (\(Library.lastReason))"), path: asked)
      }
      defer { unsafe git_odb_object_free(content) }
      let bytes = unsafe UnsafeRawBufferPointer(
        start: git_odb_object_data(content), count: git_odb_object_size(content))
      return unsafe Array(bytes)
    }
  }
}

extension EntryKind {
  /// From the mode of a tree's entry. A mode that git does not know counts as nothing that can be read.
  fileprivate init(mode: git_filemode_t) {
    switch mode {
    case GIT_FILEMODE_TREE: self = .directory
    case GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE: self = .file
    case GIT_FILEMODE_LINK: self = .link
    default: self = .special
    }
  }
}
