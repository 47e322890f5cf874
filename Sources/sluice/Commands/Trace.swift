import Analysis
import ArgumentParser

/// `sluice trace`
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how an object comes into its cluster: source, path, overlays, reconciler, identity, dependents.",
    discussion: "Example: sluice trace Deployment/payments/api")

  @Argument(help: "The object: KIND/NAMESPACE/NAME, or KIND/NAME for any namespace.")
  var object: String

  @OptionGroup var repository: RepositoryOptions

  @Option(name: .long, help: "Show only clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  func run() throws {
    guard let query = ObjectQuery(object) else {
      throw UsageFailure(message: "'\(object)' names no object: write KIND/NAMESPACE/NAME, such as Deployment/apps/web")
    }
    let story = TraceView.render(query, in: try AnalysisRun.clusters(repository, cluster: cluster))
    guard !story.isEmpty else { throw NothingFound(what: "no cluster has \(object)") }
    Console.write(story)
  }
}
