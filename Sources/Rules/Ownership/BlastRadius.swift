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
      let namespaces = Set(objects.map(\.id.namespace)).subtracting([""])
      if objects.count > context[objectLimit] {
        report.add(
          .objects(own.id, objects.count, context[objectLimit]), at: root.manifest.origin,
          about: root, field: "objects")
      }
      if namespaces.count > context[namespaceLimit] {
        report.add(
          .namespaces(own.id, namespaces.count, context[namespaceLimit]), at: root.manifest.origin,
          about: root, field: "namespaces")
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
    guard case .local(_, let root) = own.source, let path = own.path
    else { return false }
    return path.below(root) == cluster.entryPoint.path
  }

  /// The controllers are what the root is there for.
  private static func isOfFlux(_ object: AppliedObject, _ cluster: Cluster) -> Bool {
    object.manifest.label("app.kubernetes.io/part-of") == "flux"
      || (cluster.index[object.id] ?? []).contains {
        cluster.reconciliations[cluster.objects[$0].reconciliation].kind == .bootstrap
      }
  }

  private static let objectLimit = Parameter("objects", default: 300, "The most objects of one Kustomization.")
  private static let namespaceLimit = Parameter(
    "namespaces", default: 20, "The most namespaces that one Kustomization reaches into.")
}

extension Message {
  fileprivate static func objects(_ id: ObjectID, _ count: Int, _ limit: Int) -> Self {
    Message("\(id) applies \(count) objects, more than \(limit): they succeed or fail together")
  }

  fileprivate static func namespaces(_ id: ObjectID, _ count: Int, _ limit: Int) -> Self {
    Message("\(id) reaches into \(count) namespaces, more than \(limit)")
  }

  fileprivate static func root(_ id: ObjectID, _ workloads: [ObjectID]) -> Self {
    Message("\(id) is the root of the cluster, and applies \(Listing.of(workloads.map(\.description))) directly")
  }
}
