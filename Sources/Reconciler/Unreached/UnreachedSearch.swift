import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Finds out why an object is in no cluster: from its file outwards, over the kustomizations that take it in, to the
/// Kustomizations that would reconcile it.
struct UnreachedSearch {
  let clusters: [Cluster]
  let inclusions: Inclusions
  let appliers: Appliers
  let artifacts: ArtifactCache
  let traces: Traces
  /// The folders of charts.
  private let charts: Set<RepoPath>

  init(
    clusters: [Cluster], files: [AnalysedFile], inclusions: Inclusions, appliers: Appliers, artifacts: ArtifactCache,
    traces: Traces
  ) {
    self.clusters = clusters
    self.inclusions = inclusions
    self.appliers = appliers
    self.artifacts = artifacts
    self.traces = traces
    charts = Set(files.filter { $0.path.name == "Chart.yaml" }.compactMap(\.path.parent))
  }

  /// The object with the reason.
  func explained(_ document: FluxDocument) -> UnreachedObject {
    let found = reason(document)
    return UnreachedObject(
      manifest: document.manifest, cause: found.cause, reason: found.text, related: found.related)
  }

  private typealias Reason = (cause: UnreachedObject.Cause, text: String, related: [RelatedLocation])

  private func reason(_ document: FluxDocument) -> Reason {
    if clusters.isEmpty { return (.noCluster, "no cluster was found in the repository", []) }
    if let set = document.template { return notExpanded(set) }
    if let remote = traces.remote(document.manifest) {
      let why = remote.flux?.absence ?? "and whether Flux runs there is not known"
      return (
        .remoteCluster, "\(remote.id) applies it to the cluster that \(remote.cluster) leads to, \(why)",
        [RelatedLocation("\(remote.id)", at: remote.place)]
      )
    }
    if let pattern = artifacts.exclusion(of: document.path) { return ignored(pattern) }
    if let reader = traces.readers[document.path.string] {
      if let problem = traces.failures[document.path.string] {
        return (
          .parentNotBuilt, "\(reader.id) reads its file, but cannot be built: \(problem.message)",
          [RelatedLocation("\(reader.id)", at: reader.place), RelatedLocation("the reason", at: problem.location)]
        )
      }
      return (
        .leftOut,
        "\(reader.id) reads its file, but does not build it: a patch deletes it, or it is a patch itself, without a target",
        [RelatedLocation("\(reader.id)", at: reader.place)]
      )
    }
    if let copier = traces.copiers[document.path.string] {
      return (
        .onlyCopied, "\(copier.id) copies its file into an artifact, and no Kustomization builds it from there",
        [RelatedLocation("\(copier.id)", at: copier.place)]
      )
    }
    if let chart = charts.first(where: { document.path.isInside($0.child("templates")) }) {
      return (.chartTemplate, "it is a template of the chart in \(chart), and no HelmRelease prints it", [])
    }
    return climbed(from: document.path)
  }

  private func notExpanded(_ set: ObjectID) -> Reason {
    for cluster in clusters {
      guard let own = cluster.reconciliation(of: set) else { continue }
      let gap = cluster.gaps.first { $0.object?.name == set.name && $0.object?.kind == set.kind }
      let why = own.problem?.message ?? gap?.message ?? "it makes none of its inputs"
      return (
        .notExpanded, "it is a template of \(set), which does not make it: \(why)",
        [RelatedLocation("\(set)", at: own.location)]
      )
    }
    return (.notExpanded, "it is a template of \(set), which is in no cluster itself", [])
  }

  private func ignored(_ pattern: IgnorePattern) -> Reason {
    guard let place = pattern.location else {
      return (.ignored, "its file is not in the source's artifact: Flux leaves out '\(pattern.text)'", [])
    }
    return (
      .ignored, "its file is not in the source's artifact: '\(pattern.text)' leaves it out",
      [RelatedLocation("the pattern", at: place)]
    )
  }

  // MARK: climbing

  /// What is found on the way outwards.
  private struct Findings {
    var appliers: [Appliers.Applier] = []
    /// Kustomizations that nothing takes in.
    var tops: [RepoPath] = []
    /// The kustomization beside or above the file that does not list it.
    var silent: RepoPath?
  }

  private func climbed(from path: RepoPath) -> Reason {
    var findings = Findings()
    var seen: Set = [path]
    var queue = [path]
    var next = 0
    while next < queue.count {
      let unit = queue[next]
      next += 1
      findings.appliers += appliers.appliers(of: unit)
      let entries = inclusions.entries(naming: unit)
      for entry in entries where seen.insert(entry.directory).inserted { queue.append(entry.directory) }
      if entries.isEmpty {
        climb(above: unit, &findings)
        if unit != path { findings.tops.append(unit) }
      }
    }
    return judged(findings)
  }

  /// Flux takes in everything below a folder without a kustomization, up to the folders that have one.
  private func climb(above unit: RepoPath, _ findings: inout Findings) {
    var folder = unit.parent
    while let here = folder {
      if inclusions.kustomizations[here] != nil {
        if findings.silent == nil { findings.silent = here }
        return
      }
      findings.appliers += appliers.appliers(of: here)
      folder = here.parent
    }
  }

  private func judged(_ findings: Findings) -> Reason {
    for applier in findings.appliers {
      if case .failed(let message, let place) = applier.state {
        return (
          .parentNotBuilt, "\(applier.id) would apply it, but is not built: \(message)",
          [RelatedLocation("\(applier.id)", at: applier.place), RelatedLocation("the reason", at: place)]
        )
      }
    }
    for applier in findings.appliers {
      let place = [RelatedLocation("\(applier.id)", at: applier.place)]
      switch applier.state {
      case .elsewhere:
        return (
          .sourceElsewhere, "\(applier.id) has its folder, but reads a source whose files are not these", place
        )
      case .unreached:
        return (.parentUnreached, "only \(applier.id) would apply it, and no cluster has that", place)
      case .built, .failed: continue
      }
    }
    if let applier = findings.appliers.first {
      return (
        .leftOut, "\(applier.id) reconciles its folder, but does not build it",
        [RelatedLocation("\(applier.id)", at: applier.place)]
      )
    }
    return unbuilt(findings)
  }

  private func unbuilt(_ findings: Findings) -> Reason {
    if let top = findings.tops.first {
      let place = inclusions.kustomizations[top].map { [RelatedLocation("the kustomization", at: $0)] } ?? []
      return (.unusedBase, "only the kustomization in \(top) takes it in, and nothing takes that in", place)
    }
    if let silent = findings.silent, let place = inclusions.kustomizations[silent] {
      return (
        .notListed, "the kustomization in \(silent) does not list its file",
        [RelatedLocation("the kustomization", at: place)]
      )
    }
    return (.outsidePaths, "no Kustomization of any cluster reconciles the folder of its file", [])
  }
}

extension Reconciliation {
  /// Why it fails.
  fileprivate var problem: BuildProblem? {
    switch outcome {
    case .failed(let problem), .pathMissing(let problem): problem
    case .done, .gap: nil
    }
  }
}
