import Analysis
import ClusterModel
import Diagnostics
import Policies

/// The analysis as the commands share it.
enum AnalysisRun {
  static func analyse(
    _ workspace: Workspace, _ selection: SelectionOptions, _ repository: RepositorySource, policy: Policy? = nil
  ) throws -> Analysis {
    let options = try selection.options(fluxVersion: repository.fluxVersion)
    do {
      return try Analysis(of: workspace, options: options, policy: policy, workers: repository.workers)
    } catch {
      throw UsageFailure(message: error.problems.map(\.report).joined(separator: "\nsluice: "))
    }
  }

  /// The model of the clusters that a command looks at; without any there is nothing to show.
  static func model(_ repository: RepositorySource, cluster: [String]) throws -> RepositoryModel {
    let analysis = try analyse(repository.workspace(), .clusters(cluster), repository)
    try requireClusters(analysis)
    return analysis.model
  }

  /// Without a cluster nothing was analysed, and nothing can be said.
  /// - Throws: ``NothingFound`` with the reason.
  static func requireClusters(_ analysis: Analysis) throws {
    guard analysis.model.clusters.isEmpty else { return }
    guard analysis.leftOut.isEmpty else {
      throw NothingFound(what: "no cluster fits --cluster; there are: \(analysis.leftOut.joined(separator: ", "))")
    }
    throw NothingFound(what: analysis.model.unreached.isEmpty ? noFlux : noCluster)
  }

  private static let noFlux = """
    no cluster found: no YAML file here holds an object of Flux or its operator, so there is nothing to check.
    """

  private static let noCluster = """
    no cluster found: no folder that `flux bootstrap` left (a source and a Kustomization of that folder), no FluxInstance \
    with spec.sync, no Kustomization that reconciles itself, and no clusters/<name> folder with Flux Kustomizations.
    Name the folder that a cluster reconciles under `entryPoints` in .sluice.yaml; `sluice init` writes one.
    """

  /// The clusters a command looks at.
  static func clusters(_ repository: RepositorySource, cluster: [String]) throws -> [Cluster] {
    try model(repository, cluster: cluster).clusters
  }
}

/// There is nothing to show: exit status 3.
struct NothingFound: Error {
  var what: String
}
