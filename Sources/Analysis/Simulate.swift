import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import Policies
import Reconciler
import Workers

/// From files to clusters.
enum Simulate {
  /// Reconciles everything in `workspace` to the fixpoint, the builds of each round in parallel.
  static func model(
    of workspace: Workspace, configuration: Configuration, fluxVersion: FluxVersion?, workers: Workers
  ) -> RepositoryModel {
    var simulation = Simulation(input(workspace, configuration, fluxVersion))
    while true {
      let jobs = simulation.nextRound()
      if jobs.isEmpty { return simulation.finish() }
      simulation.take(workers.map(jobs) { $0.run() })
    }
  }

  private static func input(
    _ workspace: Workspace, _ configuration: Configuration, _ fluxVersion: FluxVersion?
  ) -> SimulationInput {
    SimulationInput(
      repository: workspace.tree, files: workspace.files,
      entryPoints: configuration.entryPoints.compactMap { entry in
        guard let path = try? RepoPath(entry.path) else { return nil }
        return ConfiguredEntry(
          cluster: entry.cluster, path: path,
          origin: .init(file: entry.location.file, span: entry.location.span))
      },
      mappedSources: configuration.sources.compactMap { mapping in
        guard let path = try? RepoPath(mapping.path) else { return nil }
        return MappedSource(path: path) { id, url in
          mapping.covers(kind: id.kind, namespace: id.namespace, name: id.name, url: url)
        }
      },
      ownURLs: workspace.remoteURLs,
      fluxVersion: fluxVersion ?? configuration.fluxVersion.flatMap { FluxVersion($0.value) },
      kubernetesVersion: configuration.kubernetesVersion?.value, charts: shelf(workspace, configuration))
  }

  /// The chart folders that the configuration names, then those given for this run.
  private static func shelf(_ workspace: Workspace, _ configuration: Configuration) -> ChartShelf {
    let named = configuration.charts.compactMap { try? RepoPath($0.value) }.map {
      ChartShelf.Directory(SubTree(of: workspace.tree, at: $0), isInRepository: true)
    }
    return ChartShelf(named + workspace.chartDirectories.map { ChartShelf.Directory($0, isInRepository: false) })
  }
}
