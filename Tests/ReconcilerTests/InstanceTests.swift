import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

@testable import Reconciler

@Suite struct InstanceTests {
  private static let sync =
    "{kind: GitRepository, url: https://git.example.com/fleet, ref: refs/heads/main, path: clusters/prod}"

  private func cluster(_ spec: String, _ files: [String: String] = [:]) throws -> Cluster {
    let indented = spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
    var texts = files
    texts["clusters/prod/instance.yaml"] = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        sync: \(Self.sync)
      \(indented.joined(separator: "\n"))
      """
    return try Fleet.cluster(texts, isBootstrapped: false)
  }

  @Test func multitenancySetsFlags() throws {
    let settings = try cluster(
      """
      distribution: {version: 2.7.x}
      cluster:
        multitenant: true
        tenantDefaultServiceAccount: tenant
      """
    ).settings
    #expect(settings.areKnown)
    #expect(
      settings.noCrossNamespaceRefs.keys.sorted()
        == ["helm-controller", "kustomize-controller", "notification-controller"])
    #expect(
      settings.noCrossNamespaceRefs["helm-controller"]?.location.description == "clusters/prod/instance.yaml:8:18")
    #expect(settings.noRemoteBases?.value == true)
    #expect(settings.defaultServiceAccount["kustomize-controller"]?.value == "tenant")
    #expect(
      settings.defaultServiceAccount["helm-controller"]?.location.description == "clusters/prod/instance.yaml:9:34")
    #expect(settings.featureGates["kustomize-controller"]?["ObjectLevelWorkloadIdentity"]?.value == false)
  }

  @Test func identityLockdownSetsAccounts() throws {
    let settings = try cluster(
      """
      components: [source-controller, kustomize-controller, helm-controller, source-watcher]
      cluster:
        objectLevelWorkloadIdentity: true
        multitenantWorkloadIdentity: true
        tenantDefaultDecryptionServiceAccount: keys
      """
    ).settings
    #expect(settings.featureGates["helm-controller"]?["ObjectLevelWorkloadIdentity"]?.value == true)
    #expect(settings.featureGates["kustomize-controller"]?["ExternalArtifact"]?.value == true)
    #expect(settings.featureGates["source-controller"]?["ExternalArtifact"] == nil)
    #expect(settings.defaultDecryptionServiceAccount?.value == "keys")
    #expect(settings.defaultServiceAccount["source-controller"]?.value == "default")
    #expect(settings.defaultKubeConfigServiceAccount["helm-controller"]?.value == "default")
    #expect(settings.defaultKubeConfigServiceAccount["source-controller"] == nil)
  }

  @Test func patchesSetFlags() throws {
    let cluster = try cluster(
      """
      kustomize:
        patches:
          - target: {kind: Deployment, name: (kustomize-controller|helm-controller)}
            patch: |
              - op: add
                path: /spec/template/spec/containers/0/args/-
                value: --no-cross-namespace-refs=true
              - op: replace
                path: /spec/template/spec/containers/0/resources/limits/memory
                value: 2Gi
          - target: {kind: Deployment, name: kustomize-controller}
            patch: |
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: all}
              spec: {template: {spec: {containers: [{name: manager, args: [--no-remote-bases=true]}]}}}
      """)
    let settings = cluster.settings
    #expect(settings.noCrossNamespaceRefs.keys.sorted() == ["helm-controller"])
    #expect(
      settings.noCrossNamespaceRefs["helm-controller"]?.location.description == "clusters/prod/instance.yaml:12:20")
    // The merge replaces the arguments as a whole.
    #expect(settings.noRemoteBases?.location.description == "clusters/prod/instance.yaml:21:72")
    #expect(cluster.gaps.isEmpty)
  }

  @Test func aPatchThatDoesNotFitIsAGap() throws {
    let gaps = try cluster(
      """
      kustomize:
        patches:
          - target: {kind: Deployment, name: kustomize-controller}
            patch: |
              - {op: remove, path: /spec/template/spec/containers/0/absent}
      """
    ).gaps
    #expect(gaps.map(\.kind) == ["instance-patch-not-applied"])
  }

  @Test func patchesChangeWhatSyncMakes() throws {
    let cluster = try cluster(
      """
      cluster: {multitenant: true}
      kustomize:
        patches:
          - target: {kind: Kustomization}
            patch: |
              - op: add
                path: /spec/postBuild
                value: {substitute: {domain: example.com}}
      """, ["clusters/prod/web.yaml": Fleet.configMap("web", "{host: \"shop.${domain}\"}")])
    #expect(cluster.entryPoint.kind == .fluxInstance)
    let root = try cluster.reconciliation("Kustomization", "flux-system")
    #expect(root.isDone)
    guard case .kustomization(let kustomization) = root.definition else {
      Issue.record("no Kustomization")
      return
    }
    #expect(kustomization.serviceAccountName?.value == "kustomize-controller")
    #expect(kustomization.path?.origin.location.description == "clusters/prod/instance.yaml:5:95")
    let web = try cluster.object("ConfigMap", "web")
    #expect(web.manifest.node["data"]?["host"]?.scalar?.text == "shop.example.com")
  }

  @Test func aChartOfAnInstanceCountsLikeOne() throws {
    let release = """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: flux-instance, namespace: flux-system}
      spec:
        interval: 1h
        chartRef: {kind: OCIRepository, name: flux-instance}
        values:
          instance:
            distribution: {version: 2.8.1}
            cluster: {multitenant: true}
            sync: \(Self.sync)
      """
    let cluster = try Fleet.cluster(["clusters/prod/flux.yaml": release], isBootstrapped: false)
    #expect(cluster.entryPoint.kind == .fluxInstance)
    #expect(cluster.version.version == .v28)
    #expect(cluster.settings.noCrossNamespaceRefs["kustomize-controller"]?.value == true)
    #expect(
      cluster.settings.noCrossNamespaceRefs["kustomize-controller"]?.location.description
        == "clusters/prod/flux.yaml:10:30")
  }

  @Test func anInstanceFoundOnTheWayMakesItsSync() throws {
    let cluster = try Fleet.cluster([
      "clusters/prod/second.yaml": """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-second}
      spec:
        sync: {kind: GitRepository, url: https://git.example.com/fleet, ref: refs/heads/main, path: more}
      """,
      "more/web.yaml": Fleet.configMap("web", "{a: b}"),
    ])
    let second = try cluster.reconciliation("Kustomization", "flux-second")
    #expect(second.isDone)
    #expect(cluster.applied(by: second) == ["ConfigMap/apps/web"])
  }

  // MARK: remote clusters

  @Test func fluxObjectsForAnotherClusterAreOneGap() throws {
    let cluster = try Fleet.cluster([
      "clusters/prod/remote.yaml": """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: remote, namespace: flux-system}
      spec:
        interval: 10m
        path: ./remote
        prune: true
        sourceRef: {kind: GitRepository, name: flux-system}
        kubeConfig: {secretRef: {name: edge}}
      """,
      "remote/one.yaml": Fleet.kustomization(of: "one"),
      "remote/two.yaml": Fleet.kustomization(of: "two"),
      "remote/web.yaml": Fleet.configMap("web", "{a: b}"),
    ])
    #expect(cluster.gaps.map(\.kind) == ["remote-cluster"])
    #expect(cluster.gaps[0].location?.description == "clusters/prod/remote.yaml:3:18")
    #expect(
      cluster.gaps[0].message.hasPrefix(
        "Kustomization/flux-system/remote applies Kustomization/flux-system/one and 1 more to the cluster that "
          + "Secret/flux-system/edge leads to; nothing in the repository installs Flux there"))
    // Nothing reconciles them here.
    #expect(cluster.reconciliations.count == 3)
  }

  @Test func whatSyncMakesHasTheLabelsOfTheOperator() throws {
    let cluster = try cluster(
      """
      distribution: {version: v2.9.1}
      commonMetadata: {labels: {team: platform, app.kubernetes.io/part-of: fleet}, annotations: {owner: us}}
      kustomize:
        patches:
          - target: {kind: Kustomization, labelSelector: app.kubernetes.io/part-of=flux}
            patch: |
              - {op: add, path: /spec/wait, value: true}
      """)
    let root = try cluster.object("Kustomization", "flux-system").manifest
    #expect(root.label("app.kubernetes.io/managed-by") == "flux-operator")
    #expect(root.label("app.kubernetes.io/instance") == "flux-system")
    #expect(root.label("app.kubernetes.io/version") == "v2.9.1")
    // They come after the patches, and those of the instance over them.
    #expect(root.label("app.kubernetes.io/part-of") == "fleet")
    #expect(root.node[path: "spec", "wait"] == nil)
    #expect(root.label("team") == "platform")
    #expect(root.annotation("kustomize.toolkit.fluxcd.io/ssa") == "Ignore")
    #expect(root.annotation("kustomize.toolkit.fluxcd.io/prune") == "Disabled")
    #expect(root.annotation("owner") == "us")
    #expect(try cluster.object("GitRepository", "flux-system").manifest.label("team") == "platform")
  }

  @Test func aRangeOfVersionsIsNoLabel() throws {
    let root = try cluster("distribution: {version: 2.9.x}").object("Kustomization", "flux-system").manifest
    #expect(root.label("app.kubernetes.io/version") == nil)
    #expect(root.label("app.kubernetes.io/part-of") == "flux")
  }
}
