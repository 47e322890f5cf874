import ClusterModel
import Diagnostics
import Flux
import Kubernetes
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
      guard let name = written?.value ?? standard?.value, !name.isEmpty,
        let binding = AdminBinding.all(in: context.cluster).first(where: {
          $0.covers(account: name, in: applier.id.namespace)
        })
      else { return }
      report.add(
        .admin(applier.id, name, tenant, binding), at: written?.origin ?? applier.object.manifest.origin,
        about: applier.object, field: "spec.serviceAccountName",
        related: [RelatedLocation("\(binding.id) gives it the rights", at: binding.place)])
    })
}

/// A ClusterRoleBinding that gives everything.
private struct AdminBinding {
  let id: ObjectID
  let role: String
  let place: Location
  private let subjects: [Node]

  /// A RoleBinding to the same role gives its namespace only.
  static func all(in cluster: Cluster) -> [AdminBinding] {
    cluster.objects.filter { $0.id.kind == "ClusterRoleBinding" && $0.id.group == "rbac.authorization.k8s.io" }
      .compactMap { AdminBinding($0, in: cluster) }
  }

  private init?(_ object: AppliedObject, in cluster: Cluster) {
    guard cluster.reconciliations[object.reconciliation].remoteCluster == nil,
      let name = object.manifest.node[path: "roleRef", "name"], let role = name.scalar?.text,
      Self.givesEverything(role, in: cluster)
    else { return nil }
    id = object.id
    self.role = role
    place = name.origin.location
    subjects = object.manifest.node["subjects"]?.sequence ?? []
  }

  private static func givesEverything(_ role: String, in cluster: Cluster) -> Bool {
    if role == "cluster-admin" { return true }
    let id = ObjectID(group: "rbac.authorization.k8s.io", kind: "ClusterRole", namespace: "", name: role)
    let rules = cluster.object(id)?.manifest.node["rules"]?.sequence ?? []
    return rules.contains { rule in
      ["apiGroups", "resources", "verbs"].allSatisfy { rule[$0]?.texts.contains("*") ?? false }
    }
  }

  func covers(account: String, in namespace: String) -> Bool {
    subjects.contains { subject in
      let name = subject["name"]?.scalar?.text
      switch subject["kind"]?.scalar?.text {
      case "ServiceAccount": return name == account && subject["namespace"]?.scalar?.text == namespace
      case "Group": return name == "system:serviceaccounts" || name == "system:serviceaccounts:\(namespace)"
      case "User": return name == "system:serviceaccount:\(namespace):\(account)"
      default: return false
      }
    }
  }
}

extension Message {
  fileprivate static func admin(
    _ id: ObjectID, _ account: String, _ tenant: String, _ binding: AdminBinding
  ) -> Self {
    let role =
      binding.role == "cluster-admin" ? "cluster-admin" : "ClusterRole '\(binding.role)', which may do anything"
    return Message(
      "\(id) of tenant '\(tenant)' works as service account '\(account)', which \(binding.id) binds to \(role)")
  }
}
