import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

extension Rule {
  static let blastRadius = Rule(
    id: "blast-radius", chapter: .ownership, severity: .warning,
    title: "one Kustomization holds too much",
    why: """
      It succeeds or fails as a whole: one wrong object holds up all the others, and one wrong path prunes them all. For \
      the root of a cluster that is everything.
      """,
    remedy: "Split it into Kustomizations that fail on their own; let the root apply Flux's objects only.",
    parameters: [objectLimit.signature, namespaceLimit.signature],
    check: .reconciliation { own, context, report in
      guard own.kind == .kustomization, let root = context.cluster.object(own.id) else { return }
      let objects = own.objects.map { context.cluster.objects[$0] }
      // What leads to others, or only holds them, does not itself succeed or fail with them.
      let counted = objects.filter { $0.flux == nil && !$0.isNamespace }
      let namespaces = Set(counted.map(\.id.namespace)).subtracting([""])
      let excess = [
        Excess("applies", "objects", counted.count, limit: context[objectLimit]),
        Excess("reaches into", "namespaces", namespaces.count, limit: context[namespaceLimit]),
      ].filter { $0.count > $0.limit }
      if let first = excess.first {
        report.add(.holdsTooMuch(own.id, excess), at: root.manifest.origin, about: root, field: first.noun)
      }
      guard isRoot(own, context.cluster) else { return }
      let workloads = objects.filter { Workload($0) != nil && !isOfFlux($0, context.cluster) }
      guard let first = workloads.first else { return }
      let place = first.manifest.node["kind"]?.origin ?? first.manifest.origin
      report.add(
        .root(own.id, workloads.map(\.id)), at: place, about: root, field: "workloads")
    })

  /// The Kustomization that leads into the cluster.
  private static func isRoot(_ own: Reconciliation, _ cluster: Cluster) -> Bool {
    own.folder == cluster.entryPoint.path
  }

  /// The controllers are what the root is there for, with what is written beside them in their own file.
  private static func isOfFlux(_ object: AppliedObject, _ cluster: Cluster) -> Bool {
    object.manifest.label("app.kubernetes.io/part-of") == "flux"
      || cluster.settings.instances.contains { controller in
        let id = ObjectID(group: "apps", kind: "Deployment", namespace: object.id.namespace, name: controller.name)
        return controller.namespace == object.id.namespace
          && cluster.object(id)?.manifest.origin.file == object.manifest.origin.file
      }
      || (cluster.index[object.id] ?? []).contains {
        cluster.reconciliations[cluster.objects[$0].reconciliation].kind.isGiven
      }
  }

  private static let objectLimit = Parameter(
    "objects", default: 300, "The most objects of one Kustomization, Flux's own and Namespaces aside.")
  private static let namespaceLimit = Parameter(
    "namespaces", default: 20, "The most namespaces that one Kustomization reaches into.")
}

extension AppliedObject {
  fileprivate var isNamespace: Bool { id.kind == "Namespace" && id.group.isEmpty }
}

/// A number that is above its limit.
private struct Excess {
  let verb: String
  let noun: String
  let count: Int
  let limit: Int

  init(_ verb: String, _ noun: String, _ count: Int, limit: Int) {
    (self.verb, self.noun, self.count, self.limit) = (verb, noun, count, limit)
  }
}

extension Message {
  fileprivate static func holdsTooMuch(_ id: ObjectID, _ excess: [Excess]) -> Self {
    let parts = excess.map { "\($0.verb) \($0.count) \($0.noun), more than \($0.limit)" }
    return Message("\(id)", extent: " \(parts.joined(separator: ", and ")): all of it succeeds or fails together")
  }

  fileprivate static func root(_ id: ObjectID, _ workloads: [ObjectID]) -> Self {
    Message("\(id) is the root of the cluster, and applies \(Listing.of(workloads.map(\.description))) directly")
  }
}
