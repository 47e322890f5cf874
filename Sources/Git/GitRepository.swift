import CLibGit2
import Diagnostics
import Files
import Glibc

/// A repository with a work tree. Nothing here uses the network, runs a program or writes.
public struct GitRepository: Sendable {
  /// The directory with the checked-out files: the one that holds `.git`.
  public let workTree: String
  let handle: RepositoryHandle

  /// Opens the repository that the directory (or file) at `path` of the system belongs to.
  ///
  /// Only a directory with a `.git` in it counts. A directory that looks like a bare repository does not: anybody can
  /// commit one, with a configuration of their making. For the same reason `core.worktree` is not followed.
  /// - Throws: ``GitError`` when there is none at `path` or above it.
  public static func open(_ path: String) throws(GitError) -> GitRepository {
    guard let start = absolute(path) else { throw GitError(.notARepository(path: path)) }
    var directory = start
    while true {
      let marker = directory == "/" ? "/.git" : "\(directory)/.git"
      if unsafe access(marker, F_OK) == 0 {
        return try GitRepository(marker: marker, workTree: directory)
      }
      guard directory != "/", let slash = directory.lastIndex(of: "/") else { break }
      directory = slash == directory.startIndex ? "/" : String(directory[..<slash])
    }
    throw GitError(.notARepository(path: path))
  }

  private init(marker: String, workTree: String) throws(GitError) {
    // Only here: where there is no repository, libgit2 need not get ready, which reads the certificates of the system.
    guard Library.status >= 0 else { throw Library.fail() }
    var pointer: OpaquePointer?
    let flags = GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue | GIT_REPOSITORY_OPEN_NO_DOTGIT.rawValue
    guard unsafe git_repository_open_ext(&pointer, marker, flags, nil) == 0, let opened = unsafe pointer else {
      throw Library.fail()
    }
    let handle = unsafe RepositoryHandle(opened)
    try unsafe handle.use { repository throws(GitError) in
      guard unsafe git_repository_set_workdir(repository, workTree, 0) == 0 else { throw Library.fail() }
    }
    self.handle = handle
    self.workTree = workTree
  }

  /// The path without links, `.` and `..`; nil when nothing is there.
  private static func absolute(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  /// The branch that is checked out, also before its first commit; nil when `HEAD` is a commit itself.
  public var currentBranch: String? {
    unsafe handle.use { repository in
      var pointer: OpaquePointer?
      guard unsafe git_reference_lookup(&pointer, repository, "HEAD") == 0, let head = unsafe pointer else {
        return nil
      }
      defer { unsafe git_reference_free(head) }
      guard let target = unsafe git_reference_symbolic_target(head) else { return nil }
      let name = unsafe String(cString: target)
      let prefix = "refs/heads/"
      return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : nil
    }
  }

  /// The addresses of the remotes by their names, such as `origin`, without user and password where those are part
  /// of an `http` address.
  public var remotes: [String: String] {
    unsafe handle.use { repository in
      var names = unsafe git_strarray()
      guard unsafe git_remote_list(&names, repository) == 0 else { return [:] }
      defer { unsafe git_strarray_dispose(&names) }
      var found: [String: String] = [:]
      for index in unsafe 0..<names.count {
        guard let name = unsafe names.strings[index] else { continue }
        var pointer: OpaquePointer?
        guard unsafe git_remote_lookup(&pointer, repository, name) == 0, let remote = unsafe pointer else { continue }
        defer { unsafe git_remote_free(remote) }
        guard let url = unsafe git_remote_url(remote) else { continue }
        found[unsafe String(cString: name)] = Self.withoutCredentials(unsafe String(cString: url))
      }
      return found
    }
  }

  /// Whether this clone lacks a part of the history.
  public var isShallow: Bool {
    unsafe handle.use { unsafe git_repository_is_shallow($0) == 1 }
  }

  static func withoutCredentials(_ url: String) -> String {
    guard url.hasPrefix("http://") || url.hasPrefix("https://"), let start = url.firstRange(of: "://")?.upperBound
    else { return url }
    let end = url[start...].firstIndex(of: "/") ?? url.endIndex
    guard let at = url[start..<end].lastIndex(of: "@") else { return url }
    return String(url[..<start] + url[url.index(after: at)...])
  }

  /// The commit that `revision` names: `main`, `HEAD~1`, `origin/main`, a tag, a full or short SHA.
  /// - Throws: ``GitError`` when it names none.
  public func resolve(_ revision: String) throws(GitError) -> CommitID {
    let isShallow = isShallow
    return try unsafe handle.use { repository throws(GitError) in
      var pointer: OpaquePointer?
      switch unsafe git_revparse_single(&pointer, repository, revision) {
      case 0: break
      case GIT_EAMBIGUOUS.rawValue: throw GitError(.ambiguousRevision(revision))
      default: throw GitError(.unknownRevision(revision, isShallow: isShallow))
      }
      defer { unsafe git_object_free(pointer) }
      var commit: OpaquePointer?
      guard unsafe git_object_peel(&commit, pointer, GIT_OBJECT_COMMIT) == 0, let name = unsafe git_object_id(commit)
      else {
        throw GitError(.unknownRevision(revision, isShallow: isShallow))
      }
      defer { unsafe git_object_free(commit) }
      return CommitID(ObjectName(unsafe name.pointee))
    }
  }

  /// The files of a commit, read from the object database: nothing is checked out.
  /// - Throws: ``GitError`` when the commit is not in this clone.
  public func tree(at commit: CommitID, limits: TreeLimits = .init()) throws(GitError) -> GitTree {
    let root = try unsafe handle.use { repository throws(GitError) in
      try unsafe Self.treeName(of: commit, in: repository)
    }
    return GitTree(root: GitDirectory(handle: handle, name: root), limits: limits)
  }

  private static func treeName(of commit: CommitID, in repository: OpaquePointer) throws(GitError) -> ObjectName {
    var pointer: OpaquePointer?
    var raw = commit.object.raw
    guard unsafe git_commit_lookup(&pointer, repository, &raw) == 0 else { throw Library.fail() }
    defer { unsafe git_commit_free(pointer) }
    guard let name = unsafe git_commit_tree_id(pointer) else { throw Library.fail() }
    return ObjectName(unsafe name.pointee)
  }
}
