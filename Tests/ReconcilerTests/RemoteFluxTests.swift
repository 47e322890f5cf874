import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing

/// Flux in clusters that a kubeconfig leads to.
@Suite struct RemoteFluxTests {
  private static func kustomization(_ name: String, path: String, remote: String? = nil) -> String {
    let access = remote.map { "\n  kubeConfig: {secretRef: {name: \($0)}}" } ?? ""
    return """
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: \(name), namespace: flux-system}
      spec:
        interval: 10m
        path: \(path)
        prune: true
        sourceRef: {kind: GitRepository, name: flux-system}\(access)

      """
  }

  private static let controllers = """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: kustomize-controller
      namespace: flux-system
      labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/version: v2.8.1}
    spec:
      template:
        spec:
          containers: [{name: manager, image: "ghcr.io/fluxcd/kustomize-controller:v1.8.0", args: [--no-remote-bases=true]}]
    """

  private static let settings = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings, namespace: shop}
    """

  /// A hub that puts Flux, a source and Kustomizations into an edge cluster.
  private static let spoke = [
    "clusters/prod/edge.yaml": kustomization("edge", path: "./spokes/edge", remote: "edge"),
    "spokes/edge/flux.yaml": controllers,
    "spokes/edge/sync.yaml": """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, url: "ssh://git@git.example.com/fleet.git", ref: {branch: main}}

    """ + kustomization("apps", path: "./apps"),
    "apps/settings.yaml": settings,
  ]

  @Test func aRemoteClusterWithFluxIsAClusterOfItsOwn() throws {
    let model = try SimulatedRepository.model(Self.spoke)
    #expect(model.clusters.map(\.name).sorted() == ["flux-system/edge", "prod"])
    #expect(model.unreached.isEmpty, "\(model.unreached.map(\.reason))")
    let hub = try #require(model.clusters.first { $0.name == "prod" })
    #expect(hub.gaps.isEmpty && hub.remotes.isEmpty)
    #expect(hub.object("ConfigMap", "shop", "settings") == nil)
    let edge = try #require(model.clusters.first { $0.name == "flux-system/edge" })
    #expect(edge.entryPoint.kind == .remote)
    #expect(edge.version.version == FluxVersion(minor: 8))
    #expect(edge.settings.noRemoteBases?.value == true)
    let apps = try #require(edge.reconciliation(.kustomization, "apps"))
    #expect(edge.applied(by: apps) == ["ConfigMap/shop/settings"])
    #expect(edge.reconciliation(.hub, "edge")?.objects.count == 3)
    #expect(edge.gaps.isEmpty, "\(edge.gaps.map(\.message))")
  }

  @Test func anInstanceBringsItsSync() throws {
    let instance = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        distribution: {version: 2.8.x, registry: ghcr.io/fluxcd}
        sync: {kind: GitRepository, url: "https://git.example.com/fleet", ref: refs/heads/main, path: spokes/own}
      """
    let model = try SimulatedRepository.model([
      "clusters/prod/edge.yaml": Self.kustomization("edge", path: "./spokes/edge", remote: "edge"),
      "spokes/edge/instance.yaml": instance, "spokes/own/settings.yaml": Self.settings,
    ])
    // The instance is an entry of its own, too: the cluster is one, under the name that its folder gives it.
    #expect(model.clusters.map(\.name).sorted() == ["own", "prod"])
    let edge = try #require(model.clusters.first { $0.name == "own" })
    #expect(edge.entryPoint.kind == .remote)
    #expect(edge.object("ConfigMap", "shop", "settings") != nil)
    #expect(model.clusters.first { $0.name == "prod" }?.remoteFlux == ["Secret/flux-system/edge": .cluster("own")])
  }

  @Test func definitionsAloneReconcileNothing() throws {
    var files = Self.spoke
    files["spokes/edge/flux.yaml"] = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: kustomizations.kustomize.toolkit.fluxcd.io}
      spec: {group: kustomize.toolkit.fluxcd.io, scope: Namespaced, names: {kind: Kustomization, plural: kustomizations}}
      """
    let model = try SimulatedRepository.model(files)
    #expect(model.clusters.map(\.name) == ["prod"])
    #expect(model.clusters[0].gaps.isEmpty)
    #expect(model.unreached.map(\.cause) == [.remoteCluster, .remoteCluster])
    #expect(
      model.unreached.allSatisfy {
        $0.reason.hasSuffix("which gets the definitions of Flux's types, but none of its controllers")
      })
  }

  @Test func aClusterThatIsMadeHereGetsNoFluxByItself() throws {
    let maker = """
      apiVersion: cluster.x-k8s.io/v1beta1
      kind: Cluster
      metadata: {name: edge, namespace: flux-system}
      """
    var files = Self.spoke
    files["spokes/edge/flux.yaml"] = nil
    files["clusters/prod/edge.yaml"] = Self.kustomization("edge", path: "./spokes/edge", remote: "edge-kubeconfig")
    files["clusters/prod/cluster.yaml"] = maker
    let model = try SimulatedRepository.model(files)
    #expect(model.clusters[0].gaps.isEmpty)
    #expect(
      model.unreached.first?.reason.hasSuffix(
        "which Cluster/flux-system/edge makes, and nothing installs Flux there") == true,
      "\(model.unreached.map(\.reason))")
  }

  @Test func whereNothingTellsItIsAGap() throws {
    var files = Self.spoke
    files["spokes/edge/flux.yaml"] = nil
    let model = try SimulatedRepository.model(files)
    #expect(model.clusters.map(\.name) == ["prod"])
    let gap = try #require(model.clusters[0].gaps.first)
    #expect(gap.kind == "remote-cluster")
    #expect(gap.message.contains("nothing in the repository installs Flux there"), "\(gap.message)")
    #expect(model.unreached.allSatisfy { $0.reason.hasSuffix("and whether Flux runs there is not known") })
  }

  @Test func aKubeConfigThatLeadsBackEnds() throws {
    var files = Self.spoke
    files["spokes/edge/again.yaml"] = Self.kustomization("edge", path: "./spokes/edge", remote: "edge")
    let model = try SimulatedRepository.model(files)
    #expect(model.clusters.count == 2)
  }
}
