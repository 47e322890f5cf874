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
