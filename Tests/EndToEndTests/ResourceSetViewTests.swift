import Foundation
import Testing

/// What `trace`, `graph` and `check` tell of ResourceSets.
@Suite struct ResourceSetViewTests {
  private func sets() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: base, namespace: flux-system}
      spec:
        interval: 10m
        path: ./base
        prune: true
        suspend: true
        sourceRef: {kind: GitRepository, name: flux-system}
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: {name: late, namespace: flux-system}
      spec:
        dependsOn:
          - {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, name: base, namespace: flux-system, ready: true}
        resources:
          - {apiVersion: v1, kind: ConfigMap, metadata: {name: late, namespace: flux-system}}
      ---
      apiVersion: fluxcd.controlplane.io/v1
      kind: ResourceSet
      metadata: {name: apps, namespace: flux-system}
      spec:
        dependsOn:
          - {apiVersion: v1, kind: Secret, name: license, namespace: flux-system}
          - {apiVersion: v1, kind: ConfigMap, name: settings, namespace: flux-system}
        inputs:
          - tag: 1.2.3
        resources:
          - apiVersion: v1
            kind: ConfigMap
            metadata: {name: copy, namespace: flux-system, annotations: {fluxcd.controlplane.io/copyFrom: flux-system/settings}}
          - apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: web, namespace: flux-system}
            spec: {interval: 1h, url: "oci://registry.example.com/web", ref: {tag: << inputs.tag | quote >>}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: flux-system}
      data: {a: b}
      """, to: "clusters/dev/all.yaml")
    try scratch.write(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: base, namespace: flux-system}\n", to: "base/a.yaml")
    return scratch
  }

  @Test func tellsWhatAResourceSetNeeds() throws {
    let scratch = try sets()
    let set = try Program.run(["trace", "rset/flux-system/apps"], in: scratch.url).output
    #expect(
      set.contains("Secret/flux-system/license, which is in no file, must be there before it starts (dependsOn)"),
      "\(set)")
    #expect(set.contains("ConfigMap/flux-system/settings must be there before it starts (dependsOn)"), "\(set)")
    let absent = try Program.run(["trace", "Secret/flux-system/license"], in: scratch.url).output
    #expect(absent.contains("ResourceSet/flux-system/apps waits for it (dependsOn)"), "\(absent)")
    let data = try Program.run(["trace", "cm/flux-system/settings"], in: scratch.url).output
    #expect(data.contains("ResourceSet/flux-system/apps reads it (fluxcd.controlplane.io/copyFrom)"), "\(data)")
    let copy = try Program.run(["trace", "cm/flux-system/copy"], in: scratch.url).output
    #expect(
      copy.contains("ConfigMap/flux-system/settings: it reads that (fluxcd.controlplane.io/copyFrom)"), "\(copy)")
    let source = try Program.run(["trace", "OCIRepository/flux-system/web"], in: scratch.url).output
    #expect(source.contains("value from 'inputs.tag': spec.ref.tag  clusters/dev/all.yaml:28:12"), "\(source)")
  }

  @Test func everyGraphShowsWhatIsNotThere() throws {
    let scratch = try sets()
    let text = try Program.run(["graph"], in: scratch.url).output
    #expect(
      text.contains("not before Secret/flux-system/license is there (dependsOn): nothing that is known brings it"),
      "\(text)")
    #expect(
      text.contains(
        "ResourceSet/flux-system/late depends on Kustomization/flux-system/base, which is suspended"), "\(text)")
    #expect(text.contains("1 in all: ResourceSet/flux-system/late"), "\(text)")
    for format in ["dot", "mermaid"] {
      let drawing = try Program.run(["graph", "--format", format], in: scratch.url).output
      #expect(drawing.contains("Secret/flux-system/license"), "\(drawing)")
    }
    let clusters = try #require(
      try json(Program.run(["graph", "--format", "json"], in: scratch.url))["clusters"] as? [[String: Any]])
    let absent = try #require(clusters.first?["absent"] as? [[String: Any]])
    #expect(absent.map { ($0["to"] as? [String: Any])?["name"] as? String } == ["license"])
    let blocked = try #require(clusters.first?["blocked"] as? [[String: Any]])
    #expect(blocked.map { $0["reason"] as? String } == ["suspended"])
  }

  @Test func whatNothingIsKnownToMakeIsAGap() throws {
    let scratch = try sets()
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.output.contains("ResourceSet/flux-system/apps waits for Secret/flux-system/license"), "\(run.output)")
    try scratch.write("externals: {secrets: [{namespace: flux-system, name: license}]}\n", to: ".sluice.yaml")
    let told = try Program.run(["check"], in: scratch.url)
    #expect(!told.output.contains("waits for Secret/flux-system/license"), "\(told.output)")
  }

  private func json(_ run: Program.Run) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
  }
}
