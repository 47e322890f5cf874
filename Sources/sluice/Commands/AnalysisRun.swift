import Analysis
import ClusterModel
import Diagnostics
import Policies

/// The analysis as the commands share it.
enum AnalysisRun {
  static func analyse(
    _ workspace: Workspace, _ selection: SelectionOptions, _ repository: RepositoryOptions
  ) throws -> Analysis {
    let options = try selection.options(fluxVersion: repository.fluxVersion)
    do {
      return try Analysis(of: workspace, options: options, workers: repository.workers)
    } catch {
      throw UsageFailure(message: error.problems.map(\.report).joined(separator: "\nsluice: "))
    }
  }

  /// The clusters a command looks at; without any there is nothing to show.
  static func clusters(_ repository: RepositoryOptions, cluster: [String]) throws -> [Cluster] {
    let analysis = try analyse(repository.workspace(), .clusters(cluster), repository)
    guard !analysis.model.clusters.isEmpty else { throw NothingFound(what: "no cluster found") }
    return analysis.model.clusters
  }
}

/// There is nothing to show: exit status 3.
struct NothingFound: Error {
  var what: String
}
