import Analysis
import ArgumentParser
import ClusterModel
import Glibc

/// `sluice trace`
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how objects come into their clusters: source, path, overlays, reconciler, identity, dependents.",
    discussion: """
      The kind can be a short name (ks, hr, deploy), a plural, or be followed by its API group. For an object that no \
      cluster has, the reason is told.

      Examples:
        sluice trace Deployment/payments/api
        sluice trace hr/ingress-nginx ks/flux-system/infra --cluster prod-eu
        sluice trace cm/apps/settings path/to/repository
      """)

  @Argument(
    help: ArgumentHelp(
      "The objects: KIND/NAMESPACE/NAME, or KIND/NAME for any namespace; then the root of the repository, as for check.",
      valueName: "object"))
  var arguments: [String]

  @OptionGroup var reading: ReadingOptions

  @Option(name: .long, help: "Show only clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  @Option(name: .long, help: "text or json.")
  var format: TraceView.Format = .text

  func run() throws {
    var (names, path) = (arguments, String?.none)
    if let last = names.last, names.count > 1, Self.isDirectory(last) { path = names.removeLast() }
    let queries = try names.map(Self.query)
    let model = try AnalysisRun.model(RepositorySource(path: path, reading: reading), cluster: cluster)
    let view = TraceView(queries, in: model)
    if !view.isEmpty { Console.write(view.render(as: format)) }
    guard view.missing.isEmpty else {
      throw NothingFound(
        what: view.missing.map { Self.absence($0.query, $0.suggestions) }.joined(separator: "\nsluice: "))
    }
  }

  /// The object that an argument names.
  static func query(_ text: String) throws -> ObjectQuery {
    guard let query = ObjectQuery(text) else {
      throw UsageFailure(message: "'\(text)' names no object: write KIND/NAMESPACE/NAME, such as Deployment/apps/web")
    }
    return query
  }

  /// That no cluster has an object, and which it has instead.
  static func absence(of query: ObjectQuery, in model: RepositoryModel) -> String {
    let view = TraceView([query], in: model)
    if let written = view.unreached.first { return "no cluster has \(query): \(written.reason)" }
    return absence(query, view.missing.first?.suggestions ?? [])
  }

  private static func absence(_ query: ObjectQuery, _ suggestions: [String]) -> String {
    let hint = suggestions.isEmpty ? "" : "; there is \(suggestions.joined(separator: ", "))"
    return "no cluster has \(query), and no file\(hint)"
  }

  private static func isDirectory(_ path: String) -> Bool {
    guard let directory = opendir(path) else { return false }
    closedir(directory)
    return true
  }
}

extension TraceView.Format: ExpressibleByArgument {}
