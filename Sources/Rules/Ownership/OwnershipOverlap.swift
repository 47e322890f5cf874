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
      let nested = Set(PathOverlap.all(in: context).map(\.members))
      var told: Set<[Int]> = []
      let shared = context.cluster.inventories.flatMap { inventory in
        inventory.index.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      }
      for (id, positions) in shared {
        let owners = Owner.sharing(positions, in: context.cluster)
        if owners.count > 1 {
          let pair = owners.map(\.position)
          // One path inside another makes all of its objects doubles: their paths are the cause, said once.
          if nested.contains(Set(pair)) {
            guard told.insert(pair).inserted else { continue }
          }
          // The one that came second is what to look at: whoever builds on the other, else the last by name.
          let second = owners.first { $0.isBuilt(on: owners, context.cluster.graph) } ?? owners[owners.count - 1]
          report.add(
            .shared(id, owners), at: second.object.manifest.origin, about: second.object, field: "metadata.name",
            related: owners.flatMap { $0.story(besides: second) })
        }
      }
    })
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
    return owners.sorted { ($0.reconciliation.id, $0.position) < ($1.reconciliation.id, $1.position) }
  }

  /// Whether it waits for one of the others.
  func isBuilt(on others: [Owner], _ graph: Graph) -> Bool {
    let members = others.filter { $0.id != id }.compactMap { graph.node($0.id) }
    guard let own = graph.node(id) else { return false }
    return graph.dependents(of: members, [.dependsOn, .appliedBy]).contains(own)
  }

  var id: ObjectID { reconciliation.id }
  var prunes: Bool { reconciliation.prunes && !object.isProtectedFromPruning }

  /// Where it says what it applies, and whether it deletes it.
  func story(besides told: Owner) -> [RelatedLocation] {
    let effect = prunes ? "and deletes it when it no longer contains it" : "and never deletes it"
    var places = [RelatedLocation("\(id) applies it, \(effect)", at: reconciliation.prunePlace)]
    if object.manifest.origin.location != told.object.manifest.origin.location {
      places.insert(RelatedLocation("\(id) takes it from here", at: object.manifest.origin.location), at: 0)
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
  fileprivate static func shared(_ id: ObjectID, _ owners: [Owner]) -> Self {
    let names = Listing.of(owners.map(\.id.description))
    let pruning = owners.filter(\.prunes)
    let protections = Set(owners.map(\.object.isProtectedFromPruning))
    var text = "\(id) is applied by \(names)"
    if protections.count > 1 {
      let guarded = owners.filter { $0.object.isProtectedFromPruning }.map(\.id.description)
      text += "; only \(Listing.of(guarded)) protects it from pruning, and whoever applies last decides"
    } else if pruning.count == owners.count {
      text += "; whichever drops it deletes it for the other"
    } else if !pruning.isEmpty {
      text += "; \(Listing.of(pruning.map(\.id.description))) deletes it when it drops it"
    }
    return Message(text)
  }
}
