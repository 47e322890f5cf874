import CLibGit2
import Diagnostics
import Files

/// A file that differs between two states of a repository.
public struct ChangedFile: Sendable, Hashable {
  /// What happened to it.
  public enum Change: Sendable, Hashable {
    /// Only the later state has it.
    case added
    /// Both have it, with other content, mode or type.
    case modified
    /// Only the earlier state has it.
    case deleted
  }

  /// Where it stands.
  public var path: RepoPath
  /// What happened to it.
  public var change: Change

  /// A changed file.
  public init(path: RepoPath, change: Change) {
    self.path = path
    self.change = change
  }
}

extension GitRepository {
  /// As many changed files as are listed.
  private static let maximumChanges = 1_000_000

  /// What differs between two commits, by path. A moved file is a deleted and an added one.
  /// - Throws: ``GitError`` when a commit is not in this clone.
  public func changedFiles(from earlier: CommitID, to later: CommitID) throws(GitError) -> [ChangedFile] {
    try unsafe handle.use { repository throws(GitError) in
      let old = try unsafe Self.tree(of: earlier, in: repository)
      defer { unsafe git_tree_free(old) }
      let new = try unsafe Self.tree(of: later, in: repository)
      defer { unsafe git_tree_free(new) }
      return try unsafe Self.changes { diff, options in
        unsafe git_diff_tree_to_tree(&diff, repository, old, new, &options)
      }
    }
  }

  /// What differs between a commit and the files of the work tree, by path: staged or not, and untracked files too,
  /// but none that `.gitignore` names.
  /// - Throws: ``GitError`` when the commit is not in this clone.
  public func changedFiles(from earlier: CommitID) throws(GitError) -> [ChangedFile] {
    try unsafe handle.use { repository throws(GitError) in
      let old = try unsafe Self.tree(of: earlier, in: repository)
      defer { unsafe git_tree_free(old) }
      return try unsafe Self.changes { diff, options in
        unsafe options.flags |= GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
        return unsafe git_diff_tree_to_workdir_with_index(&diff, repository, old, &options)
      }
    }
  }

  private static func tree(of commit: CommitID, in repository: OpaquePointer) throws(GitError) -> OpaquePointer {
    var pointer: OpaquePointer?
    var raw = commit.object.raw
    guard unsafe git_commit_lookup(&pointer, repository, &raw) == 0 else { throw Library.fail() }
    defer { unsafe git_commit_free(pointer) }
    var tree: OpaquePointer?
    guard unsafe git_commit_tree(&tree, pointer) == 0, let found = unsafe tree else { throw Library.fail() }
    return unsafe found
  }

  private static func changes(
    _ compare: (inout OpaquePointer?, inout git_diff_options) -> Int32
  ) throws(GitError) -> [ChangedFile] {
    var options = unsafe git_diff_options()
    guard unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)) == 0 else { throw Library.fail() }
    unsafe options.flags = GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue
    unsafe options.ignore_submodules = GIT_SUBMODULE_IGNORE_ALL
    // A few objects can stand for billions of files: the comparison is ended from within.
    unsafe options.notify_cb = { diff, _, _, _ in
      unsafe git_diff_num_deltas(diff) < GitRepository.maximumChanges ? 0 : GIT_EUSER.rawValue
    }
    var pointer: OpaquePointer?
    switch unsafe compare(&pointer, &options) {
    case 0: break
    case GIT_EUSER.rawValue: throw GitError(.tooMany("changed files", limit: maximumChanges))
    default: throw Library.fail()
    }
    guard let diff = unsafe pointer else { return [] }
    defer { unsafe git_diff_free(diff) }
    let found = unsafe (0..<git_diff_num_deltas(diff)).compactMap { index in
      unsafe git_diff_get_delta(diff, index).flatMap { unsafe ChangedFile($0.pointee) }
    }
    return found.sorted { $0.path.string.precedesByBytes($1.path.string) }
  }
}

extension ChangedFile {
  /// Nil for what is no path: a name that is not UTF-8 leads to no file of a tree either.
  fileprivate init?(_ delta: git_diff_delta) {
    let isDeleted = unsafe delta.status == GIT_DELTA_DELETED
    guard let text = unsafe isDeleted ? delta.old_file.path : delta.new_file.path,
      let name = unsafe String(validatingCString: text), let path = try? RepoPath(name)
    else { return nil }
    switch unsafe delta.status {
    case GIT_DELTA_ADDED, GIT_DELTA_UNTRACKED, GIT_DELTA_COPIED: self.init(path: path, change: .added)
    case GIT_DELTA_DELETED: self.init(path: path, change: .deleted)
    case GIT_DELTA_MODIFIED, GIT_DELTA_RENAMED, GIT_DELTA_TYPECHANGE, GIT_DELTA_CONFLICTED:
      self.init(path: path, change: .modified)
    default: return nil
    }
  }
}
