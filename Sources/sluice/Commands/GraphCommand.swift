import Analysis
import ArgumentParser

/// `sluice graph`
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Show in which order Flux's objects start, what waits for what, and what is in no cluster.",
    discussion: """
      Examples:
        sluice graph --cluster prod-eu
        sluice graph --focus Kustomization/flux-system/apps --format mermaid
        sluice graph --format dot | dot -Tsvg > graph.svg
      """)

  @OptionGroup var repository: RepositoryOptions

  @Option(name: .long, help: "text, dot (Graphviz), mermaid or json.")
  var format: GraphView.Format = .text

  @Option(name: .long, help: "Show only clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Show only this object, what it needs and what needs it.", valueName: "kind/namespace/name"))
  var focus: String?

  @Option(name: .long, help: "How many steps to go from the object of --focus.")
  var depth = 2

  func validate() throws {
    if depth < 0 { throw ValidationError("--depth must not be negative") }
  }

  func run() throws {
    let query = try focus.map(Trace.query)
    let model = try AnalysisRun.model(repository.source, cluster: cluster)
    let view = GraphView(of: model, around: query, depth: depth)
    if let query, view.isEmpty { throw NothingFound(what: Trace.absence(of: query, in: model)) }
    Console.write(view.render(as: format))
  }
}

extension GraphView.Format: ExpressibleByArgument {}
