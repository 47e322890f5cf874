import Analysis
import ArgumentParser
import Diagnostics
import Glibc
import Policies

/// `sluice init`
struct Initialize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a commented .sluice.yaml from what the repository holds.")

  @OptionGroup var repository: RepositoryOptions

  @Flag(name: .long, help: "Print it instead of writing the file.")
  var print = false

  func run() throws {
    let workspace = try repository.source.workspace()
    let analysis = try AnalysisRun.analyse(workspace, .clusters(), repository.source)
    let text = InitialConfiguration.text(for: analysis.model)
    if print {
      Console.write(text)
      return
    }
    let path = "\(repository.source.root)/\(Configuration.path)"
    guard access(path, F_OK) != 0 else {
      throw UsageFailure(message: "'\(path)' is there already; `sluice init --print` shows what would be written")
    }
    try OutputFile.write(Array(text.utf8), to: path)
    Console.error("sluice: wrote \(path)")
    let review = ConfigurationReview(
      of: try AnalysisRun.analyse(repository.source.workspace(), .clusters(), repository.source))
    for problem in review.problems { Console.error("sluice: \(problem.report)") }
  }
}
