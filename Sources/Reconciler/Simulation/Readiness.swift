import ClusterModel
import Flux
import Kubernetes

/// Chooses which of a cluster's waiting reconciliations to do next: Kustomizations, HelmReleases,
/// ArtifactGenerators, ResourceSets.
///
/// Those first whose source and variables (or inputs) are all there. When none is left like that, those that lack only what may be
/// missing or comes from outside the repository; then everything else, since nothing more will appear.
struct Readiness {
  private let state: ClusterState

  init(_ state: ClusterState) {
    self.state = state
  }

  func next() -> [Int] {
    let lacking = state.waiting.map { (position: $0, lack: lack(of: $0)) }
    guard let least = lacking.map(\.lack).min() else { return [] }
    return lacking.filter { $0.lack == least }.map(\.position)
  }

  private enum Lack: Int, Comparable {
    case nothing, optionalVariables, variables, source

    static func < (left: Lack, right: Lack) -> Bool { left.rawValue < right.rawValue }
  }

  private func lack(of position: Int) -> Lack {
    switch state.reconciliations[position].definition {
    case .kustomization(let kustomization):
      let sources = (kustomization.postBuild?.substituteFrom ?? []).map { ($0.ref, $0.optional?.value) }
      return lack(of: kustomization.sourceRef, reading: sources)
    case .helmRelease(let release):
      let sources = release.valuesFrom.map { ($0.ref, $0.optional?.value) }
      return lack(of: release.chartRef ?? release.chart?.spec?.sourceRef, reading: sources)
    case .artifactGenerator(let generator): return lack(of: generator)
    case .resourceSet(let set): return lack(of: set)
    default: return .nothing
    }
  }

  private func lack(of source: ObjectRef?, reading objects: [(ref: ObjectRef?, isOptional: Bool?)]) -> Lack {
    if let source, !state.hasSource(source.id) { return .source }
    var lack = Lack.nothing
    for (ref, isOptional) in objects {
      guard let ref, state.object(ref.id) == nil else { continue }
      lack = max(lack, isOptional == true ? .optionalVariables : .variables)
    }
    return lack
  }

  private func lack(of generator: ArtifactGenerator) -> Lack {
    generator.sources.contains { source in source.ref.map { !state.hasSource($0.id) } ?? false } ? .source : .nothing
  }

  /// Labels can select providers that are still to come, and annotations ask for data of any object.
  private func lack(of set: ResourceSet) -> Lack {
    let namespace = set.namespace
    let providers = set.inputsFrom.compactMap { $0.value.provider(in: namespace) }
    if providers.contains(where: { state.object($0.id) == nil }) { return .variables }
    let isOpen = set.inputsFrom.contains { $0.selector != nil } || set.takesData
    return isOpen ? .optionalVariables : .nothing
  }
}

extension ClusterState {
  /// Whether a source is in the cluster, by an object or by the way the cluster was found.
  func hasSource(_ id: ObjectID) -> Bool {
    object(id) != nil || resolver.ownSources.contains(id)
  }
}
