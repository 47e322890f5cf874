import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension ClusterFacts {
  /// What an object depends on by `dependsOn`.
  static func awaited(by object: AppliedObject) -> [ObjectRef] {
    if case .resourceSet(let value) = object.flux { return value.dependsOn.compactMap(\.value.ref) }
    return Applier(object)?.dependsOn.compactMap(\.value.ref) ?? []
  }

  /// The dependencies of the cluster's objects that never come about.
  public var startBlocks: [StartBlock] { fluxObjects.flatMap(startBlocks) }

  /// The dependencies of an object that never come about.
  func startBlocks(of object: AppliedObject) -> [StartBlock] {
    let gates = StartOrder.Gates(of: object.id, in: cluster)
    return Self.awaited(by: object).compactMap { reference in
      if let other = cluster.object(reference.id) {
        guard gates.isGate(reference.id), let place = other.flux?.suspension else { return nil }
        return StartBlock(object.id, on: reference, .suspended(place))
      }
      return isMissing(reference, for: object.id) ? StartBlock(object.id, on: reference, .missing) : nil
    }
  }

  /// Whether it is certain that an object which is not in the cluster never gets there. A ResourceSet can depend on
  /// anything, and of most kinds the repository does not tell; what it can tell of are Flux's own.
  private func isMissing(_ reference: ObjectRef, for referrer: ObjectID) -> Bool {
    if reference.isUnplaced { return true }
    guard let kind = FluxKind(rawValue: reference.kind), kind.group == reference.group, !kind.isMadeInCluster else {
      return false
    }
    return !mayExistUnseen(reference, for: referrer)
  }

  /// Whether something whose objects are not known may bring what `referrer` refers to. A name that is that of an object
  /// at hand but for one letter is a slip, whatever else may come.
  func mayExistUnseen(_ reference: ObjectRef, for referrer: ObjectID) -> Bool {
    mayExistUnseen(reference.id, for: referrer) && !isSlip(reference.id)
  }

  private func isSlip(_ wanted: ObjectID) -> Bool {
    fluxObjects.contains { object in
      object.id.kind == wanted.kind && object.id.group == wanted.group && object.id.namespace == wanted.namespace
        && Suggestion.isSlip(wanted.name, of: object.id.name)
    }
  }
}

extension FluxKind {
  /// Whether objects of this kind come from a controller, not from files.
  var isMadeInCluster: Bool { [.helmChart, .externalArtifact, .fluxReport].contains(self) }
}

extension FluxObject {
  /// What keeps a controller from ever making the object ready on a fresh cluster: `suspend: true`, or for the operator
  /// an annotation.
  fileprivate var suspension: Location? {
    let node: Node?
    switch self {
    case .fluxInstance, .resourceSet, .resourceSetInputProvider:
      node = manifest.node[path: "metadata", "annotations", "\(kind.group)/reconcile"]
      return node?.scalar?.text.lowercased() == "disabled" ? node?.origin.location : nil
    default:
      node = manifest.node[path: "spec", "suspend"]
      if case .bool(true) = node?.scalar?.resolved { return node?.origin.location }
      return nil
    }
  }
}
