import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let serviceAccountMissing = Rule(
    id: "service-account-missing", chapter: .tenancy, severity: .error,
    title: "a tenant's reconciler works with the controller's own rights",
    why: """
      Without a service account the controller applies what the tenant writes with its own rights, which are those of a \
      cluster administrator: whoever can push to the tenant's repository owns the cluster.
      """,
    remedy: "Name a service account of the tenant's namespace in `spec.serviceAccountName`, or start the controllers "
      + "with `--default-service-account`.",
    tags: ["security", "tenancy"], securitySeverity: "8.8",
    check: .applier { applier, context, report in
      // With a kubeconfig the rights are those of the account in it.
      guard applier.serviceAccountName?.value.isEmpty ?? true, applier.kubeConfig == nil,
        let tenant = context.tenant(of: applier.id.namespace),
        context.cluster.settings.defaultServiceAccount[applier.controller]?.value.isEmpty ?? true
      else { return }
      let removal = applier.object.removal(of: ["spec", "serviceAccountName"])
      report.add(
        .missing(applier, tenant: tenant),
        at: applier.serviceAccountName?.origin ?? removal ?? applier.object.manifest.origin, about: applier.object,
        field: "spec.serviceAccountName")
    })
}

extension Message {
  fileprivate static func missing(_ applier: Applier, tenant: String) -> Self {
    Message(
      "\(applier.id) of tenant '\(tenant)' names no service account, so \(applier.controller) applies its "
        + "objects with its own rights (in a standard installation those of a cluster administrator)",
      help:
        "Set `spec.serviceAccountName` to a service account of namespace '\(applier.id.namespace)' that may do what "
        + "the tenant may, or start \(applier.controller) with `--default-service-account`.")
  }
}
