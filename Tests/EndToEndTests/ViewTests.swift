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

  /// What no file has is not given a place of something else.
  @Test func tellsTheRootOfAFolderWithoutPlaces() throws {
    let scratch = try repository()
    let run = try Program.run(["trace", "cm/apps/settings"], in: scratch.url)
    let expected = """

        cluster dev, found by its folder clusters/dev

        1  Kustomization/flux-system/flux-system, taken to be there: no file has it
           source     GitRepository/flux-system/flux-system, which is this repository
           path       ./clusters/dev
      """
    #expect(run.output.contains(expected), "\(run.output)")
    let graph = try Program.run(["graph"], in: scratch.url).output
    #expect(graph.hasPrefix("cluster dev, found by its folder clusters/dev\n"))
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

  /// Names that mean something to Graphviz or Mermaid are only labels there.
  @Test func drawingsAreWellFormedWhateverTheNames() throws {
    let scratch = try repository()
    try scratch.write(
      """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: {name: 'say "end" [x] -> {y} | <z> \\ #1;', namespace: end}
      spec: {interval: 1h, url: https://charts.example.com}
      """, to: "clusters/dev/charts.yaml")
    let dot = try Program.run(["graph", "--format", "dot"], in: scratch.url).output
    #expect(dot.contains(#"[label="HelmRepository/end/say \"end\" [x] -> {y} | <z> \\ #1;""#), "\(dot)")
    let node = #/ +(n\d+_\d+) \[label="(?:[^"\\]|\\.)*"(, [a-z]+=[a-z]+)*\];/#
    let edge = #/ +(n\d+_\d+) -> (n\d+_\d+) \[label="[a-z ]+"(, [a-z]+=[a-z]+)*\];/#
    check(
      dot, Regex<AnyRegexOutput>(node), Regex<AnyRegexOutput>(edge),
      besides: ["digraph flux {", "rankdir=LR", "subgraph cluster_", "label=\"dev\";", "}"])
    let mermaid = try Program.run(["graph", "--format", "mermaid"], in: scratch.url).output
    let box = #/ +(n\d+_\d+)(?:\["[^"\[\]<>{}|]*"\]|\("[^"\[\]<>{}|]*"\))/#
    let arrow = #/ +(n\d+_\d+) (?:-->|==>)\|[a-z ]+\| (n\d+_\d+)/#
    check(
      mermaid, Regex<AnyRegexOutput>(box), Regex<AnyRegexOutput>(arrow),
      besides: ["flowchart LR", "subgraph c0[\"dev\"]", "end"])
  }

  /// Every line is a node, an edge between nodes that stand above it, or holds one of `others`.
  private func check(
    _ text: String, _ node: Regex<AnyRegexOutput>, _ edge: Regex<AnyRegexOutput>, besides others: [String]
  ) {
    var declared: Set<Substring> = []
    for line in text.split(separator: "\n") {
      if let match = line.wholeMatch(of: node) {
        declared.insert(match.output[1].substring ?? "")
      } else if let match = line.wholeMatch(of: edge) {
        #expect([1, 2].allSatisfy { declared.contains(match.output[$0].substring ?? "") }, "\(line)")
      } else {
        #expect(others.contains { line.contains($0) }, "\(line)")
      }
    }
    #expect(!declared.isEmpty)
  }

  @Test func tracesASecretThatAnOperatorMakes() throws {
    let scratch = try repository()
    try scratch.write(
      """
      apiVersion: external-secrets.io/v1
      kind: ExternalSecret
      metadata: {name: login, namespace: apps}
      spec: {}
      ---
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: {name: charts, namespace: apps}
      spec: {interval: 1h, url: https://charts.example.com, secretRef: {name: login}}
      """, to: "clusters/dev/charts.yaml")
    let run = try Program.run(["trace", "secret/apps/login"], in: scratch.url)
    #expect(run.status == 0)
    #expect(run.output.contains("ExternalSecret/apps/login makes it"), "\(run.output)")
    #expect(run.output.contains("HelmRepository/apps/charts reads it (spec.secretRef)"), "\(run.output)")
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
