import ClusterModel
import Diagnostics
import Testing

/// Folders whose files are in another repository, by Git's submodules.
@Suite struct SubmoduleTests {
  private static let modules = """
    [submodule "shared"]
    \tpath = vendor/shared
    \turl = https://git.example.com/shared.git
    """

  private static func cluster(_ path: String, isFetched: Bool, _ files: [String: String] = [:]) throws -> Cluster {
    let kustomization = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: shared, namespace: flux-system}
      spec: {interval: 10m, path: \(path), prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
      """
    var texts = files
    texts[".gitmodules"] = modules
    texts["clusters/prod/shared.yaml"] = kustomization
    texts["clusters/prod/flux-system/gotk-sync.yaml"] = SimulatedRepository.sync.replacing(
      "ref: {branch: main}}", with: "ref: {branch: main}, recurseSubmodules: \(isFetched)}")
    let model = try SimulatedRepository.model(texts, isBootstrapped: false)
    return try #require(model.clusters.first)
  }

  @Test(arguments: ["./vendor/shared", "./vendor/shared/base"])
  func aPathInOneThatIsFetchedIsAGap(_ path: String) throws {
    let cluster = try Self.cluster(path, isFetched: true)
    let gap = try #require(cluster.gaps.first)
    #expect(
      gap.message.hasSuffix("vendor/shared is a submodule, whose files are in https://git.example.com/shared.git"))
    if case .gap = try cluster.reconciliation("Kustomization", "shared").outcome {} else { Issue.record("no gap") }
  }

  @Test func aPathInOneThatIsNotFetchedIsNotThere() throws {
    let cluster = try Self.cluster("./vendor/shared", isFetched: false)
    let failure = try #require(try cluster.reconciliation("Kustomization", "shared").failure)
    #expect(failure.message.contains("it is in the submodule vendor/shared of https://git.example.com/shared.git"))
  }

  @Test func whatIsCheckedOutCountsOnlyWhereItIsFetched() throws {
    let files = ["vendor/shared/settings.yaml": Fleet.configMap("settings", "{a: b}")]
    let fetched = try Self.cluster("./vendor/shared", isFetched: true, files)
    #expect(try fetched.applied(by: fetched.reconciliation("Kustomization", "shared")) == ["ConfigMap/apps/settings"])
    let other = try Self.cluster("./vendor/shared", isFetched: false, files)
    #expect(try other.reconciliation("Kustomization", "shared").failure != nil)
  }

  @Test func aKustomizationThatTakesOneInIsAGap() throws {
    let cluster = try Self.cluster(
      "./apps", isFetched: true, ["apps/kustomization.yaml": "resources: [../vendor/shared/base]\n"])
    #expect(cluster.gaps.map(\.kind) == ["source-external"])
  }
}
