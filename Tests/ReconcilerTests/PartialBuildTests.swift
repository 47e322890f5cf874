import ClusterModel
import Diagnostics
import Kubernetes
import Testing

@testable import Reconciler

/// A Kustomization that cannot be built is looked at without what fails.
@Suite struct PartialBuildTests {
  private static let root = "clusters/prod/kustomization.yaml"

  private func root(_ files: [String: String]) throws -> Reconciliation {
    try rootAndCluster(files).0
  }

  private func rootAndCluster(_ files: [String: String]) throws -> (Reconciliation, Cluster) {
    let texts = Dictionary(uniqueKeysWithValues: files.map { ("clusters/prod/\($0.key)", $0.value) })
    let cluster = try Fleet.cluster(texts)
    return (try #require(cluster.reconciliation(.kustomization, "flux-system")), cluster)
  }

  @Test func theRestIsThereAndTheFailureStays() throws {
    let (root, cluster) = try rootAndCluster([
      "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml, gone.yaml, colors.yaml]",
      "colors.yaml": Fleet.configMap("colors", "{sky: blue}"),
    ])
    #expect(root.problems.map(\.message) == ["no file 'clusters/prod/gone.yaml'"])
    #expect(cluster.object("ConfigMap", "apps", "colors") != nil)
    #expect(cluster.gaps.map(\.kind) == ["build-incomplete"])
  }

  @Test func everyFailureIsListedOnce() throws {
    let root = try root([
      "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml, gone.yaml, team, colors.yaml]",
      "team/kustomization.yaml": "resources: [lost.yaml]",
      "colors.yaml": Fleet.configMap("colors", "{sky: blue}"),
    ])
    #expect(
      root.problems.map(\.message) == ["no file 'clusters/prod/gone.yaml'", "no file 'clusters/prod/team/lost.yaml'"])
  }

  @Test func aPatchForWhatWasLeftOutIsNoFurtherProblem() throws {
    let (root, cluster) = try rootAndCluster([
      "kustomization.yaml": """
      resources: [flux-system/gotk-sync.yaml, gone.yaml, colors.yaml]
      patches:
        - patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: gone, namespace: apps}, data: {a: b}}'
      """,
      "colors.yaml": Fleet.configMap("colors", "{sky: blue}"),
    ])
    #expect(root.problems.count == 1)
    #expect(cluster.object("ConfigMap", "apps", "colors") != nil)
  }

  @Test func aPatchThatFailsByItselfLeavesNothing() throws {
    let (root, cluster) = try rootAndCluster([
      "kustomization.yaml": """
      resources: [flux-system/gotk-sync.yaml, colors.yaml]
      patches:
        - patch: '{apiVersion: v1, kind: ConfigMap, metadata: {name: gone, namespace: apps}, data: {a: b}}'
      """,
      "colors.yaml": Fleet.configMap("colors", "{sky: blue}"),
    ])
    #expect(root.problems.count == 1)
    #expect(root.remainder == nil)
    #expect(cluster.object("ConfigMap", "apps", "colors") == nil)
  }

  @Test func whatWasLeftOutIsKnownByItsWords() throws {
    let root = try root([
      "kustomization.yaml": "resources: [flux-system/gotk-sync.yaml, broken.yaml]",
      "broken.yaml": """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: shop}
      spec: {path: ./shop, prune: "true}
      """,
    ])
    let remainder = try #require(root.remainder)
    #expect(remainder.mayHold("shop"))
    #expect(remainder.mayHold("eu-shop") && remainder.mayHold("shop-config"))
    #expect(!remainder.mayHold("shopping") && !remainder.mayHold("payments"))
  }
}
