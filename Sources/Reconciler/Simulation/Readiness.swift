import ClusterModel
import Flux
import Kubernetes

/// Chooses which of a cluster's waiting Kustomizations to build next.
///
/// Those first whose source and variables are all there. When none is left like that, those that lack only what may be
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
    guard case .kustomization(let kustomization) = state.reconciliations[position].definition else { return .nothing }
    if let source = kustomization.sourceRef, !state.hasSource(source.id) { return .source }
    var lack = Lack.nothing
    for reference in kustomization.postBuild?.substituteFrom ?? [] {
      guard let object = reference.ref, state.object(object.id) == nil else { continue }
      lack = max(lack, reference.optional?.value == true ? .optionalVariables : .variables)
    }
    return lack
  }
}

extension ClusterState {
  /// Whether a source is in the cluster, by an object or by the way the cluster was found.
  func hasSource(_ id: ObjectID) -> Bool {
    object(id) != nil || resolver.ownSources.contains(id)
  }
}
