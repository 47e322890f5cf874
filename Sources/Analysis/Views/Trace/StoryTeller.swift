import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Tells how objects come into one cluster.
struct StoryTeller {
  let cluster: Cluster
  private let access: AccessControl
  private let order: StartOrder
  private let images: ImageUpdates
  private let readers: [DataReader]

  init(_ cluster: Cluster, markers: [ImageMarker]) {
    self.cluster = cluster
    access = AccessControl(cluster)
    order = StartOrder(cluster)
    images = ImageUpdates(cluster, markers: markers)
    readers = cluster.dataReaders
  }

  /// The story of the object at `position`.
  func story(of position: Int) -> ObjectStory {
    let object = cluster.objects[position]
    let waits = healthWaits(on: object, at: position)
    return ObjectStory(
      cluster: cluster.name,
      entry: RelatedLocation(
        "cluster \(cluster.name), found \(cluster.entryPoint.words)", at: cluster.entryPoint.location),
      stations: stations(to: position), relations: relations(of: object.id) + takenData(of: object),
      healthWaits: waits.lines,
      stalled: stalled(by: object.id, orBy: waits.waiters), alerts: alerts(on: object),
      images: images.lines(on: object))
  }

  // MARK: the way

  /// What applies the object, what applies that, and so on to the entry of the cluster, in the order of applying.
  private func stations(to position: Int) -> [ObjectStory.Station] {
    var way = [position]
    var seen: Set = [position]
    while let last = way.last {
      let reconciliation = cluster.reconciliations[cluster.objects[last].reconciliation]
      guard !reconciliation.kind.isGiven, let next = cluster.index[reconciliation.id]?.first,
        seen.insert(next).inserted
      else { break }
      way.append(next)
    }
    let objects = way.reversed().map { cluster.objects[$0] }
    return objects.indices.map { index in
      let next = index + 1 < objects.count ? objects[index + 1] : nil
      return station(objects[index], appliesNext: next)
    }
  }

  private func station(_ object: AppliedObject, appliesNext next: AppliedObject?) -> ObjectStory.Station {
    let reconciliation = object.flux == nil ? nil : cluster.reconciliation(of: object.id)
    return ObjectStory.Station(
      object: object.id, place: object.manifest.origin.location,
      isAssumed: cluster.entryPoint.kind == .folder && cluster.isAssumed(object), inclusions: object.trace.reversed(),
      making: object.manifest.origin.trace.filter { !$0.message.hasPrefix("patched") },
      changes: FieldChange.all(in: object.manifest),
      work: reconciliation.flatMap { $0.kind.isGiven ? nil : work(of: $0, on: next) })
  }

  // MARK: relations

  private func relations(of id: ObjectID) -> [ObjectStory.Relation] {
    guard let node = cluster.graph.node(id) else { return [] }
    let graph = cluster.graph
    func relation(_ edge: Graph.Edge, isIncoming: Bool) -> ObjectStory.Relation {
      ObjectStory.Relation(
        kind: edge.kind, other: graph.nodes[isIncoming ? edge.from : edge.to], isIncoming: isIncoming,
        place: edge.location, field: field(edge), isByPresence: cluster.isContentWithPresence(edge))
    }
    let needs = graph.needs(of: node).filter { $0.kind != .appliedBy }.map { relation($0, isIncoming: false) }
    let absent = graph.absences.filter { $0.from == node }.map {
      ObjectStory.Relation(
        kind: .dependsOn, other: $0.to, isIncoming: false, place: $0.location, isAbsent: true, isByPresence: true)
    }
    let needed = graph.neededBy(node).filter { $0.kind != .appliedBy }.map { relation($0, isIncoming: true) }
    return needs + absent + needed
  }

  /// What an object of a ResourceSet has copied into it.
  private func takenData(of object: AppliedObject) -> [ObjectStory.Relation] {
    guard cluster.reconciliations[object.reconciliation].kind == .resourceSet else { return [] }
    return object.manifest.takenData.map { reference in
      ObjectStory.Relation(
        kind: .reads, other: reference.ref.id, isIncoming: false, place: reference.ref.origin.location,
        field: reference.field, isAbsent: cluster.object(reference.ref.id) == nil)
    }
  }

  /// The field of the reader in which an edge is written.
  private func field(_ edge: Graph.Edge) -> String? {
    guard edge.kind == .reads else { return nil }
    let (reader, data) = (cluster.graph.nodes[edge.from], cluster.graph.nodes[edge.to])
    return readers.first {
      $0.reader == reader && $0.reference.ref.id == data && $0.reference.ref.origin.location == edge.location
    }?.reference.field
  }

  /// The Kustomizations and ResourceSets that are ready only once an object that is none of Flux's is healthy.
  private func healthWaits(
    on object: AppliedObject, at position: Int
  ) -> (lines: [RelatedLocation], waiters: [ObjectID]) {
    guard object.flux == nil else { return ([], []) }
    var lines: [RelatedLocation] = []
    var waiters: [ObjectID] = []
    for reconciliation in cluster.reconciliations {
      let waits = reconciliation.healthWaits
      if let flag = waits.all {
        guard reconciliation.objects.contains(position) else { continue }
        lines.append(RelatedLocation("\(reconciliation.id) is Ready only once it is healthy (wait)", at: flag))
        waiters.append(reconciliation.id)
      } else if let check = waits.checks.first(where: { $0.id == object.id }) {
        lines.append(
          RelatedLocation(
            "\(reconciliation.id) is Ready only once it is healthy (healthChecks)", at: check.origin.location))
        waiters.append(reconciliation.id)
      }
    }
    let owner = cluster.reconciliations[object.reconciliation]
    if case .helmRelease(let release) = owner.definition, release.waits, object.isWaitedForByHelm {
      lines.append(RelatedLocation("\(owner.id) is Ready only once it is healthy (Helm waits)", at: owner.location))
      waiters.append(owner.id)
    }
    return (lines, waiters)
  }

  private func stalled(by id: ObjectID, orBy waiters: [ObjectID]) -> [ObjectID] {
    let nodes = ([id] + waiters).compactMap(cluster.graph.node)
    let dependents = order.dependents
    let found = nodes.reduce(into: Set<Int>()) { $0.formUnion(order.stalled(by: $1, dependents).begin) }
    return found.subtracting(nodes).sorted().map { cluster.graph.nodes[$0] }
  }

  private func alerts(on object: AppliedObject) -> [ObjectStory.AlertLine] {
    let owner = cluster.reconciliations[object.reconciliation]
    let subjects = object.flux != nil ? [object.id] : owner.kind.isGiven ? [] : [owner.id]
    let graph = cluster.graph
    return subjects.compactMap(graph.node).flatMap { node in
      graph.neededBy(node).filter { $0.kind == .listensTo }.map { edge in
        let alert = graph.nodes[edge.from]
        return ObjectStory.AlertLine(
          subject: graph.nodes[node], alert: alert, receiver: receiver(of: alert), place: edge.location)
      }
    }
  }

  /// Whom an Alert tells.
  private func receiver(of alert: ObjectID) -> String {
    guard case .alert(let value) = cluster.object(alert)?.flux, let reference = value.providerRef else {
      return "nobody: it names no provider"
    }
    guard case .provider(let provider) = cluster.object(reference.id)?.flux else {
      return "\(reference.id), which is not in the cluster"
    }
    let details = [provider.type?.value, provider.channel.map { "channel \($0.value)" }].compactMap { $0 }
    let paused = value.suspend?.value == true || provider.suspend?.value == true ? "; suspended" : ""
    return "\(reference.id) (\(details.joined(separator: ", ")))\(paused)"
  }
}

extension StoryTeller {
  /// What a reconciler does, and what its identity lets it do to the next object.
  private func work(of reconciliation: Reconciliation, on next: AppliedObject?) -> ObjectStory.Work {
    let teller = WorkTeller(cluster: cluster, access: access)
    return ObjectStory.Work(
      source: teller.source(of: reconciliation), path: teller.path(of: reconciliation),
      account: cluster.identity(of: reconciliation).account?.description ?? "whoever the kubeconfig lets in",
      identity: teller.identity(of: reconciliation), rights: next.flatMap { teller.rights(of: reconciliation, on: $0) },
      remarks: teller.remarks(on: reconciliation))
  }
}

extension Reconciliation {
  /// What it waits for: everything, by the field at `all`, or single objects.
  fileprivate var healthWaits: (all: Location?, checks: [ObjectRef]) {
    switch definition {
    case .kustomization(let value):
      if let flag = value.wait, flag.value { return (flag.origin.location, []) }
      return (nil, value.healthChecks)
    case .resourceSet(let value):
      return (value.wait.flatMap { $0.value ? $0.origin.location : nil }, [])
    default: return (nil, [])
    }
  }
}

extension HelmRelease {
  /// Whether an installation waits for its objects.
  fileprivate var waits: Bool { install?.value.disableWait?.value != true }
}

extension AppliedObject {
  /// Whether Helm looks at the health of objects of this kind, in every version.
  fileprivate var isWaitedForByHelm: Bool {
    let kinds: Set = [
      "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "PersistentVolumeClaim", "Service", "Job",
    ]
    return ["", "apps", "batch"].contains(id.group) && kinds.contains(id.kind)
  }
}

extension EntryPoint {
  /// How the cluster was found, in words.
  public var words: String { kind == .folder ? "by its folder \(path)" : kind.words }
  /// The place that leads into the cluster. A folder has none: its objects say nothing of what reconciles them.
  var place: Location? { kind == .folder ? nil : location }
}

extension EntryPoint.Kind {
  /// The kind in words.
  public var words: String {
    switch self {
    case .bootstrap: "by flux bootstrap"
    case .fluxInstance: "by a FluxInstance"
    case .configured: "by configuration"
    case .folder: "by its folder"
    case .remote: "by the Flux that another cluster installs there"
    }
  }
}
