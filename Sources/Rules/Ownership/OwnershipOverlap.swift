import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let ownershipOverlap = Rule(
    id: "ownership-overlap", chapter: .ownership, severity: .error,
    title: "two reconcilers apply the same object",
    why: """
      Each undoes what the other has done, at every interval. When one of them no longer contains the object and prunes, \
      it deletes what the other still wants: a Namespace lost that way takes everything in it along.
      """,
    remedy: "Leave the object to one of them. To share it on purpose, set "
      + "`kustomize.toolkit.fluxcd.io/ssa: Merge` or `IfNotPresent` on the second one.",
    tags: ["reliability", "ownership"],
    check: .cluster { context, report in
      // One path inside another makes all of its objects doubles: their paths are the cause, said by another rule.
      let nested = PathOverlap.all(in: context).map(\.members)
      let shared = context.cluster.inventories.flatMap { inventory in
        inventory.index.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      }
      var found: [SharedObject] = []
      for (id, positions) in shared {
        let owners = Owner.sharing(positions, in: context.cluster)
        guard owners.count > 1, !nested.contains(where: Set(owners.map(\.position)).isSubset) else { continue }
        found.append(SharedObject(id: id, owners: owners, graph: context.cluster.graph))
      }
      for group in SharedObject.groups(found) {
        let (first, others) = (group[0], group.dropFirst())
        report.add(
          .shared(first, others.map(\.id)), at: first.second.object.manifest.origin, about: first.second.object,
          field: "metadata.name",
          related: first.owners.flatMap { $0.story(besides: first.second) }
            + others.map { RelatedLocation("\($0.id) too", at: $0.second.object.manifest.origin.location) },
          severity: group.allSatisfy(\.isHarmless) ? .info : nil)
      }
    })
}

/// An object that several apply.
private struct SharedObject {
  let id: ObjectID
  let owners: [Owner]
  /// The one to look at, that came second: whoever builds on the other, else the last by name.
  let second: Owner

  init(id: ObjectID, owners: [Owner], graph: Graph) {
    (self.id, self.owners) = (id, owners)
    second = owners.first { $0.isBuilt(on: owners, graph) } ?? owners[owners.count - 1]
  }

  /// The fields that the owners write differently.
  var differences: [String] {
    guard let first = owners.first else { return [] }
    var fields: [String] = []
    for other in owners.dropFirst() {
      fields += FieldDifference.paths(first.object.manifest.node, other.object.manifest.node)
        .filter { !fields.contains($0) }
    }
    return fields
  }

  /// Whether nobody deletes it and nobody undoes what another has written, as things are.
  var isHarmless: Bool { !owners.contains(where: \.prunes) && differences.isEmpty }

  /// Those that came with the same files to the same owners, together: a component or a chart taken in twice.
  static func groups(_ objects: [SharedObject]) -> [[SharedObject]] {
    var order: [Key] = []
    var groups: [Key: [SharedObject]] = [:]
    for object in objects {
      let key = Key(object)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(object)
    }
    return order.compactMap { groups[$0] }
  }

  private struct Key: Hashable {
    var owners: [Int]
    var protected: [Bool]
    var folders: [Substring]

    init(_ shared: SharedObject) {
      owners = shared.owners.map(\.position)
      protected = shared.owners.map(\.isProtected)
      folders = shared.owners.map { owner in
        let path = owner.object.manifest.origin.file.path
        // A release is one thing, whatever folders its chart has.
        return owner.reconciliation.isRelease
          ? "" : path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
      }
    }
  }
}

/// One of several that apply the same object.
private struct Owner {
  let position: Int
  let reconciliation: Reconciliation
  let object: AppliedObject

  /// Those that apply the same object, by name.
  static func sharing(_ positions: [Int], in cluster: Cluster) -> [Owner] {
    var owners: [Owner] = []
    for position in positions {
      let object = cluster.objects[position]
      let reconciliation = cluster.reconciliations[object.reconciliation]
      guard reconciliation.kind != .bootstrap, !object.id.name.isEmpty, !object.isShared,
        !reconciliation.leaves(object),
        !owners.contains(where: { $0.position == object.reconciliation })
      else { continue }
      owners.append(Owner(position: object.reconciliation, reconciliation: reconciliation, object: object))
    }
    // Helm never deletes what is in `crds/`, and two releases of one chart write the same: they get along.
    if owners.allSatisfy(\.isOfFolder) { return [] }
    return owners.sorted { ($0.reconciliation.id, $0.position) < ($1.reconciliation.id, $1.position) }
  }

  /// Whether it waits for one of the others.
  func isBuilt(on others: [Owner], _ graph: Graph) -> Bool {
    let members = others.filter { $0.id != id }.compactMap { graph.node($0.id) }
    guard let own = graph.node(id) else { return false }
    return graph.dependents(of: members, [.dependsOn, .appliedBy]).contains(own)
  }

  var id: ObjectID { reconciliation.id }
  /// Its name for a reader: what applies from another cluster has one of that cluster's.
  var name: String { reconciliation.kind == .hub ? "\(id) of the hub" : id.description }
  /// Whether it is a release with a definition in its chart's `crds/`.
  var isOfFolder: Bool { reconciliation.isRelease && object.isChartDefinition }
  /// Whether the object is kept when this one drops it.
  var isProtected: Bool { object.isKept(by: reconciliation) }
  var prunes: Bool { reconciliation.prunes && !isProtected && !isOfFolder }

  /// Where it says what it applies, and whether it deletes it.
  func story(besides told: Owner) -> [RelatedLocation] {
    let effect = prunes ? "and deletes it when it no longer contains it" : "and never deletes it"
    // A patch that makes many prune is no place that tells them apart.
    let prunePlace = reconciliation.prunePlace
    let place = prunePlace.file == reconciliation.location.file ? prunePlace : reconciliation.location
    var places = [RelatedLocation("\(name) applies it, \(effect)", at: place)]
    if object.manifest.origin.location != told.object.manifest.origin.location {
      places.insert(RelatedLocation("\(name) takes it from here", at: object.manifest.origin.location), at: 0)
    }
    return places
  }
}

extension Reconciliation {
  /// Whether it leaves an object alone that something else has applied: definitions in a chart's `crds/`.
  fileprivate func leaves(_ object: AppliedObject) -> Bool {
    guard case .helmRelease(let release)? = definition, object.isChartDefinition else { return false }
    return release.leavesDefinitions
  }
}

extension Message {
  fileprivate static func shared(_ object: SharedObject, _ further: [ObjectID]) -> Self {
    let owners = object.owners
    let names = Listing.of(owners.map(\.name))
    let pruning = owners.filter(\.prunes)
    var text = "\(object.id) is applied by \(names)"
    if Set(owners.map(\.isProtected)).count > 1 {
      let guarded = owners.filter(\.isProtected).map(\.name)
      text += "; only \(Listing.of(guarded)) protects it from pruning, and whoever applies last decides"
    } else if pruning.count == owners.count {
      text += ": they overwrite each other, and the one that applied it last deletes it when it drops it"
    } else if pruning.isEmpty {
      text += ", none of which prunes"
    } else {
      text += "; \(Listing.of(pruning.map(\.name))) deletes it when it drops it"
    }
    // What they write may differ from object to object.
    guard further.isEmpty else {
      return Message(text + " (the same for \(Listing.of(further.map(\.description))))")
    }
    let fields = object.differences
    return Message(text + (fields.isEmpty ? "; they write the same now" : "; they differ in \(Listing.of(fields))"))
  }
}
