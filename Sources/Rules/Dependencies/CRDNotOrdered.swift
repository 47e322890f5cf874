import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let crdNotOrdered = Rule(
    id: "crd-not-ordered", chapter: .dependencies, severity: .error,
    title: "a custom resource can be applied before its definition",
    why: """
      The definition comes with another reconciler, and nothing makes this one wait for it. On a fresh cluster the API \
      server does not know the type yet, and everything that is applied together with the object fails.
      """,
    remedy: "Depend on what brings the definition, or move the definition to something that comes first.",
    check: .cluster { context, report in
      let cluster = context.cluster
      var ordering = Ordering(cluster)
      let stuck = context.neverStarting
      for use in CustomUse.all(in: context) {
        let owner = cluster.reconciliations[use.reconciliation]
        if stuck.contains(owner.id) { continue }
        let makers = use.definitions.map { cluster.reconciliations[cluster.objects[$0].reconciliation] }
        let isOrdered = makers.contains { maker in
          maker.kind.isGiven || maker.id == owner.id || ordering.comes(maker.id, before: owner.id)
        }
        guard !isOrdered, let maker = makers.first else { continue }
        let definition = cluster.objects[use.definitions[0]]
        let object = cluster.objects[use.objects[0]]
        let isChild = ordering.comes(owner.id, before: maker.id)
        report.add(
          .early(object.id, others: use.objects.count - 1, owner.id, definition.id, maker.id, isNever: isChild),
          at: object.manifest.node["kind"]?.origin ?? object.manifest.origin, about: object, field: "kind",
          related: [RelatedLocation("\(maker.id) brings the definition", at: definition.manifest.origin.location)])
      }
    })
}

/// The custom resources of one type that one reconciler applies.
struct CustomUse {
  var reconciliation: Int
  var definitions: [Int]
  var objects: [Int]

  static func all(in context: RuleContext) -> [CustomUse] {
    struct Key: Hashable {
      var reconciliation: Int
      var type: Definitions.TypeName
    }
    let cluster = context.cluster
    var definitions: [String?: Definitions] = [:]
    for inventory in cluster.inventories {
      definitions[inventory.remote] = Definitions(cluster, remote: inventory.remote)
    }
    var found: [CustomUse] = []
    var positions: [Key: Int] = [:]
    for (index, object) in cluster.objects.enumerated() where !object.id.group.isEmpty {
      let type = Definitions.TypeName(group: object.id.group, kind: object.id.kind)
      let owner = cluster.reconciliations[object.reconciliation]
      // The controllers' own types are there before anything is reconciled.
      guard let known = definitions[owner.remoteCluster]?.byType[type], !owner.kind.isGiven,
        FluxKind(object.manifest.type) == nil, !isDeclared(known, context)
      else { continue }
      let key = Key(reconciliation: object.reconciliation, type: type)
      if let position = positions[key] {
        found[position].objects.append(index)
      } else {
        positions[key] = found.count
        found.append(CustomUse(reconciliation: object.reconciliation, definitions: known, objects: [index]))
      }
    }
    return found
  }

  private static func isDeclared(_ definitions: [Int], _ context: RuleContext) -> Bool {
    definitions.contains { context.isExternal(context.cluster.objects[$0].id) }
  }
}

extension Message {
  fileprivate static func early(
    _ id: ObjectID, others: Int, _ owner: ObjectID, _ definition: ObjectID, _ maker: ObjectID, isNever: Bool
  ) -> Self {
    let subject = others == 0 ? "\(id) is" : "\(id) and \(others) more are"
    let reason =
      isNever
      ? "which \(owner) itself has to make first: neither ever succeeds" : "which \(owner) does not wait for"
    return Message(
      "\(subject) applied",
      extent: " by \(owner), but its definition '\(definition.name)' comes with \(maker), \(reason)")
  }
}
