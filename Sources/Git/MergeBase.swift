import CLibGit2

extension GitRepository {
  /// As many commits as a search for a common ancestor looks at.
  private static let maximumCommits = 2_000_000

  /// The newest commit that both `left` and `right` descend from: what a branch was cut from.
  ///
  /// Done here and not by libgit2, which in a shallow clone reads beyond the end of the history and fails even where
  /// the ancestor is there.
  /// - Throws: ``GitError`` when there is none in this clone.
  public func mergeBase(_ left: CommitID, _ right: CommitID) throws(GitError) -> CommitID {
    let isShallow = isShallow
    let found = try unsafe handle.use { repository throws(GitError) in
      var search = AncestorSearch(limit: Self.maximumCommits)
      return try search.run(left, right) { id throws(GitError) in
        try unsafe Self.read(id, in: repository, isShallow: isShallow)
      }
    }
    guard let found else { throw GitError(.noMergeBase(left, right, isShallow: isShallow)) }
    return found
  }

  /// Nil for a commit beyond the end of a shallow clone's history.
  private static func read(
    _ id: CommitID, in repository: OpaquePointer, isShallow: Bool
  ) throws(GitError) -> AncestorSearch.Commit? {
    var pointer: OpaquePointer?
    var raw = id.object.raw
    let status = unsafe git_commit_lookup(&pointer, repository, &raw)
    if status == GIT_ENOTFOUND.rawValue, isShallow { return nil }
    guard status == 0, let commit = unsafe pointer else { throw Library.fail() }
    defer { unsafe git_commit_free(commit) }
    let parents = unsafe (0..<git_commit_parentcount(commit)).compactMap { index in
      unsafe git_commit_parent_id(commit, index).map { CommitID(ObjectName(unsafe $0.pointee)) }
    }
    return .init(id: id, time: unsafe git_commit_time(commit), parents: parents)
  }
}
