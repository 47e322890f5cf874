import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies
import YAML

extension Rule {
  static let serviceAccountClusterAdmin = Rule(
    id: "service-account-cluster-admin", chapter: .tenancy, severity: .error,
    title: "a tenant works with the rights of a cluster administrator",
    why: """
      Flux applies what the tenant writes in the name of this account. Bound to everything, it gives whoever can push to \
      the tenant's repository the whole cluster.
      """,
    remedy: "Bind the account to a role in the tenant's namespaces, by RoleBindings.",
    tags: ["security", "tenancy"], securitySeverity: "9.0",
    check: .applier { applier, context, report in
      guard applier.kubeConfig == nil, let tenant = context.tenant(of: applier.id.namespace) else { return }
      let written = applier.serviceAccountName.flatMap { $0.value.isEmpty ? nil : $0 }
      let standard = context.cluster.settings.defaultServiceAccount[applier.controller]
      guard let name = written?.value ?? standard?.value, !name.isEmpty else { return }
      let account = AccessControl.Account(namespace: applier.id.namespace, name: name)
      guard let grant = context.facts.access.grants(to: account).first(where: isAdministrator) else { return }
      let use = written?.origin.location ?? applier.object.manifest.origin.location
      let rule = context.cluster.object(grant.role).flatMap(Self.unlimitedRule)
      report.add(
        .admin(applier.id, name, tenant, grant), at: rule ?? grant.place, about: applier.object.reference,
        field: "spec.serviceAccountName",
        related: (rule == nil ? [] : [RelatedLocation("\(grant.binding) gives it the rights", at: grant.place)])
          + [RelatedLocation("\(applier.id) works as '\(name)'", at: use)] + applier.object.trace)
    })

  /// Where a role names all resources, in the rule that allows everything; nil for a role that only collects others.
  private static func unlimitedRule(of role: AppliedObject) -> Location? {
    let rules = role.manifest.node["rules"]?.sequence ?? []
    guard let rule = rules.first(where: { AccessRule($0).allowsEverything }) else { return nil }
    return (rule["resources"]?.sequence?.first { $0.scalar?.text == "*" } ?? rule).origin.location
  }

  /// A RoleBinding gives its namespace only, which is as it should be in the tenant's own. Who may do anything where the
  /// controllers run can take over their accounts.
  private static func isAdministrator(_ grant: AccessControl.Grant) -> Bool {
    guard grant.givesEverything else { return false }
    return grant.namespace.map { ["kube-system", Tenancy.platformNamespace].contains($0) } ?? true
  }
}

extension Message {
  fileprivate static func admin(
    _ id: ObjectID, _ account: String, _ tenant: String, _ grant: AccessControl.Grant
  ) -> Self {
    let role =
      grant.role.name == "cluster-admin" && grant.role.kind == "ClusterRole"
      ? "cluster-admin" : "\(grant.role.kind) '\(grant.role.name)', which may do anything"
    let scope = grant.namespace.map { " in namespace '\($0)', from where the whole cluster can be had" } ?? ""
    return Message(
      "\(id) of tenant '\(tenant)' works as service account '\(account)', which \(grant.binding) binds to \(role)\(scope)"
    )
  }
}
