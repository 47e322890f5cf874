import Analysis
import ArgumentParser

/// `sluice graph`
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Show how Flux's objects need each other: dependsOn, sources, who applies whom, and cycles.")

  @OptionGroup var repository: RepositoryOptions

  @Option(name: .long, help: "text, dot (Graphviz), mermaid or json.")
  var format: GraphView.Format = .text

  @Option(name: .long, help: "Show only clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  func run() throws {
    Console.write(GraphView.render(try AnalysisRun.clusters(repository, cluster: cluster), as: format))
  }
}

extension GraphView.Format: ExpressibleByArgument {}
