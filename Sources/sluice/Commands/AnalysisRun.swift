import Analysis
import ClusterModel
import Diagnostics
import Policies

/// The analysis as the commands share it.
enum AnalysisRun {
  static func analyse(
    _ workspace: Workspace, _ selection: SelectionOptions, _ repository: RepositorySource
  ) throws -> Analysis {
    let options = try selection.options(fluxVersion: repository.fluxVersion)
    do {
      return try Analysis(of: workspace, options: options, workers: repository.workers)
    } catch {
      throw UsageFailure(message: error.problems.map(\.report).joined(separator: "\nsluice: "))
    }
  }

  /// The model of the clusters that a command looks at; without any there is nothing to show.
  static func model(_ repository: RepositorySource, cluster: [String]) throws -> RepositoryModel {
    let analysis = try analyse(repository.workspace(), .clusters(cluster), repository)
    guard !analysis.model.clusters.isEmpty else { throw NothingFound(what: "no cluster found") }
    return analysis.model
  }

  /// The clusters a command looks at.
  static func clusters(_ repository: RepositorySource, cluster: [String]) throws -> [Cluster] {
    try model(repository, cluster: cluster).clusters
  }
}

/// There is nothing to show: exit status 3.
struct NothingFound: Error {
  var what: String
}
