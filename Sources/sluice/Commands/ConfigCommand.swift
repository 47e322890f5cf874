import Analysis
import ArgumentParser
import Diagnostics
import Policies

/// `sluice config`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Check the configuration.", subcommands: [Verify.self])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell what is wrong with \(Configuration.path), and what in it has no effect.",
      discussion: """
        Exit status: 0 the file holds (remarks on what has no effect do not count), 2 it does not.
        """)

    @OptionGroup var repository: RepositoryOptions

    func run() throws {
      let workspace = try repository.source.workspace()
      guard workspace.hasConfiguration else {
        Console.write(
          "no \(Configuration.path): the pack `recommended` applies; `sluice init` writes a first version\n")
        return
      }
      let analysis: Analysis
      do {
        analysis = try Analysis(
          of: workspace, options: SelectionOptions.clusters().options(fluxVersion: repository.source.fluxVersion),
          workers: repository.source.workers)
      } catch let failure as AnalysisFailure {
        throw Self.failure(failure.problems.map(\.report))
      }
      let review = ConfigurationReview(of: analysis)
      for remark in review.remarks { Console.write("warning: \(remark.report)\n") }
      guard review.problems.isEmpty else { throw Self.failure(review.problems.map(\.report)) }
      Console.write(review.summary)
    }

    /// Tells what is wrong.
    private static func failure(_ problems: [String]) -> ExitCode {
      for problem in problems { Console.write("error: \(problem)\n") }
      let count = problems.count
      Console.error("sluice: \(Configuration.path) does not hold: \(count) \(count == 1 ? "problem" : "problems")")
      return ExitCode(ExitStatus.usage.rawValue)
    }
  }
}
