import ArgumentParser
import Workers

/// What every command needs to know of the repository.
struct RepositoryOptions: ParsableArguments {
  @Argument(help: "The root of the repository. Default: the root of the git work tree around the current directory.")
  var path: String?

  @OptionGroup var reading: ReadingOptions

  /// The repository.
  var source: RepositorySource { RepositorySource(path: path, reading: reading) }
}

/// How a command reads the repository.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("revision"),
    help: "Analyse this git revision, from the object database, instead of the files in the work tree.")
  var revision: String?

  @Option(
    name: .customLong("flux-version"),
    help: "Judge by this Flux minor (2.7, 2.8, 2.9), whatever the repository says: a preview of an upgrade.")
  var fluxVersion: String?

  @Option(
    name: .long,
    help: "A folder with charts, unpacked or as .tgz, beside those of the configuration. Can be given more than once.")
  var charts: [String] = []

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: "How many threads to use. Default: one for each processor.")
  var jobs: Int?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs must be at least 1") }
  }

  /// The threads to work on.
  var workers: Workers {
    jobs.map(Workers.init(jobs:)) ?? .allProcessors
  }
}
