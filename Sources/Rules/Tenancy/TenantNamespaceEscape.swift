import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let tenantNamespaceEscape = Rule(
    id: "tenant-namespace-escape", chapter: .tenancy, severity: .error,
    title: "a tenant applies objects into a namespace that is not its own",
    why: """
      What runs in a namespace has its secrets, quotas and network rights. A tenant that can put objects into somebody \
      else's has those too.
      """,
    remedy: "Apply into the tenant's own namespaces only.", tags: ["security", "tenancy"], securitySeverity: "8.0",
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.target.isEmpty, let tenant = context.tenant(of: reconciliation.id.namespace) else { return }
      if let target = reconciliation.targetNamespace {
        guard context.tenant(of: target.value) != tenant else { return }
        report.add(
          .target(reconciliation.id, target.value, tenant), at: target.origin.location, about: reconciliation.reference,
          field: "spec.targetNamespace", related: target.origin.trace + reconciliation.trace)
        return
      }
      for object in reconciliation.objects.map({ context.cluster.objects[$0] }) {
        guard !object.id.namespace.isEmpty, context.tenant(of: object.id.namespace) != tenant else { continue }
        let place = object.manifest.node[path: "metadata", "namespace"]?.origin ?? object.manifest.origin
        report.add(
          .object(object.id, reconciliation.id, tenant), at: place, about: object, field: "metadata.namespace",
          related: [RelatedLocation("\(reconciliation.id) applies it", at: reconciliation.location)])
      }
    })
}

extension Reconciliation {
  /// The namespace that all its objects are put into.
  fileprivate var targetNamespace: Field<String>? {
    switch definition {
    case .kustomization(let value): value.targetNamespace
    case .helmRelease(let value): value.targetNamespace
    default: nil
    }
  }
}

extension Message {
  fileprivate static func target(_ id: ObjectID, _ namespace: String, _ tenant: String) -> Self {
    Message("\(id) of tenant '\(tenant)' puts its objects into namespace '\(namespace)', which is not the tenant's")
  }

  fileprivate static func object(_ id: ObjectID, _ owner: ObjectID, _ tenant: String) -> Self {
    Message(
      "\(id) goes to namespace '\(id.namespace)', which does not belong to tenant '\(tenant)'",
      extent: ", whose \(owner) applies it")
  }
}
