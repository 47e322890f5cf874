import ClusterModel
import Diagnostics
import Documents
import Files
import Kubernetes
import Testing
import YAML

@testable import Reconciler

/// Clusters whose start is not what `flux bootstrap` leaves at the root of a repository.
@Suite struct RootDiscoveryTests {
  private func seeds(_ texts: [String: String]) throws -> [ClusterSeed] {
    let tree = try MemoryTree(texts: texts)
    let files = try tree.allFiles.map { path, file in
      AnalysedFile(path: path, file: file, documents: try YAMLReader.read(file), error: nil)
    }
    return ClusterDiscovery.seeds(in: tree, files: files, documents: FluxDocument.all(in: files), configured: [])
  }

  private static let source = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, url: https://git.example.com/fleet, ref: {branch: main}}
    """

  private static func kustomization(_ name: String, path: String, source: String = "flux-system") -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: GitRepository, name: \(source)}}
    """
  }

  /// An artifact that is pushed from `kubernetes/` has its paths from there.
  @Test func theArtifactMayBeAFolder() throws {
    let instance = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        distribution: {version: 2.9.x, registry: ghcr.io/fluxcd}
        sync: {kind: OCIRepository, url: oci://registry.example.com/fleet, ref: latest, path: ./clusters/dev}
      """
    let found = try seeds([
      "kubernetes/clusters/dev/instance.yaml": instance,
      "kubernetes/clusters/dev/apps.yaml": Self.kustomization("apps", path: "./apps"),
      "kubernetes/apps/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.entryPoint.path.string) == ["kubernetes/clusters/dev"])
    #expect(found.map(\.root.string) == ["kubernetes"])
  }

  @Test func theArtifactOfAFolderIsBuilt() throws {
    let model = try SimulatedRepository.model(
      [
        "fleet/clusters/dev/apps.yaml": Self.kustomization("apps", path: "./apps"),
        "fleet/apps/web.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}",
      ], isBootstrapped: false)
    let cluster = try #require(model.clusters.first)
    #expect(cluster.objects.contains { $0.id.name == "web" })
    #expect(model.unreached.isEmpty)
  }

  /// The chart's values come by a ConfigMap that is generated of a file, and its namespace by the Kustomization.
  @Test func readsTheValuesBesideTheChartOfTheOperator() throws {
    let release = """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: flux-instance}
      spec:
        chartRef: {kind: OCIRepository, name: flux-instance}
        valuesFrom: [{kind: ConfigMap, name: flux-instance-values}]
      """
    let values = """
      instance:
        distribution: {version: 2.8.x}
        sync: {kind: GitRepository, url: https://git.example.com/fleet, ref: refs/heads/main, path: cluster}
      """
    let applier = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: flux-instance}
      spec: {path: ./apps/instance/app, targetNamespace: gitops}
      """
    let found = try seeds([
      "apps/instance/app/release.yaml": release, "apps/instance/app/values.yaml": values,
      "apps/instance/app/kustomization.yaml": "resources: [release.yaml]", "apps/instance/ks.yaml": applier,
      "cluster/apps.yaml": Self.kustomization("apps", path: "./apps", source: "gitops"),
    ])
    #expect(found.map(\.entryPoint.path.string) == ["cluster"])
    #expect(found[0].objects.map { "\($0.namespace)/\($0.name)" } == ["gitops/gitops", "gitops/gitops"])
  }

  /// Every cluster patches the path of a Kustomization that stands in a base, and takes that base in.
  @Test func aRootMayPatchItself() throws {
    func patch(_ path: String) -> String {
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: flux-system, namespace: flux-system}
      spec: {path: \(path)}
      """
    }
    func cluster(_ name: String) -> String {
      "resources: [../../base, ../../apps/web.yaml]\npatches: [{path: ../../roots/\(name).yaml}]"
    }
    let found = try seeds([
      "base/kustomization.yaml": "resources: [sync.yaml]",
      "base/sync.yaml": Self.source + "\n---\n" + Self.kustomization("flux-system", path: "\"./clusters/${name}\""),
      "roots/eu.yaml": patch("./clusters/eu"), "roots/us.yaml": patch("./clusters/us"),
      "clusters/eu/kustomization.yaml": cluster("eu"), "clusters/us/kustomization.yaml": cluster("us"),
      "apps/web.yaml": Self.kustomization("web", path: "./web"), "web/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.name) == ["eu", "us"])
    #expect(found.map { $0.ownSources.map(\.name) } == [["flux-system"], ["flux-system"]])
  }

  /// Nothing takes in the Kustomization of the folder that it lies in: somebody applies it.
  @Test func aRootMayBeAppliedByHand() throws {
    let found = try seeds([
      "kubernetes/root.yaml": Self.kustomization("cluster", path: "./kubernetes", source: "fleet"),
      "kubernetes/kustomization.yaml": "resources: [apps/web.yaml]",
      "kubernetes/apps/web.yaml": Self.kustomization("web", path: "./kubernetes/web"),
      "kubernetes/web/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.entryPoint.path.string) == ["kubernetes"])
    #expect(found[0].objects.map(\.name) == ["fleet", "cluster"])
  }

  /// A source that no file has is taken to be there, and a rule has nothing to say of it; the root is written.
  @Test func aSourceThatNobodyWroteIsAssumed() throws {
    let root = Self.kustomization("root", path: "./prod", source: "elsewhere")
    let found = try seeds([
      "prod/kustomization.yaml": "resources: [root.yaml]", "prod/root.yaml": root, "prod/web.yaml": "kind: Service",
    ])
    #expect(found.map { $0.objects.map(\.name) } == [["elsewhere", "root"]])
    #expect(found.map { $0.assumed.map(\.name) } == [["elsewhere"]])
  }

  @Test func aFolderWithClustersIsNone() throws {
    let sync = Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./clusters/dev/azure")
    let found = try seeds([
      "clusters/dev/azure/flux-system/gotk-sync.yaml": sync,
      "clusters/dev/local/apps.yaml": Self.kustomization("apps", path: "./apps"), "apps/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.entryPoint.path.string) == ["clusters/dev/azure", "clusters/dev/local"])
  }

  @Test func theLastFolderOfClustersHasTheName() throws {
    let path = "clusters/stages/dev/clusters/eu-1"
    let sync = Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./\(path)")
    #expect(try seeds(["\(path)/flux-system/gotk-sync.yaml": sync]).map(\.name) == ["eu-1"])
  }
}
