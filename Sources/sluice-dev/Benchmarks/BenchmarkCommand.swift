import ArgumentParser

/// Measures on the repositories of a folder, as ratios to libyaml's bare event loop in the same run.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract:
      "Print how long reading, building and checking take, as ratios to libyaml's bare event loop over the same bytes.")

  @Argument(help: "A folder with YAML files, such as a Flux repository.")
  var directory: String

  func run() {
    YAMLBenchmark.run(directory)
    KustomizeBenchmark.run(directory)
    CheckBenchmark.run(directory)
  }
}
