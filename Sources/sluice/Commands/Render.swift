import Analysis
import ArgumentParser
import ClusterModel
import Diagnostics
import Kubernetes

/// `sluice render`
struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print what Flux would apply, as YAML. Values of Secrets are masked.",
    discussion: "Example: sluice render --cluster prod-eu --kustomization flux-system/apps")

  @OptionGroup var repository: RepositoryOptions

  @Option(name: .long, help: "Print only clusters whose name fits this pattern. Can be given more than once.")
  var cluster: [String] = []

  @Option(name: .long, help: ArgumentHelp("Print only what this Kustomization applies.", valueName: "namespace/name"))
  var kustomization: String?

  @Option(name: .long, help: ArgumentHelp("Print only what this HelmRelease applies.", valueName: "namespace/name"))
  var helmrelease: String?

  @Flag(name: .long, help: "Print only the inventories: which objects belong to what applies them, stage by stage.")
  var inventory = false

  func validate() throws {
    guard kustomization == nil || helmrelease == nil else {
      throw ValidationError("Give --kustomization or --helmrelease, not both")
    }
  }

  func run() throws {
    let wanted = (kustomization ?? helmrelease).flatMap { ObjectQuery("\(kustomization == nil ? "hr" : "ks")/\($0)") }
    var isFound = wanted == nil
    var isFirst = true
    for cluster in try AnalysisRun.clusters(repository.source, cluster: cluster) {
      let chosen = wanted.map { query in cluster.reconciliations.filter { query.matches($0.id) } }
      isFound = isFound || chosen?.isEmpty == false
      for reconciliation in chosen.map({ $0.map(Optional.some) }) ?? [nil] {
        try print(cluster, reconciliation, isFirst: &isFirst)
      }
    }
    guard isFound else { throw NothingFound(what: "no cluster has \(kustomization ?? helmrelease ?? "")") }
  }

  private func print(_ cluster: Cluster, _ reconciliation: Reconciliation?, isFirst: inout Bool) throws {
    for gap in cluster.gaps where reconciliation == nil || gap.object?.name == reconciliation?.id.name {
      Console.error("sluice: \(cluster.name): \(gap.message)")
    }
    for failure in cluster.reconciliations where reconciliation == nil || failure.id == reconciliation?.id {
      switch failure.outcome {
      case .failed(let problem), .pathMissing(let problem):
        Console.error("sluice: \(failure.id): \(problem.location): \(problem.message)")
      case .done, .gap: break
      }
    }
    do {
      let documents =
        try inventory
        ? RenderView.inventory(cluster, of: reconciliation) : RenderView.render(cluster, of: reconciliation)
      // What several clusters apply is one stream of documents.
      if !isFirst, !documents.isEmpty { Console.write(Array("---\n".utf8)) }
      Console.write(documents)
      isFirst = isFirst && documents.isEmpty
    } catch {
      throw UsageFailure(message: error.report)
    }
  }
}
