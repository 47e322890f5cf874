import Foundation
import Testing

/// What `trace` and `graph` answer, beyond what the documentation shows.
@Suite struct ViewTests {
  private func repository() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec:
        interval: 10m
        path: ./apps
        prune: true
        dependsOn: [{name: infra}]
        sourceRef: {kind: GitRepository, name: flux-system}
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: infra, namespace: flux-system}
      spec:
        interval: 10m
        path: ./infra
        prune: true
        sourceRef: {kind: GitRepository, name: flux-system}
      """, to: "clusters/dev/all.yaml")
    for name in ["apps", "infra"] {
      try scratch.write(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: \(name)}\n", to: "\(name)/a.yaml")
    }
    return scratch
  }

  private func json(_ run: Program.Run) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }

  @Test func tracesSeveralObjects() throws {
    let scratch = try repository()
    let run = try Program.run(["trace", "cm/apps/settings", "configmaps.v1/infra/settings", scratch.url.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("applied by Kustomization/flux-system/apps"), "\(run.output)")
    #expect(run.output.contains("written in infra/a.yaml:3:18"), "\(run.output)")
  }

  @Test func oneThatIsMissingDoesNotHideTheOthers() throws {
    let scratch = try repository()
    let run = try Program.run(["trace", "cm/apps/settings", "cm/apps/settngs"], in: scratch.url)
    #expect(run.status == 3)
    #expect(run.output.contains("applied by Kustomization/flux-system/apps"))
    #expect(run.errors.contains("there is ConfigMap/apps/settings, ConfigMap/infra/settings"), "\(run.errors)")
  }

  @Test func saysWhatAnIdentityMayNotDo() throws {
    let scratch = try repository()
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: web, namespace: web}
      spec:
        interval: 10m
        path: ./web
        prune: true
        serviceAccountName: deployer
        sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: viewers, namespace: web}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
      subjects: [{kind: ServiceAccount, name: deployer, namespace: web}]
      """, to: "clusters/dev/web.yaml")
    try scratch.write("apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: web}\n", to: "web/a.yaml")
    let run = try Program.run(["trace", "svc/web/web"], in: scratch.url)
    #expect(
      run.output.contains("ServiceAccount/web/deployer (spec.serviceAccountName), which is not in the repository"))
    #expect(
      run.output.contains("nothing in the repository lets it create, patch, delete a Service in namespace web"),
      "\(run.output)")
  }

  @Test func tracesAsJSON() throws {
    let scratch = try repository()
    let run = try Program.run(["trace", "ks/infra", "--format", "json"], in: scratch.url)
    let objects = try #require(try json(run)["objects"] as? [[String: Any]])
    let needed = try #require(objects.first?["neededBy"] as? [[String: Any]])
    #expect(needed.map { $0["relation"] as? String } == ["dependsOn"])
    #expect((objects.first?["stalled"] as? [[String: Any]])?.map { $0["name"] as? String } == ["apps"])
  }

  @Test(arguments: ["text", "dot", "mermaid", "json"]) func drawsTheGraph(_ format: String) throws {
    let scratch = try repository()
    let run = try Program.run(["graph", "--format", format], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("infra"))
  }

  @Test func drawsOneObjectsNeighbourhood() throws {
    let scratch = try repository()
    let run = try Program.run(["graph", "--focus", "ks/infra", "--depth", "1", "--format", "json"], in: scratch.url)
    let clusters = try #require(try json(run)["clusters"] as? [[String: Any]])
    let nodes = try #require(clusters.first?["nodes"] as? [[String: Any]])
    let edges = try #require(clusters.first?["edges"] as? [[String: Any]])
    #expect(nodes.count == 4, "apps, flux-system, infra and the source")
    #expect(edges.allSatisfy { ($0["from"] as? Int ?? 9) < 4 && ($0["to"] as? Int ?? 9) < 4 })
    #expect(try Program.run(["graph", "--focus", "ks/infar"], in: scratch.url).status == 3)
  }

  @Test func checkCountsWhatIsInNoCluster() throws {
    let run = try Program.run(["check", "testdata/unreached", "--fail-on", "never"])
    #expect(run.output.contains("1 Flux object in no cluster (see `sluice graph`)"), "\(run.output)")
  }
}
