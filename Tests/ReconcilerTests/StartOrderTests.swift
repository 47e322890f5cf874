import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing

/// In which order a cluster comes up, and what waits for what.
@Suite struct StartOrderTests {
  private static func kustomization(_ name: String, _ more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 10m
      path: ./\(name)
      prune: true
      sourceRef: {kind: GitRepository, name: flux-system}
    \(more)
    ---

    """
  }

  private func cluster(_ text: String, _ files: [String: String] = [:]) throws -> Cluster {
    var texts = files
    texts["clusters/prod/all.yaml"] = text
    for name in ["crds", "infra", "apps"] where texts["\(name)/a.yaml"] == nil {
      texts["\(name)/a.yaml"] = Fleet.configMap(name, "{}")
    }
    return try Fleet.cluster(texts)
  }

  private func wave(_ name: String, in cluster: Cluster) throws -> Int? {
    let node = try #require(cluster.graph.nodes.firstIndex { $0.kind == "Kustomization" && $0.name == name })
    return StartOrder(cluster).waves[node]
  }

  private static let chain =
    kustomization("crds") + kustomization("infra", "  wait: true\n  dependsOn: [{name: crds}]")
    + kustomization("apps", "  dependsOn: [{name: infra}]")

  @Test func wavesFollowDependsOn() throws {
    let cluster = try cluster(Self.chain)
    #expect(try ["flux-system", "crds", "infra", "apps"].map { try wave($0, in: cluster) } == [1, 2, 3, 4])
  }

  @Test func whatIsWaitedForCountsForWhoDepends() throws {
    let cluster = try cluster(Self.chain, ["infra/more.yaml": Self.kustomization("more")])
    #expect(try wave("more", in: cluster) == 4)
    #expect(try wave("apps", in: cluster) == 5)
  }

  @Test func theLongestChainNamesEachReason() throws {
    let cluster = try cluster(Self.chain)
    let chain = StartOrder(cluster).longestChain
    #expect(chain.map { cluster.graph.nodes[$0.node].name } == ["flux-system", "flux-system", "crds", "infra", "apps"])
    #expect(chain.map { $0.reason?.place.span.start.line } == [nil, 9, 8, 20, 30].map { $0.map(UInt32.init) })
  }

  private static let registry = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: charts, namespace: apps}
    spec: {interval: 1h, url: https://charts.example.com, secretRef: {name: login}}
    """
  private static let login = """
    apiVersion: v1
    kind: Secret
    metadata: {name: login, namespace: apps}
    """

  /// `infra` waits for a source whose login comes with `apps`, which depends on `infra`.
  @Test func aSecretThatComesTooLateLocksBoth() throws {
    let text =
      Self.kustomization("infra", "  wait: true") + Self.kustomization("apps", "  dependsOn: [{name: infra}]")
    let cluster = try cluster(text, ["infra/charts.yaml": Self.registry, "apps/login.yaml": Self.login])
    let lock = try #require(StartOrder(cluster).deadlocks.first)
    #expect(lock.names.map(\.name).sorted() == ["apps", "charts", "infra", "login"])
    #expect(lock.story.map(\.message).contains { $0.hasSuffix("reads Secret/apps/login") }, "\(lock.story)")
    #expect(StartOrder(try self.cluster(text, ["infra/charts.yaml": Self.registry])).deadlocks.isEmpty)
  }

  /// Who sets up a cluster puts such data there by hand.
  @Test func whatAReconcilerBringsItselfIsNoNeed() throws {
    let variables = "  postBuild: {substituteFrom: [{kind: ConfigMap, name: vars}]}"
    let vars = Fleet.configMap("vars", "{a: b}").replacing("namespace: apps", with: "namespace: flux-system")
    let own = try cluster(Self.kustomization("apps", variables), ["apps/vars.yaml": vars])
    #expect(try wave("apps", in: own) == 2)
    #expect(StartOrder(own).deadlocks.isEmpty)
    let late = try cluster(
      Self.kustomization("infra", variables) + Self.kustomization("apps", "  dependsOn: [{name: infra}]"),
      ["apps/vars.yaml": vars])
    #expect(StartOrder(late).deadlocks.count == 1)
  }

  @Test func aFailureStallsWhatComesAfter() throws {
    let cluster = try cluster(Self.chain)
    let order = StartOrder(cluster)
    let crds = try #require(cluster.graph.nodes.firstIndex { $0.name == "crds" })
    let stalled = order.stalled(by: crds, order.dependents).begin.map { cluster.graph.nodes[$0].name }
    #expect(stalled == ["apps", "infra"])
  }

  @Test func aCircleNeverStarts() throws {
    let cluster = try cluster(
      Self.kustomization("infra", "  dependsOn: [{name: apps}]")
        + Self.kustomization("apps", "  dependsOn: [{name: infra}]"))
    #expect(try wave("apps", in: cluster) == nil)
    #expect(try wave("flux-system", in: cluster) == 1)
  }

  @Test func aDeadlockIsFoundThroughWaiting() throws {
    let cluster = try cluster(
      Self.kustomization("infra", "  wait: true"),
      ["infra/inner.yaml": Self.kustomization("inner", "  dependsOn: [{name: infra}]")])
    let locks = StartOrder(cluster).deadlocks
    #expect(locks.map(\.blocked.name) == ["inner"])
  }

  // MARK: notifications and images

  private func edges(_ kind: Graph.EdgeKind, in cluster: Cluster) -> [String] {
    cluster.graph.edges.filter { $0.kind == kind }
      .map { "\(cluster.graph.nodes[$0.from].name) \(cluster.graph.nodes[$0.to])" }
  }

  @Test func alertsAndReceiversAreLinked() throws {
    let cluster = try cluster(
      Self.kustomization("apps") + """
        apiVersion: notification.toolkit.fluxcd.io/v1beta3
        kind: Provider
        metadata: {name: chat, namespace: flux-system}
        spec: {type: slack}
        ---
        apiVersion: notification.toolkit.fluxcd.io/v1beta3
        kind: Alert
        metadata: {name: errors, namespace: flux-system}
        spec: {providerRef: {name: chat}, eventSources: [{kind: Kustomization, name: "*"}]}
        ---
        apiVersion: notification.toolkit.fluxcd.io/v1
        kind: Receiver
        metadata: {name: push, namespace: flux-system}
        spec: {type: github, resources: [{kind: GitRepository, name: flux-system}]}
        """)
    #expect(edges(.sendsTo, in: cluster) == ["errors Provider/flux-system/chat"])
    #expect(
      edges(.listensTo, in: cluster)
        == ["errors Kustomization/flux-system/apps", "errors Kustomization/flux-system/flux-system"])
    #expect(edges(.triggers, in: cluster) == ["push GitRepository/flux-system/flux-system"])
  }

  @Test func imagesAreLinkedFromRepositoryToAutomation() throws {
    func policy(_ name: String, _ labels: String) -> String {
      """
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImagePolicy
      metadata: {name: \(name), namespace: flux-system, labels: \(labels)}
      spec: {imageRepositoryRef: {name: web}, policy: {semver: {range: 1.x}}}
      ---

      """
    }
    let cluster = try cluster(
      """
      apiVersion: image.toolkit.fluxcd.io/v1
      kind: ImageRepository
      metadata: {name: web, namespace: flux-system}
      spec: {image: registry.example.com/web, interval: 1h}
      ---

      """ + policy("stable", "{track: stable}") + policy("beta", "{}") + """
        apiVersion: image.toolkit.fluxcd.io/v1
        kind: ImageUpdateAutomation
        metadata: {name: updates, namespace: flux-system}
        spec:
          interval: 1h
          sourceRef: {kind: GitRepository, name: flux-system}
          policySelector: {matchLabels: {track: stable}}
          update: {path: ./apps, strategy: Setters}
        """)
    #expect(
      edges(.choosesFrom, in: cluster)
        == ["beta ImageRepository/flux-system/web", "stable ImageRepository/flux-system/web"])
    #expect(edges(.writes, in: cluster) == ["updates ImagePolicy/flux-system/stable"])
  }

  // MARK: ResourceSets

  private static func set(_ name: String, _ dependencies: String, makes made: String) -> String {
    """
    apiVersion: fluxcd.controlplane.io/v1
    kind: ResourceSet
    metadata: {name: \(name), namespace: flux-system}
    spec:
      dependsOn: [\(dependencies)]
      resources:
        - {apiVersion: v1, kind: ConfigMap, metadata: {name: \(made), namespace: flux-system}}
    ---

    """
  }

  private func waves(_ cluster: Cluster, without blocks: [StartBlock] = []) -> [String: Int] {
    let waves = StartOrder(cluster, without: blocks).waves
    let sets = cluster.graph.nodes.indices.filter { cluster.graph.nodes[$0].kind == "ResourceSet" }
    return Dictionary(
      uniqueKeysWithValues: sets.compactMap { node in waves[node].map { (cluster.graph.nodes[node].name, $0) } })
  }

  @Test func aResourceSetCanDependOnAnyObject() throws {
    let made = "{apiVersion: v1, kind: ConfigMap, name: one, namespace: flux-system}"
    let cluster = try cluster(
      Self.set("first", "", makes: "one") + Self.set("second", made, makes: "two")
        + Self.set("own", "{apiVersion: v1, kind: ConfigMap, name: own, namespace: flux-system}", makes: "own")
        + Self.set("none", "{apiVersion: v1, kind: Secret, name: absent, namespace: flux-system}", makes: "three"))
    #expect(waves(cluster) == ["first": 2, "second": 3, "none": 2])
    #expect(StartOrder(cluster).deadlocks.map(\.blocked.name) == ["own"])
    #expect(cluster.graph.absences.map(\.to.description) == ["Secret/flux-system/absent"])
  }

  @Test func whatIsBlockedNeverStarts() throws {
    let ready =
      "{apiVersion: fluxcd.controlplane.io/v1, kind: ResourceSet, name: first, namespace: flux-system, ready: true}"
    let cluster = try cluster(Self.set("first", "", makes: "one") + Self.set("second", ready, makes: "two"))
    let object = try cluster.object("ResourceSet", "second")
    guard case .resourceSet(let second) = object.flux,
      let reference = second.dependsOn.first?.value.ref
    else {
      Issue.record("no dependency")
      return
    }
    let first = try cluster.object("ResourceSet", "first").id
    #expect(waves(cluster, without: [StartBlock(first, on: reference, .missing)]).isEmpty)
  }

  @Test func rolesOfAResourceSetAreAStage() throws {
    let cluster = try Fleet.cluster(
      set:
        """
        resources:
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: apps}}
          - {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a, namespace: apps}}
        """)
    #expect(cluster.staged(try Fleet.set(in: cluster)).map(\.stage) == [.custom, .rest])
  }
}
