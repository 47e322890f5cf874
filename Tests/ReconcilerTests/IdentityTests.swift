import ClusterModel
import Kubernetes
import Testing

/// In whose name objects are applied, and what the cluster's bindings give to that account.
@Suite struct IdentityTests {
  private static let kustomization = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: shop, namespace: shop}
    spec:
      interval: 10m
      path: ./shop
      prune: true
      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}

    """

  private static let deployment = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, namespace: shop}
    """

  /// The cluster with these access rules, whose Kustomization `shop` works as `deployer`.
  private func cluster(_ rules: String, _ spec: String = "  serviceAccountName: deployer\n") throws -> Cluster {
    try Fleet.cluster([
      "clusters/prod/shop.yaml": Self.kustomization + spec, "clusters/prod/rules.yaml": rules,
      "shop/web.yaml": Self.deployment,
    ])
  }

  private let deployer = AccessControl.Account(namespace: "shop", name: "deployer")

  private func verdict(_ rules: String, on kind: String = "Deployment", _ group: String = "apps") throws
    -> AccessControl.Verdict
  {
    let id = ObjectID(group: group, kind: kind, namespace: "shop", name: "web")
    return AccessControl(try cluster(rules)).verdict(on: deployer, applying: id, prunes: true)
  }

  private static func binding(
    _ role: String, subjects: String = "[{kind: ServiceAccount, name: deployer, namespace: shop}]",
    kind: String = "RoleBinding", namespace: String = "shop"
  ) -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: \(kind)
    metadata: {name: deployers, namespace: \(namespace)}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: \(role)}
    subjects: \(subjects)
    ---

    """
  }

  private static func role(_ name: String, _ fields: String, labels: String = "{}") -> String {
    """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: \(name), labels: \(labels)}
    \(fields)
    ---

    """
  }

  private let bindingID = ObjectID(
    group: "rbac.authorization.k8s.io", kind: "RoleBinding", namespace: "shop", name: "deployers")

  // MARK: who

  @Test func theAccountIsTheOneNamed() throws {
    let cluster = try cluster("")
    guard case .named(let account, _) = cluster.identity(of: try cluster.reconciliation("Kustomization", "shop")) else {
      Issue.record("no account is named")
      return
    }
    #expect(account == deployer)
  }

  @Test func withoutANameItIsTheControllersOwn() throws {
    let cluster = try cluster("", "")
    let identity = cluster.identity(of: try cluster.reconciliation("Kustomization", "shop"))
    #expect(identity == .controller(.init(namespace: "flux-system", name: "kustomize-controller")))
  }

  @Test func aFlagOfTheControllerNamesIt() throws {
    let controller = """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: kustomize-controller, namespace: flux-system}
      spec: {template: {spec: {containers: [{name: manager, args: [--default-service-account=tenant]}]}}}
      """
    let cluster = try cluster(controller, "")
    let identity = cluster.identity(of: try cluster.reconciliation("Kustomization", "shop"))
    #expect(identity.account == .init(namespace: "shop", name: "tenant"))
  }

  @Test func aKubeConfigLeadsElsewhere() throws {
    let cluster = try cluster("", "  serviceAccountName: deployer\n  kubeConfig: {secretRef: {name: edge}}\n")
    let identity = cluster.identity(of: try cluster.reconciliation("Kustomization", "shop"))
    #expect(identity == .remote(cluster: "Secret/shop/edge", account: deployer))
  }

  // MARK: what it may do

  @Test func aRoleBindingGivesItsNamespace() throws {
    #expect(try verdict(Self.binding("cluster-admin")) == .allowed(by: [bindingID]))
    #expect(
      try verdict(Self.binding("cluster-admin", namespace: "other"))
        == .denied(missing: ["get", "create", "patch", "delete"]))
  }

  @Test(arguments: [
    "[{kind: Group, name: \"system:serviceaccounts:shop\"}]", "[{kind: Group, name: \"system:serviceaccounts\"}]",
    "[{kind: User, name: \"system:serviceaccount:shop:deployer\"}]", "[{kind: ServiceAccount, name: deployer}]",
  ]) func isMeantByNameUserAndGroup(_ subjects: String) throws {
    #expect(try verdict(Self.binding("edit", subjects: subjects)) == .allowed(by: [bindingID]))
  }

  @Test func standardRolesGiveWhatTheyGive() throws {
    #expect(try verdict(Self.binding("view")) == .denied(missing: ["create", "patch", "delete"]))
    #expect(try verdict(Self.binding("edit"), on: "Role", "rbac.authorization.k8s.io") != .allowed(by: [bindingID]))
    #expect(try verdict(Self.binding("admin"), on: "Role", "rbac.authorization.k8s.io") == .allowed(by: [bindingID]))
  }

  @Test func customResourcesComeByAggregation() throws {
    let rules = "rules: [{apiGroups: [source.toolkit.fluxcd.io], resources: [\"*\"], verbs: [\"*\"]}]"
    let label = "{rbac.authorization.k8s.io/aggregate-to-edit: \"true\"}"
    for name in ["edit", "admin"] {
      let text = Self.binding(name) + Self.role("flux-edit", rules, labels: label)
      #expect(try verdict(text, on: "GitRepository", "source.toolkit.fluxcd.io") == .allowed(by: [bindingID]))
    }
    #expect(
      try verdict(Self.binding("edit"), on: "GitRepository", "source.toolkit.fluxcd.io")
        == .denied(missing: ["get", "create", "patch", "delete"]))
  }

  @Test func ownRolesAggregateToo() throws {
    let selector = "aggregationRule: {clusterRoleSelectors: [{matchLabels: {team: shop}}]}"
    let rules = "rules: [{apiGroups: [apps], resources: [deployments], verbs: [get, create, patch, delete]}]"
    let text =
      Self.binding("shop") + Self.role("shop", selector) + Self.role("shop-apps", rules, labels: "{team: shop}")
    #expect(try verdict(text) == .allowed(by: [bindingID]))
    #expect(try verdict(text.replacing("{team: shop}\n", with: "{}\n")) != .denied(missing: []))
  }

  @Test func namesNarrowARule() throws {
    func rules(_ name: String) -> String {
      "rules: [{apiGroups: [apps], resources: [deployments], resourceNames: [\(name)], verbs: [\"*\"]}]"
    }
    #expect(try verdict(Self.binding("own") + Self.role("own", rules("web"))) == .allowed(by: [bindingID]))
    #expect(
      try verdict(Self.binding("own") + Self.role("own", rules("api")))
        == .denied(missing: ["get", "create", "patch", "delete"]))
  }

  @Test func aRoleThatIsNotThereIsNotKnown() throws {
    let role = ObjectID(group: "rbac.authorization.k8s.io", kind: "ClusterRole", namespace: "", name: "platform")
    #expect(try verdict(Self.binding("platform")) == .unknown(role: role))
  }
}
