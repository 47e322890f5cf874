import ClusterModel
import Flux
import Kubernetes

/// Chooses which of a cluster's waiting reconciliations to do next: Kustomizations, ArtifactGenerators, ResourceSets.
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
    case .kustomization(let kustomization): lack(of: kustomization)
    case .artifactGenerator(let generator): lack(of: generator)
    case .resourceSet(let set): lack(of: set)
    default: .nothing
    }
  }

  private func lack(of kustomization: Kustomization) -> Lack {
    if let source = kustomization.sourceRef, !state.hasSource(source.id) { return .source }
    var lack = Lack.nothing
    for reference in kustomization.postBuild?.substituteFrom ?? [] {
      guard let object = reference.ref, state.object(object.id) == nil else { continue }
      lack = max(lack, reference.optional?.value == true ? .optionalVariables : .variables)
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
