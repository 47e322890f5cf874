import ArgumentParser

/// What developers of Sluice use and users never see.
@main
struct SluiceDev: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice-dev",
    abstract: "Conformance suites, benchmarks, fuzzing and generated files of Sluice.",
    subcommands: [
      ConformanceCommand.self, GenerateCommand.self, TableCommand.self, NewRuleCommand.self, BenchmarkCommand.self,
      FuzzCommand.self, MakeRepositoryCommand.self,
    ])
}
