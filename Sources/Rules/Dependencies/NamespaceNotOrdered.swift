import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let namespaceNotOrdered = Rule(
    id: "namespace-not-ordered", chapter: .dependencies, severity: .warning,
    title: "an object can be applied before its namespace",
    why: """
      The namespace comes with another reconciler, and nothing makes this one wait for it. On a fresh cluster it fails \
      until the other is through, with everything that depends on it.
      """,
    remedy: "Depend on what creates the namespace, or create it together with the object.",
    check: .cluster { context, report in
      let cluster = context.cluster
      let makers = NamespaceMakers(cluster)
      var ordering = Ordering(cluster)
      let stuck = context.neverStarting
      for use in NamespaceUse.all(in: context) {
        let creators = makers.makers(for: use).map { cluster.reconciliations[$0] }
        guard let creator = creators.first else { continue }
        let owner = cluster.reconciliations[use.reconciliation]
        let id = ObjectID(group: "", kind: "Namespace", namespace: "", name: use.namespace)
        let isOrdered = creators.contains { creator in
          creator.kind.isGiven || owner.kind.isGiven || creator.id == owner.id
            || ordering.comes(creator.id, before: owner.id)
        }
        guard !isOrdered, !stuck.contains(owner.id), !context.isExternal(id) else { continue }
        // All of a stage is tried before any of it is applied: what misses its namespace keeps out what would make it.
        let isNever =
          owner.kind == .kustomization && creators.allSatisfy { context.makes($0.id, owner.id) }
          && !context.facts.mayExistUnseen(id, for: owner.id)
        report.add(
          isNever ? .never(use, owner.id, creator.id) : .early(use, owner.id, creator.id), at: use.place,
          about: use.object, field: "metadata.namespace[\(use.namespace)]",
          related: [RelatedLocation("\(creator.id) creates the namespace", at: creator.location)],
          severity: isNever ? .error : nil)
      }
    })
}

extension Message {
  fileprivate static func early(_ use: NamespaceUse, _ owner: ObjectID, _ creator: ObjectID) -> Self {
    let others = use.count > 1 ? " and \(use.count - 1) more" : ""
    return Message(
      "\(use.object.id)\(others) can be applied before namespace '\(use.namespace)'",
      extent: ", which \(creator) creates: \(owner) does not wait for it")
  }

  fileprivate static func never(_ use: NamespaceUse, _ owner: ObjectID, _ creator: ObjectID) -> Self {
    let others = use.count > 1 ? " and \(use.count - 1) more" : ""
    return Message(
      "\(use.object.id)\(others) can never be applied to a fresh cluster: namespace '\(use.namespace)' comes with",
      extent: " \(creator), which \(owner) applies in the same step",
      help: "Add the Namespace itself to what \(owner) applies, or move the objects to a Kustomization that depends on "
        + "what creates it.")
  }
}
