import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let tenantClusterScoped = Rule(
    id: "tenant-cluster-scoped", chapter: .tenancy, severity: .error,
    title: "a tenant applies an object of the whole cluster",
    why:
      "What has no namespace belongs to everybody in the cluster: a tenant that may change it can change the others.",
    remedy: "Have the platform apply the object, or allow its kind to tenants in the parameters.",
    parameters: [allowedKinds.signature], tags: ["security", "tenancy"], securitySeverity: "7.5",
    check: .object { object, context, report in
      let owner = context.cluster.reconciliations[object.reconciliation]
      // Who owns what in a remote cluster is not known here.
      guard owner.target.isEmpty, object.id.namespace.isEmpty, let tenant = context.tenant(of: owner.id.namespace),
        context.isOfCluster(object.id),
        !context[allowedKinds].contains(object.id.kind)
      else { return }
      let place = object.manifest.node["kind"]?.origin ?? object.manifest.origin
      report.add(
        .clusterScoped(object.id, owner.id, tenant), at: place, about: object, field: "kind",
        related: [RelatedLocation("\(owner.id) applies it", at: owner.location)])
    })

  private static let allowedKinds = Parameter(
    "allowedKinds", default: [String](), "Kinds that tenants may apply nevertheless.")
}

extension RuleContext {
  /// Whether objects of that type have no namespace, as far as that is known.
  fileprivate func isOfCluster(_ id: ObjectID) -> Bool {
    let scope =
      BuiltInKinds.kind(group: id.group, kind: id.kind)?.scope
      ?? Definitions(cluster).scope(of: id, in: cluster) ?? CommonKinds.scope(group: id.group, kind: id.kind)
    return scope == .cluster
  }
}

extension Message {
  fileprivate static func clusterScoped(_ id: ObjectID, _ owner: ObjectID, _ tenant: String) -> Self {
    Message("\(id) belongs to the whole cluster, but", extent: " \(owner) of tenant '\(tenant)' applies it")
  }
}
