import ClusterModel
import Files
import Kubernetes
import Testing

@testable import Reconciler

/// Artifacts for each directory that a `pathPattern` finds.
@Suite struct PathPatternTests {
  private func generator(_ copy: String, name: String, more: String) -> String {
    """
    apiVersion: source.extensions.fluxcd.io/v1beta1
    kind: ArtifactGenerator
    metadata: {name: shop, namespace: flux-system}
    spec:
      sources: [{alias: repo, kind: GitRepository, name: flux-system}]
      artifacts:
        - name: \(name)
          copy:
            \(copy)
    \(more)
    """
  }

  @Test func aPathPatternMakesAnArtifactForEachDirectory() throws {
    var texts = [
      "tenants/Red/apps/web.yaml": Fleet.configMap("red", "{a: b}"),
      "tenants/blue/apps/web.yaml": Fleet.configMap("blue", "{a: b}"),
      "tenants/README.md": "",
    ]
    texts["clusters/prod/artifacts.yaml"] = generator(
      "- {from: \"@repo/tenants/{tenant}/apps/**\", to: \"@artifact/\"}", name: "\"{tenant}-apps\"",
      more: "  pathPattern: \"@repo/tenants/{tenant}\"")
    texts["clusters/prod/apps.yaml"] = Fleet.kustomization(of: "red-apps")
    let cluster = try Fleet.cluster(texts)
    let generator = try cluster.reconciliation("ArtifactGenerator", "shop")
    #expect(
      cluster.applied(by: generator)
        == ["ExternalArtifact/flux-system/red-apps", "ExternalArtifact/flux-system/blue-apps"])
    #expect(try cluster.object("ExternalArtifact", "red-apps").manifest.label("tenant") == "red")
    let apps = try cluster.reconciliation("Kustomization", "red-apps")
    #expect(apps.files.map(\.string) == ["tenants/Red/apps/web.yaml"])
  }

  @Test func theSameNameTwiceIsAProblem() throws {
    var texts = ["tenants/Red/web.yaml": "", "tenants/red/web.yaml": ""]
    texts["clusters/prod/artifacts.yaml"] = generator(
      "- {from: \"@repo/tenants/{tenant}/**\", to: \"@artifact/\"}", name: "\"{tenant}\"",
      more: "  pathPattern: \"@repo/tenants/{tenant}\"")
    let cluster = try Fleet.cluster(texts)
    let problem = try #require(cluster.artifactProblems.first)
    #expect(problem.kind == .invalidPathPattern)
    #expect(problem.message == "'tenants/Red' and 'tenants/red' both make artifact 'red'")
  }
}
