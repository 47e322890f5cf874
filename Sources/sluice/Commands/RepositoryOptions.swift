import Analysis
import ArgumentParser
import Diagnostics
import Files
import Git
import Glibc
import Workers

/// What every command needs to know of the repository.
struct RepositoryOptions: ParsableArguments {
  @Argument(help: "The root of the repository. Default: the root of the git work tree around the current directory.")
  var path: String?

  @Option(
    name: .customLong("revision"),
    help: "Analyse this git revision, from the object database, instead of the files in the work tree.")
  var revision: String?

  @Option(
    name: .customLong("flux-version"),
    help: "Judge by this Flux minor (2.7, 2.8, 2.9), whatever the repository says: a preview of an upgrade.")
  var fluxVersion: String?

  @Option(name: .shortAndLong, help: "How many threads to use. Default: one for each processor.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  /// The threads to work on.
  var workers: Workers {
    jobs.map(Workers.init(jobs:)) ?? .allProcessors
  }

  private var gitRepository: GitRepository? { try? GitRepository.open(path ?? ".") }

  /// The directory that is analysed.
  var root: String { path ?? gitRepository?.workTree ?? "." }

  /// Reads and parses the repository.
  func workspace() throws -> Workspace {
    let repository = gitRepository
    let root = path ?? repository?.workTree ?? "."
    do {
      let tree = try tree(at: root, in: repository)
      return try Workspace.load(tree, remoteURLs: remoteURLs(of: repository, root: root), workers: workers)
    } catch let error as any PlacedError {
      throw UsageFailure(message: error.report)
    }
  }

  private func tree(at root: String, in repository: GitRepository?) throws -> any FileTree {
    guard let revision else { return try DiskTree(root: root) }
    guard let repository else {
      throw UsageFailure(message: "--revision needs a git repository, and '\(root)' is not in one")
    }
    return try repository.tree(at: repository.resolve(revision))
  }

  /// A folder inside a repository is not that repository: its remotes count only for the root.
  private func remoteURLs(of repository: GitRepository?, root: String) -> [String] {
    guard let repository, let work = Self.absolute(repository.workTree), work == Self.absolute(root) else { return [] }
    return repository.remotes.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func absolute(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
