import ClusterModel
import Files
import Foundation
import Kubernetes
import Testing

/// Every Flux object of a repository is in a cluster, or the model says why not.
@Suite struct UnreachedTests {
  /// A repository in which one object, `lost`, is in no cluster.
  struct Case: Sendable, CustomTestStringConvertible {
    var cause: UnreachedObject.Cause
    var reason: String
    var files: [String: String]

    var testDescription: String { cause.rawValue }
  }

  private static let lost = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: lost, namespace: apps}
    spec: {interval: 1h, url: https://charts.example.com}
    """

  private static func kustomization(_ name: String, path: String, more: String = "") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 10m
      path: \(path)
      prune: true
      sourceRef: {kind: GitRepository, name: flux-system}

    """ + more
  }

  private static let cases: [Case] = [
    Case(
      cause: .outsidePaths, reason: "no Kustomization of any cluster reconciles the folder of its file",
      files: ["docs/examples/lost.yaml": lost]),
    Case(
      cause: .notListed, reason: "the kustomization in clusters/prod/apps does not list its file",
      files: ["clusters/prod/apps/kustomization.yaml": "resources: []\n", "clusters/prod/apps/lost.yaml": lost]),
    Case(
      cause: .unusedBase, reason: "only the kustomization in base takes it in, and nothing takes that in",
      files: ["base/kustomization.yaml": "resources: [lost.yaml]\n", "base/lost.yaml": lost]),
    Case(
      cause: .unusedBase, reason: "only the kustomization in overlay takes it in, and nothing takes that in",
      files: [
        "overlay/kustomization.yaml": "resources: [../base]\n", "base/kustomization.yaml": "resources: [lost.yaml]\n",
        "base/lost.yaml": lost,
      ]),
    Case(
      cause: .parentNotBuilt, reason: "Kustomization/flux-system/apps would apply it, but is not built: ",
      files: [
        "clusters/prod/apps.yaml": kustomization("apps", path: "./apps"),
        "apps/kustomization.yaml": "resources: [lost.yaml]\n", "apps/kustomization.yml": "resources: [lost.yaml]\n",
        "apps/lost.yaml": lost,
      ]),
    Case(
      cause: .ignored, reason: "its file is not in the source's artifact: '/apps/lost*' leaves it out",
      files: [
        ".sourceignore": "/apps/lost*\n", "clusters/prod/apps.yaml": kustomization("apps", path: "./apps"),
        "apps/lost.yaml": lost,
      ]),
    Case(
      cause: .remoteCluster,
      reason: "Kustomization/flux-system/apps applies it to the cluster that Secret/flux-system/edge leads to",
      files: [
        "clusters/prod/apps.yaml": kustomization(
          "apps", path: "./apps", more: "  kubeConfig: {secretRef: {name: edge}}\n"),
        "apps/lost.yaml": lost,
      ]),
    Case(
      cause: .leftOut, reason: "Kustomization/flux-system/apps reads its file, but does not build it",
      files: [
        "clusters/prod/apps.yaml": kustomization("apps", path: "./apps"),
        "apps/kustomization.yaml": """
        resources: [lost.yaml]
        patches:
        - target: {kind: HelmRepository}
          patch: |
            $patch: delete
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: {name: lost}
        """, "apps/lost.yaml": lost,
      ]),
    Case(
      cause: .notExpanded, reason: "it is a template of ResourceSet/apps/tenants, which does not make it: ",
      files: [
        "clusters/prod/set.yaml": """
        apiVersion: fluxcd.controlplane.io/v1
        kind: ResourceSet
        metadata: {name: tenants, namespace: apps}
        spec:
          inputsFrom: [{kind: ResourceSetInputProvider, name: branches}]
          resources:
          - apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: {name: lost, namespace: apps}
        ---
        apiVersion: fluxcd.controlplane.io/v1
        kind: ResourceSetInputProvider
        metadata: {name: branches, namespace: apps}
        spec: {type: GitHubBranch, url: https://github.com/example/fleet}
        """
      ]),
    Case(
      cause: .onlyCopied, reason: "ArtifactGenerator/flux-system/parts copies its file into an artifact",
      files: [
        "clusters/prod/parts.yaml": """
        apiVersion: source.extensions.fluxcd.io/v1beta1
        kind: ArtifactGenerator
        metadata: {name: parts, namespace: flux-system}
        spec:
          sources: [{alias: fleet, kind: GitRepository, name: flux-system}]
          artifacts:
          - name: part
            copy: [{from: "@fleet/parts/**", to: "@artifact/"}]
        """, "parts/lost.yaml": lost,
      ]),
  ]

  @Test(arguments: cases) func saysWhy(_ one: Case) throws {
    let model = try SimulatedRepository.model(one.files)
    let found = try #require(model.unreached.first { $0.manifest.name == "lost" })
    #expect(model.unreached.count == 1, "\(model.unreached.map(\.manifest.id))")
    #expect(found.cause == one.cause)
    #expect(found.reason.hasPrefix(one.reason), "\(found.reason)")
  }

  @Test func templatesOfChartsThatNobodyInstallsAreNamed() throws {
    let tree = try MemoryTree(texts: [
      "clusters/prod/flux-system/gotk-sync.yaml": SimulatedRepository.sync,
      "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "charts/shop/templates/lost.yaml": Self.lost,
    ])
    let model = try SimulatedRepository.model(of: tree)
    #expect(model.unreached.map(\.cause) == [.chartTemplate])
    #expect(
      model.unreached.first?.reason == "it is a template of the chart in charts/shop, and no HelmRelease prints it")
  }

  /// The page that explains the reasons knows all of them.
  @Test func everyReasonIsDocumented() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/graph.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for cause in UnreachedObject.Cause.allCases { #expect(text.contains("| `\(cause.rawValue)` |"), "\(cause)") }
  }

  @Test func whatAnUnreachedKustomizationWouldApplyNamesIt() throws {
    let model = try SimulatedRepository.model([
      "old/apps.yaml": Self.kustomization("apps", path: "./apps"), "apps/lost.yaml": Self.lost,
    ])
    #expect(model.unreached.map(\.cause) == [.parentUnreached, .outsidePaths])
    #expect(model.unreached[0].reason == "only Kustomization/flux-system/apps would apply it, and no cluster has that")
  }

  @Test func aSourceThatIsNotThisRepositoryIsAReason() throws {
    let other = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: {name: other, namespace: flux-system}
      spec: {interval: 1m, url: https://git.example.com/other}
      """
    let model = try SimulatedRepository.model([
      "clusters/prod/other.yaml": other,
      "clusters/prod/apps.yaml": Self.kustomization("apps", path: "./apps").replacing(
        "name: flux-system}\n", with: "name: other}\n"), "apps/lost.yaml": Self.lost,
    ])
    #expect(model.unreached.map(\.cause) == [.sourceElsewhere])
  }

  @Test func withoutAClusterNothingIsReached() throws {
    let model = try SimulatedRepository.model(["lost.yaml": Self.lost], isBootstrapped: false)
    #expect(model.unreached.map(\.cause) == [.noCluster])
  }

  @Test func aPatchIsPartOfWhatItPatches() throws {
    let model = try SimulatedRepository.model([
      "clusters/prod/kustomization.yaml": "resources: [flux-system, lost.yaml]\npatches: [{path: patch.yaml}]\n",
      "clusters/prod/flux-system/kustomization.yaml": "resources: [gotk-sync.yaml]\n",
      "clusters/prod/lost.yaml": Self.lost,
      "clusters/prod/patch.yaml": Self.lost.replacing("1h", with: "5m"),
    ])
    #expect(model.unreached.isEmpty, "\(model.unreached.map(\.reason))")
  }
}
