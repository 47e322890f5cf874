import ClusterModel
import Diagnostics
import Files
import Kubernetes
import Testing

@testable import Reconciler

/// Which files the sources of a cluster hand out.
@Suite struct SourceTests {
  private static func source(_ name: String, _ spec: String) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: GitRepository
    metadata: {name: \(name), namespace: flux-system}
    spec: {interval: 1m, \(spec)}

    """
  }

  private static func kustomization(_ source: String, path: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: apps, namespace: flux-system}
    spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: GitRepository, name: \(source)}}
    """
  }

  private static let own = "url: 'https://git.example.com/fleet'"

  private func apps(_ sources: String, from source: String, path: String) throws -> (Cluster, Reconciliation) {
    let cluster = try Fleet.cluster([
      "clusters/prod/apps.yaml": Self.kustomization(source, path: path), "clusters/prod/sources.yaml": sources,
      "apps/web.yaml": Fleet.configMap("web", "{}"), "apps-next/web.yaml": Fleet.configMap("next", "{}"),
      "shared/db.yaml": Fleet.configMap("db", "{}"), "shared/notes.md": "none",
    ])
    return (cluster, try cluster.reconciliation("Kustomization", "apps"))
  }

  // MARK: sparseCheckout

  @Test func aSparseCheckoutHasOnlyWhatStartsLikeItsDirectories() throws {
    let sparse = Self.source("sparse", "\(Self.own), ref: {branch: main}, sparseCheckout: [./apps]")
    let (cluster, apps) = try apps(sparse, from: "sparse", path: "./")
    #expect(apps.isDone)
    #expect(cluster.applied(by: apps) == ["ConfigMap/apps/web", "ConfigMap/apps/next"])
  }

  @Test func aSparseCheckoutOfNothingFails() throws {
    let sparse = Self.source("sparse", "\(Self.own), ref: {branch: main}, sparseCheckout: [apps, appz]")
    let (_, apps) = try apps(sparse, from: "sparse", path: "./apps")
    guard case .failed(let problem) = apps.outcome else { throw NotAsExpected() }
    #expect(problem.message == "the source is not ready: directory 'appz' of its sparseCheckout is not there")
    #expect(problem.location.description == "clusters/prod/sources.yaml:4:104")
  }

  // MARK: ref

  @Test(arguments: [
    ("ref: {branch: main}", true), ("ref: {name: refs/heads/main}", true), ("ref: {branch: main, tag: ''}", true),
    ("ref: {branch: main, commit: abc}", false), ("ref: {branch: main, tag: v1}", false), ("timeout: 60s", false),
  ])
  func theFirstFieldOfARefCounts(_ ref: String, isOwn: Bool) throws {
    let (_, apps) = try apps(Self.source("other", "\(Self.own), \(ref)"), from: "other", path: "./apps")
    #expect(apps.isDone == isOwn)
  }

  /// A `.sourceignore` that is not checked out excludes nothing.
  @Test func patternsOutsideOfASparseCheckoutDoNotCount() throws {
    let cluster = try Fleet.cluster([
      "clusters/prod/apps.yaml": Self.kustomization("sparse", path: "./apps"),
      "clusters/prod/sources.yaml": Self.source("sparse", "\(Self.own), ref: {branch: main}, sparseCheckout: [apps]"),
      ".sourceignore": "web.yaml\n", "apps/web.yaml": Fleet.configMap("web", "{}"),
      "apps/.sourceignore": "db.yaml\n", "apps/db.yaml": Fleet.configMap("db", "{}"),
    ])
    #expect(cluster.applied(by: try cluster.reconciliation("Kustomization", "apps")) == ["ConfigMap/apps/web"])
  }

  // MARK: include

  @Test func whatARepositoryIncludesIsInItsArtifact() throws {
    let sources =
      Self.source("shared", "\(Self.own), ref: {branch: main}, ignore: '/apps*'") + "---\n"
      + Self.source(
        "all",
        "\(Self.own), ref: {branch: main}, include: [{repository: {name: shared}, fromPath: shared, toPath: apps/db}]")
    let (cluster, apps) = try apps(sources, from: "all", path: "./apps")
    #expect(cluster.applied(by: apps) == ["ConfigMap/apps/db", "ConfigMap/apps/web"])
    #expect(apps.files.map(\.string) == ["apps/web.yaml", "shared/db.yaml"])
  }

  /// The directory is moved to its place: that must be free, and what is moved must be there.
  @Test(
    arguments: [
      (
        "fromPath: shared, toPath: apps",
        "it includes GitRepository/flux-system/shared in 'apps', which is there already"
      ),
      ("fromPath: none, toPath: apps/db", "'none', which it includes, is not in GitRepository/flux-system/shared"),
      ("fromPath: shared/db.yaml, toPath: apps/db.yaml", nil),
    ] as [(String, String?)])
  func anIncludeMustFit(_ paths: String, _ problem: String?) throws {
    let sources =
      Self.source("shared", "\(Self.own), ref: {branch: main}") + "---\n"
      + Self.source("all", "\(Self.own), ref: {branch: main}, include: [{repository: {name: shared}, \(paths)}]")
    let (cluster, apps) = try apps(sources, from: "all", path: "./apps")
    if let problem {
      guard case .failed(let found) = apps.outcome else { throw NotAsExpected() }
      #expect(found.message == "the source is not ready: \(problem)")
    } else {
      #expect(cluster.applied(by: apps) == ["ConfigMap/apps/db", "ConfigMap/apps/web"])
    }
  }

  @Test func anArtifactThatNothingMakesIsAGap() throws {
    let cluster = try Fleet.cluster([
      "clusters/prod/apps.yaml": Self.kustomization("none", path: "./apps")
        .replacing("kind: GitRepository", with: "kind: ExternalArtifact")
    ])
    #expect(
      cluster.gaps.map(\.message) == [
        "Kustomization/flux-system/apps is not built from ExternalArtifact/flux-system/none: nothing in the repository "
          + "makes that artifact"
      ])
  }

  @Test func whatIsMissingFromAnIncludeElsewhereIsAGap() throws {
    let sources =
      Self.source("shared", "url: 'https://git.example.com/other'") + "---\n"
      + Self.source("all", "\(Self.own), ref: {branch: main}, include: [{repository: {name: shared}}]")
    let (_, own) = try apps(sources, from: "all", path: "./apps")
    #expect(own.isDone)
    let (cluster, other) = try apps(sources, from: "all", path: "./shared/db")
    guard case .gap = other.outcome else { throw NotAsExpected() }
    #expect(cluster.gaps.map(\.kind) == ["source-external"])
  }
}

/// A reconciliation came out otherwise.
private struct NotAsExpected: Error {}
