import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension ClusterState {
  /// The cluster, once nothing new appears.
  func frozen() -> Cluster {
    var objects = objects
    var reconciliations = reconciliations
    dropReplacedSeeds(from: &objects, &reconciliations)
    var gaps = gaps
    addReleases(to: &reconciliations, gaps: &gaps)
    gaps += objects.compactMap { unanalysed($0) }
    for index in gaps.indices { gaps[index].clusters = [seed.name] }
    return Cluster(
      name: seed.name, entryPoint: seed.entryPoint, version: version,
      settings: ControllerSettingsReader.settings(of: objects), objects: objects, reconciliations: reconciliations,
      graph: GraphAssembly.graph(of: objects, reconciliations: reconciliations), gaps: gaps)
  }

  /// What bootstrap applied by hand and the root Kustomization then applies itself is the root's, as it renders it.
  private func dropReplacedSeeds(from objects: inout [AppliedObject], _ reconciliations: inout [Reconciliation]) {
    let replaced = Set(reconciliations[0].objects.filter { (index[objects[$0].id]?.count ?? 0) > 1 })
    guard !replaced.isEmpty else { return }
    var positions = [Int](repeating: 0, count: objects.count)
    var kept: [AppliedObject] = []
    for (position, object) in objects.enumerated() {
      positions[position] = kept.count
      if !replaced.contains(position) { kept.append(object) }
    }
    for index in reconciliations.indices {
      reconciliations[index].objects = reconciliations[index].objects
        .filter { !replaced.contains($0) }.map { positions[$0] }
    }
    objects = kept
  }

  private func addReleases(to reconciliations: inout [Reconciliation], gaps: inout [Gap]) {
    var composer = ReleaseComposer { id in object(id) }
    for index in reconciliations.indices {
      guard case .helmRelease(let release) = reconciliations[index].definition else { continue }
      let id = reconciliations[index].id
      let reference = release.manifest.reference
      let facts = composer.facts(of: release, reference: reference)
      reconciliations[index].release = facts
      reconciliations[index].source = chartSource(of: release)
      reconciliations[index].outcome = .gap
      if case .missing = reconciliations[index].source { continue }  // a finding, not a gap
      gaps.append(notRendered(release, id: id, facts: facts))
    }
    gaps += composer.gaps
  }

  private func chartSource(of release: HelmRelease) -> SourceResolution {
    guard let reference = release.chartRef ?? release.chart?.spec?.sourceRef else { return .none }
    guard let source = object(reference.id) else {
      return .missing(kind: reference.kind, namespace: reference.namespace, name: reference.name)
    }
    switch resolver.resolve(source.manifest, id: source.id) {
    case .local(let root, _): return .local(source: source.id, root: root)
    case .external: return .external(source: source.id)
    }
  }

  private func notRendered(_ release: HelmRelease, id: ObjectID, facts: ReleaseFacts) -> Gap {
    let chart: String
    if let reference = release.chartRef {
      chart = "the chart of \(reference.id)"
    } else {
      chart = "chart '\(facts.chart)' version '\(facts.version?.value ?? "*")'"
    }
    let place = release.chartRef?.origin ?? release.chart?.spec?.chart?.origin ?? release.origin
    return Gap(
      kind: "chart-not-rendered", message: "\(id) is not rendered: \(chart)",
      help: "What its chart applies is not part of this analysis", location: place.location,
      object: release.manifest.reference)
  }

  /// The gap of a Flux object whose effect is not simulated.
  private func unanalysed(_ object: AppliedObject) -> Gap? {
    let what: (kind: String, effect: String)
    switch object.flux {
    case .resourceSet: what = ("resource-set-not-rendered", "the objects its templates make")
    case .artifactGenerator: what = ("artifact-generator-not-evaluated", "the artifacts it composes")
    default: return nil
    }
    return Gap(
      kind: what.kind, message: "\(object.id) is not evaluated: \(what.effect) are not part of this analysis",
      location: object.manifest.origin.location, related: object.trace, object: object.reference)
  }
}
