import Analysis
import Diagnostics
import Files
import Git
import Glibc
import Workers

/// The repository that a command works on.
struct RepositorySource {
  /// Its root; nil for the git work tree around the current directory.
  var path: String?
  /// How it is read.
  var reading: ReadingOptions

  /// The threads to work on.
  var workers: Workers { reading.workers }
  /// The Flux version to judge by, as it was typed.
  var fluxVersion: String? { reading.fluxVersion }

  private var gitRepository: GitRepository? { try? GitRepository.open(path ?? ".") }

  /// The directory that is analysed.
  var root: String { path ?? gitRepository?.workTree ?? "." }

  /// Reads and parses the repository.
  func workspace() throws -> Workspace {
    if let path, access(path, F_OK) != 0 { throw UsageFailure(message: "there is no directory '\(path)'") }
    let repository = gitRepository
    return try load(repository) {
      guard let revision = reading.revision else { return try DiskTree(root: root) }
      guard let repository else { throw needsGit("--revision") }
      return try tree(of: repository.resolve(revision), in: repository)
    }
  }

  /// Reads and parses what `revision` and the analysed state have in common: their merge base.
  func workspace(before revision: String) throws -> Workspace {
    guard let repository = gitRepository else { throw needsGit("--base") }
    return try load(repository) {
      let head = try repository.resolve(reading.revision ?? "HEAD")
      return try tree(of: repository.mergeBase(repository.resolve(revision), head), in: repository)
    }
  }

  private func load(_ repository: GitRepository?, _ tree: () throws -> any FileTree) throws -> Workspace {
    do {
      let urls = repository.flatMap { isRoot(of: $0) ? $0.remotes.sorted { $0.key < $1.key }.map(\.value) : nil }
      return try Workspace.load(
        try tree(), remoteURLs: urls ?? [], chartDirectories: try reading.charts.map { try DiskTree(root: $0) },
        workers: workers)
    } catch let error as any PlacedError {
      throw UsageFailure(message: error.report)
    }
  }

  /// A commit's files below the analysed directory.
  private func tree(of commit: CommitID, in repository: GitRepository) throws -> any FileTree {
    let tree = try repository.tree(at: commit)
    guard let work = Self.absolute(repository.workTree), let root = Self.absolute(root), root != work else {
      return tree
    }
    let below = try? RepoPath(String(root.dropFirst(work.hasSuffix("/") ? work.count : work.count + 1)))
    return DetachedTree(tree, below: below ?? .root)
  }

  /// A folder inside a repository is not that repository: its remotes count only for the root.
  private func isRoot(of repository: GitRepository) -> Bool {
    Self.absolute(repository.workTree).map { $0 == Self.absolute(root) } ?? false
  }

  private func needsGit(_ option: String) -> UsageFailure {
    do {
      _ = try GitRepository.open(path ?? ".")
    } catch  where !error.isAbsence {
      return UsageFailure(message: "\(option): \(error.message)")
    } catch {}
    let isBare = access("\(root)/objects", F_OK) == 0 && access("\(root)/HEAD", F_OK) == 0
    let hint = isBare ? ", but a bare one: add a work tree with `git worktree add`" : ""
    return UsageFailure(message: "\(option) needs a git work tree, and '\(root)' is not in one\(hint)")
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

extension GitError {
  /// Whether there is no repository at all.
  fileprivate var isAbsence: Bool {
    if case .notARepository = code { true } else { false }
  }
}
