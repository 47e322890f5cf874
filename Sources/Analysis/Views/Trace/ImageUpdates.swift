import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Which images of a cluster's objects are kept up to date: repository, policy, marker, automation.
struct ImageUpdates {
  private struct Line: Hashable {
    var path: String
    var number: UInt32

    init(_ place: Location) {
      path = place.file.path
      number = place.span.start.line
    }
  }

  private let cluster: Cluster
  private let markers: [ImageMarker]
  private let automations: [ImageAutomation]
  private let byLine: [Line: ImageMarker]

  init(_ cluster: Cluster, markers: [ImageMarker]) {
    self.cluster = cluster
    self.markers = markers
    automations = ImageAutomation.all(in: cluster)
    byLine = Dictionary(markers.map { (Line($0.location), $0) }) { first, _ in first }
  }

  /// What there is to say about an object: an image object itself, or one whose fields have markers.
  func lines(on object: AppliedObject) -> [RelatedLocation] {
    switch object.flux {
    case .imageRepository:
      return policies(of: object.id).flatMap(lines)
    case .imagePolicy: return lines(of: object.id)
    case .imageUpdateAutomation:
      return automations.filter { $0.object.id == object.id }.flatMap { automation in
        [pushing(automation)] + reached(by: automation).map(described)
      }
    default:
      return byLine.isEmpty ? [] : markers(in: object).flatMap { [described($0)] + story(of: $0) }
    }
  }

  private func policies(of repository: ObjectID) -> [ObjectID] {
    guard let node = cluster.graph.node(repository) else { return [] }
    return cluster.graph.neededBy(node).filter { $0.kind == .choosesFrom }.map { cluster.graph.nodes[$0.from] }
  }

  /// The markers of a policy, and what writes them.
  private func lines(of policy: ObjectID) -> [RelatedLocation] {
    let own = markers.filter { $0.policy == policy }
    let place = cluster.object(policy)?.manifest.origin.location ?? cluster.entryPoint.location
    guard !own.isEmpty else { return [RelatedLocation("no file has a marker of \(policy)", at: place)] }
    return own.flatMap { [described($0)] + writers(of: $0) }
  }

  /// The policy of a marker, its repository, and what writes it.
  private func story(of marker: ImageMarker) -> [RelatedLocation] {
    guard let policy = cluster.object(marker.policy), case .imagePolicy(let value) = policy.flux else {
      return [RelatedLocation("\(marker.policy) is not in this cluster", at: marker.location)]
    }
    var lines: [RelatedLocation] = []
    if let reference = value.imageRepositoryRef {
      var name = "\(reference.id), which is not in the cluster"
      if case .imageRepository(let repository) = cluster.object(reference.id)?.flux {
        name = "\(reference.id) (\(repository.image?.value ?? "no image"))"
      }
      lines.append(
        RelatedLocation("\(marker.policy) chooses among the tags of \(name)", at: reference.origin.location))
    }
    return lines + writers(of: marker)
  }

  private func writers(of marker: ImageMarker) -> [RelatedLocation] {
    let found = automations.filter { $0.reaches(marker.path) == true && writes($0, marker.policy) }.map(pushing)
    return found.isEmpty ? [RelatedLocation("no ImageUpdateAutomation writes this marker", at: marker.location)] : found
  }

  private func writes(_ automation: ImageAutomation, _ policy: ObjectID) -> Bool {
    guard let node = cluster.graph.node(automation.object.id), let other = cluster.graph.node(policy) else {
      return false
    }
    return cluster.graph.needs(of: node).contains { $0.kind == .writes && $0.to == other }
  }

  private func pushing(_ automation: ImageAutomation) -> RelatedLocation {
    let branch = automation.branch.map { "branch \($0)" } ?? "a branch that is not known"
    let paused = automation.isSuspended ? "; suspended" : ""
    return RelatedLocation(
      "\(automation.object.id) updates ./\(automation.path.string) of \(automation.source) and pushes to \(branch)\(paused)",
      at: automation.place.location)
  }

  private func reached(by automation: ImageAutomation) -> [ImageMarker] {
    markers.filter { automation.reaches($0.path) == true && writes(automation, $0.policy) }
  }

  private func described(_ marker: ImageMarker) -> RelatedLocation {
    let part = marker.part.isEmpty ? "the image" : "the \(marker.part) of the image"
    return RelatedLocation("\(part) is set by the marker of \(marker.policy)", at: marker.location)
  }

  /// The markers in the lines that an object's fields come from.
  private func markers(in object: AppliedObject) -> [ImageMarker] {
    var found: Set<ImageMarker> = []
    var waiting = [object.manifest.node]
    while let node = waiting.popLast() {
      switch node.value {
      case .scalar: if let marker = byLine[Line(node.origin.location)] { found.insert(marker) }
      case .sequence(let items): waiting += items
      case .mapping(let mapping): waiting += mapping.entries.map(\.value)
      }
    }
    return found.sorted { $0.location < $1.location }
  }
}
