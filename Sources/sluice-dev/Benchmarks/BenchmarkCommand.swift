import ArgumentParser

/// Measures on the repositories of a folder, as ratios to libyaml's bare event loop in the same run; on a folder with
/// charts, the time that each takes.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract:
      "Print how long reading, building and checking take, as ratios to libyaml's bare event loop over the same bytes.",
    discussion: """
      On a folder with charts in it: how long loading, parsing and rendering each of them takes.

      What is wanted: parsing into trees within 2x of the loop, a whole check without charts within 3x, and all rules \
      together in less time than rendering.
      """)

  @Argument(help: "A folder with YAML files, such as a Flux repository, or with charts.")
  var directory: String

  @Flag(help: "List the share of every rule, not only those of the slowest.")
  var rules = false

  @Option(help: "How often each measurement is taken; the best counts.")
  var rounds = 5

  func run() {
    let charts = ChartBenchmark.folders(in: directory)
    guard charts.isEmpty else { return ChartBenchmark.run(charts) }
    YAMLBenchmark.run(directory, rounds: rounds)
    KustomizeBenchmark.run(directory, rounds: rounds)
    CheckBenchmark(directory, rounds: rounds, listsRules: rules)?.run()
  }
}
