import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing

@testable import Reconciler

/// What keeps hostile input from taking more than it may.
@Suite struct CompositionLimitTests {
  private func generator(from: String, exclude: String = "[]") -> String {
    """
    apiVersion: source.extensions.fluxcd.io/v1beta1
    kind: ArtifactGenerator
    metadata: {name: shop, namespace: flux-system}
    spec:
      sources: [{alias: repo, kind: GitRepository, name: flux-system}]
      artifacts: [{name: apps, copy: [{from: "\(from)", to: "@artifact/", exclude: \(exclude)}]}]
    """
  }

  @Test func foldersAreCopiedDownToALimit() throws {
    let folders = (0..<ArtifactComposer.depthLimit + 1).map { _ in "d" }.joined(separator: "/")
    let cluster = try Fleet.cluster([
      "clusters/prod/artifacts.yaml": generator(from: "@repo/d"), "\(folders)/file.txt": "",
    ])
    #expect(cluster.gaps.map(\.kind) == ["artifact-not-composed"])
    #expect(cluster.gaps[0].message.contains("more than \(ArtifactComposer.depthLimit) directories deep"))
  }

  @Test func alternativesAreExpandedUpToALimit() throws {
    let pattern = String(repeating: "{a,b}", count: 12)
    let cluster = try Fleet.cluster([
      "clusters/prod/artifacts.yaml": generator(from: "@repo/clusters", exclude: "[\"\(pattern)\"]")
    ])
    #expect(cluster.artifactProblems.map(\.kind) == [.malformedCopy])
  }

  @Test func permutationsAreMadeUpToALimit() throws {
    var texts: [String: String] = [:]
    let inputs = Array(repeating: "{a: b}", count: InputSets.permutationLimit + 1).joined(separator: ", ")
    texts["clusters/prod/set.yaml"] = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: {name: many, namespace: apps}
      spec:
        inputStrategy: {name: Permute}
        inputs: [\(inputs)]
        resourcesTemplate: ""
      """
    let failure = try #require(try Fleet.cluster(texts).reconciliation("ResourceSet", "many").failure)
    #expect(failure.message == "the inputs make more than \(InputSets.permutationLimit) permutations")
  }
}
