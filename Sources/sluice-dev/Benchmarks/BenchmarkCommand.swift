import ArgumentParser

/// Measures on the repositories of a folder, as ratios to libyaml's bare event loop in the same run; on a folder with
/// charts, the time that each takes.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract:
      "Print how long reading, building and checking take, as ratios to libyaml's bare event loop over the same bytes.",
    discussion: "On a folder with charts in it: how long loading, parsing and rendering each of them takes.")

  @Argument(help: "A folder with YAML files, such as a Flux repository, or with charts.")
  var directory: String

  func run() {
    let charts = ChartBenchmark.folders(in: directory)
    guard charts.isEmpty else { return ChartBenchmark.run(charts) }
    YAMLBenchmark.run(directory)
    KustomizeBenchmark.run(directory)
    CheckBenchmark.run(directory)
  }
}
