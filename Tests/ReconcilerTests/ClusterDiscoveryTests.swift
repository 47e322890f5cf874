import ClusterModel
import Diagnostics
import Documents
import Files
import Kubernetes
import Testing
import YAML

@testable import Reconciler

@Suite struct ClusterDiscoveryTests {
  private func seeds(_ texts: [String: String], configured: [ConfiguredEntry] = []) throws -> [ClusterSeed] {
    let tree = try MemoryTree(texts: texts)
    let files = try tree.allFiles.map { path, file in
      AnalysedFile(path: path, file: file, documents: try YAMLReader.read(file), error: nil)
    }
    return ClusterDiscovery.seeds(
      in: tree, files: files, documents: FluxDocument.all(in: files), configured: configured)
  }

  private static let source = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: flux-system, namespace: flux-system}
    spec: {interval: 1m, url: https://git.example.com/fleet, ref: {branch: main}}
    """

  private static func kustomization(_ name: String, path: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
    """
  }

  @Test func findsWhatBootstrapLeaves() throws {
    let sync = Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./clusters/prod")
    let found = try seeds(["clusters/prod/flux-system/gotk-sync.yaml": sync])
    #expect(found.map(\.name) == ["prod"])
    #expect(found[0].entryPoint.kind == .bootstrap)
    #expect(found[0].entryPoint.path.string == "clusters/prod")
    #expect(found[0].objects.map(\.kind) == ["GitRepository", "Kustomization"])
    #expect(found[0].entryPoint.location.description == "clusters/prod/flux-system/gotk-sync.yaml:8:18")
  }

  @Test func whatWasMovedIntoAHiddenFolderIsNoCluster() throws {
    func sync(_ name: String) -> String {
      Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./clusters/\(name)")
    }
    let found = try seeds([
      "clusters/prod/flux-system/sync.yaml": sync("prod"),
      ".archive/clusters/old/flux-system/sync.yaml": sync("old"),
    ])
    #expect(found.map(\.entryPoint.path.string) == ["clusters/prod"])
  }

  @Test func aPairThatReconcilesAnotherFolderIsNoCluster() throws {
    let pair = Self.source + "\n---\n" + Self.kustomization("apps", path: "./apps")
    let sync = Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./clusters/prod")
    let found = try seeds([
      "clusters/prod/sync.yaml": sync, "clusters/prod/apps.yaml": pair, "apps/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.entryPoint.path.string) == ["clusters/prod"])
  }

  /// `./dev` is a path in the artifact of somebody else, though this repository has a folder of that name around the file.
  @Test func aPathThatIsThereFromSomeFolderIsNoProof() throws {
    let found = try seeds([
      "clusters/prod/flux-system/gotk-sync.yaml": Self.source + "\n---\n"
        + Self.kustomization("flux-system", path: "./clusters/prod"),
      "bootstrap/dev/infra.yaml": Self.source.replacing("flux-system, namespace", with: "infra, namespace") + "\n---\n"
        + Self.kustomization("infra", path: "./dev").replacing("name: flux-system}", with: "name: infra}"),
    ])
    #expect(found.map(\.name) == ["prod"])
  }

  @Test func testDataIsForNoCluster() throws {
    let apps = Self.kustomization("apps", path: "./apps")
    #expect(try seeds(["internal/build/testdata/apps/ks.yaml": apps]).isEmpty)
    #expect(try seeds(["internal/build/apps/ks.yaml": apps]).count == 1)
  }

  @Test func findsAFluxInstance() throws {
    let instance = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        distribution: {version: 2.9.x, registry: ghcr.io/fluxcd}
        sync: {kind: GitRepository, url: https://git.example.com/fleet, ref: refs/heads/main, path: clusters/dev}
      """
    let found = try seeds([
      "instance.yaml": instance, "clusters/dev/apps.yaml": Self.kustomization("apps", path: "./apps"),
    ])
    #expect(found.map(\.name) == ["dev"])
    #expect(found[0].entryPoint.kind == .fluxInstance)
    #expect(found[0].objects[1].node[path: "spec", "path"]?.scalar?.text == "clusters/dev")
    #expect(found[0].objects[1].node[path: "spec", "path"]?.origin.location.description == "instance.yaml:6:95")
  }

  @Test func findsTheInstanceInTheValuesOfItsChart() throws {
    let release = """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: flux-instance, namespace: flux-system}
      spec:
        values: {instance: {sync: {kind: OCIRepository, url: oci://registry.example.com/fleet, ref: latest, path: cluster}}}
      """
    let found = try seeds([
      "apps/instance.yaml": release, "cluster/apps.yaml": Self.kustomization("apps", path: "./apps"),
    ])
    #expect(found.map(\.name) == ["cluster"])
    #expect(found[0].objects[0].kind == "OCIRepository")
    #expect(found[0].objects[0].node[path: "spec", "ref", "tag"]?.scalar?.text == "latest")
  }

  @Test func foldersBelowClustersNeedNothingElse() throws {
    let found = try seeds([
      "clusters/staging/apps.yaml": Self.kustomization("apps", path: "./apps/staging"),
      "clusters/prod/apps.yaml": Self.kustomization("apps", path: "./apps/prod"),
      "apps/prod/web.yaml": "kind: Service", "apps/staging/web.yaml": "kind: Service",
    ])
    #expect(found.map(\.name) == ["prod", "staging"])
    #expect(found.allSatisfy { $0.entryPoint.kind == .folder })
    #expect(found[0].ownSources.map(\.name) == ["flux-system"])
  }

  @Test func clustersOfOneNameAreToldApartByTheirPaths() throws {
    let found = try seeds([
      "us/flux/sync.yaml": Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./us/flux"),
      "eu/flux/sync.yaml": Self.source + "\n---\n" + Self.kustomization("flux-system", path: "./eu/flux"),
    ])
    #expect(found.map(\.name) == ["eu/flux", "us/flux"])
  }

  @Test func theConfigurationHasTheLastWord() throws {
    let entry = ConfiguredEntry(
      cluster: "blue", path: try RepoPath("deploy/blue"), origin: .synthetic(".sluice.yaml"))
    let found = try seeds(
      [
        "deploy/blue/apps.yaml": Self.kustomization("apps", path: "./apps"),
        "clusters/prod/apps.yaml": Self.kustomization("apps", path: "./apps"),
      ], configured: [entry])
    #expect(found.map(\.name) == ["blue"])
    #expect(found[0].entryPoint.kind == .configured)
  }

  @Test func aRepositoryWithoutFluxHasNone() throws {
    #expect(try seeds(["deploy/web.yaml": "apiVersion: v1\nkind: Service"]).isEmpty)
  }

  /// Nobody wrote the root of such a cluster, so nothing is "included" at the place that stands for it.
  @Test func theRootOfAFolderTakesNothingIn() throws {
    let model = try SimulatedRepository.model(
      [
        "clusters/dev/apps.yaml": Self.kustomization("apps", path: "./apps"),
        "clusters/dev/infra.yaml": Self.kustomization("infra", path: "./infra"),
        "apps/web.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: web}",
        "infra/net.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: net}",
      ], isBootstrapped: false)
    let cluster = try #require(model.clusters.first)
    let infra = try #require(cluster.objects.first { $0.id.name == "infra" })
    #expect(infra.trace.isEmpty)
    let net = try #require(cluster.objects.first { $0.id.name == "net" })
    #expect(net.trace.map(\.location.description) == ["clusters/dev/infra.yaml:4:29"])
  }
}
