import Diagnostics
import Documents
import Files
import Kustomize
import Testing
import YAML

/// What a kustomization takes in, in which order, and what it refuses.
@Suite struct AccumulationTests {
  private static let shop: Fixture = """
    == base/kustomization.yaml
    resources: [web.yaml]
    == base/web.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    == overlay/kustomization.yaml
    namePrefix: live-
    namespace: shop
    resources:
    - ../base
    - namespace.yaml
    == overlay/namespace.yaml
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
    """

  @Test func takesInBasesAndFilesInTheirOrder() throws {
    #expect(
      try Self.shop.output("overlay") == """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: live-web
          namespace: shop
        ---
        apiVersion: v1
        kind: Namespace
        metadata:
          name: shop

        """)
  }

  @Test func sortsByKindWhereAsked() throws {
    let built = try Self.shop.build("overlay", options: BuildOptions(order: .legacy))
    #expect(built.resources.map { $0.node["kind"]?.scalar?.text } == ["Namespace", "Deployment"])
  }

  @Test func saysWhichFilesAndDirectoriesTookPart() throws {
    let built = try Self.shop.build("overlay")
    #expect(
      built.filesRead.map(\.string) == [
        "base/kustomization.yaml", "base/web.yaml", "overlay/kustomization.yaml", "overlay/namespace.yaml",
      ])
    #expect(built.directories.map { "\($0.path) \($0.depth)" } == ["overlay 1", "base 2"])
    #expect(built.resources.map(\.layers) == [2, 1])
  }

  @Test func everyObjectKnowsTheEntriesThatTookItIn() throws {
    let web = try Self.shop.build("overlay").object("live-web")
    #expect(
      web.trace.map { "\($0.location)" } == ["base/kustomization.yaml:1:13", "overlay/kustomization.yaml:4:3"])
  }

  @Test func opensLists() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [all.yaml]
      == all.yaml
      apiVersion: v1
      kind: ConfigMapList
      items:
      - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: b}
      """
    let names = try fixture.build().resources.map { $0.node[path: "metadata", "name"]?.scalar?.text }
    #expect(names == ["b", "a"], "what a list holds comes behind the rest of the file, as in kustomize")
  }

  @Test(arguments: [
    (
      "the same object twice",
      """
      == kustomization.yaml
      resources: [a.yaml, b.yaml]
      == a.yaml
      {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}}
      == b.yaml
      {apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: default}}
      """, "b.yaml:1:52: there is already an object with the id 'ConfigMap.v1.[noGrp]/settings.default'"
    ),
    ("no kustomization", "== a.txt", ":1:1: no 'kustomization.yaml', 'kustomization.yml' or 'Kustomization'"),
    (
      "two kustomizations",
      "== kustomization.yaml\nresources: []\n== Kustomization\nresources: []",
      ":1:1: directory '.' has 'kustomization.yaml' and 'Kustomization'; only one may be there"
    ),
    (
      "an empty kustomization", "== kustomization.yaml\n# nothing",
      "kustomization.yaml:1:1: the kustomization file is empty"
    ),
    (
      "a file that is not there", "== kustomization.yaml\nresources: [web.yaml]",
      "kustomization.yaml:1:13: no file 'web.yaml'"
    ),
    (
      "a base that holds the overlay",
      "== app/kustomization.yaml\nresources: [overlay]\n== app/overlay/kustomization.yaml\nresources: [../]\n== kustomization.yaml\nresources: [app]",
      "app/overlay/kustomization.yaml:1:13: cycle detected: 'app' contains 'app/overlay'"
    ),
    (
      "a component among the resources",
      "== kustomization.yaml\nresources: [part]\n== part/kustomization.yaml\nkind: Component\nresources: []",
      "kustomization.yaml:1:13: 'part' holds a Component: list it under 'components'"
    ),
    (
      "a kustomization among the components",
      "== kustomization.yaml\ncomponents: [part]\n== part/kustomization.yaml\nresources: []",
      "kustomization.yaml:1:14: 'part' holds a Kustomization, not a Component: list it under 'resources'"
    ),
    (
      "no object", "== kustomization.yaml\nresources: [a.yaml]\n== a.yaml\n- 1",
      "a.yaml:1:1: this is no Kubernetes object: a mapping is wanted"
    ),
    (
      "no name", "== kustomization.yaml\nresources: [a.yaml]\n== a.yaml\nkind: Pod\nmetadata: {}",
      "a.yaml:2:11: the Pod has no 'metadata.name'"
    ),
    (
      "a key that stands twice",
      "== kustomization.yaml\nresources: [a.yaml]\n== a.yaml\nkind: Pod\nmetadata: {name: a}\nkind: Pod",
      "a.yaml:3:1: key 'kind' stands twice in this mapping"
    ),
  ])
  func refuses(_ name: String, _ fixture: String, _ wanted: String) throws {
    let report = try Fixture(stringLiteral: fixture).error()
    #expect(report.contains(wanted), "\(name): \(report)")
  }

  @Test func refusesEndlessNesting() throws {
    var text = "== kustomization.yaml\nresources: [d]\n"
    var path = ""
    for _ in 0...KustomizeBuild.depthLimit {
      path += "d/"
      text += "== \(path)kustomization.yaml\nresources: [d]\n"
    }
    #expect(try Fixture(stringLiteral: text).error().contains("more than 100 levels deep"))
  }

  @Test func refusesBasesThatMultiply() throws {
    // Each level takes in the one below twice: 2^14 directories in the end.
    var text = "== l0/kustomization.yaml\nresources: []\n"
    for level in 1...14 {
      for side in ["a", "b"] {
        text += "== l\(level)\(side)/kustomization.yaml\nnamePrefix: \(side)-\n"
        text += level == 1 ? "resources: [../l0]\n" : "resources: [../l\(level - 1)a, ../l\(level - 1)b]\n"
      }
    }
    #expect(try Fixture(stringLiteral: text).error("l14a").contains("more than 10000 directories"))
  }

  @Test func anErrorInABaseSaysHowItGotThere() throws {
    let fixture: Fixture = """
      == base/kustomization.yaml
      resources: [missing.yaml]
      == kustomization.yaml
      resources:
      - base
      """
    #expect(
      try fixture.error() == """
        base/kustomization.yaml:1:13: no file 'base/missing.yaml'
          kustomization.yaml:2:3: included here
        """)
  }

  @Test func componentsWorkOnWhatTheirParentGathered() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [web.yaml]
      components: [label]
      == web.yaml
      {apiVersion: v1, kind: Service, metadata: {name: web}}
      == label/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      labels:
      - pairs: {team: shop}
      """
    #expect(
      try fixture.output() == """
        apiVersion: v1
        kind: Service
        metadata:
          labels:
            team: shop
          name: web

        """)
  }
}

/// What may be loaded from where.
@Suite struct LoadingTests {
  private static let outside: Fixture = """
    == app/kustomization.yaml
    resources: [../shared.yaml]
    == shared.yaml
    {apiVersion: v1, kind: ConfigMap, metadata: {name: shared}}
    """

  @Test func keepsToTheDirectoryUnlessAllowed() throws {
    #expect(
      try Self.outside.error("app").hasPrefix(
        "app/kustomization.yaml:1:13: file 'shared.yaml' is not in or below 'app'"))
    #expect(try Self.outside.build("app", options: BuildOptions(loadRestriction: .none)).resources.count == 1)
  }

  @Test func neverLeavesTheTree() throws {
    let fixture: Fixture = "== kustomization.yaml\nresources: [../../etc/passwd]"
    #expect(try fixture.error(options: BuildOptions(loadRestriction: .none)).contains("leaves the root"))
  }

  @Test(arguments: [
    "https://example.com/all.yaml", "github.com/owner/repository//deploy?ref=v1",
    "git@example.com:owner/repository.git",
    "ssh://git@example.com/owner/repository",
  ])
  func whatIsElsewhereIsRefusedOrListed(_ entry: String) throws {
    let fixture = Fixture(stringLiteral: "== kustomization.yaml\nresources:\n- \(entry)")
    #expect(
      try fixture.error() == "kustomization.yaml:2:3: '\(entry)' is not in the repository; it would have to be fetched")
    let built = try fixture.build(options: BuildOptions(remotePolicy: .leaveOut))
    #expect(built.remoteReferences.map(\.text) == [entry])
  }

  @Test func whatIsMissedMayBeWhatWasLeftOut() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources:
      - https://example.com/web.yaml
      patches:
      - patch: '{apiVersion: v1, kind: Service, metadata: {name: web}}'
      """
    let error = #expect(throws: KustomizeError.self) {
      try fixture.build(options: BuildOptions(remotePolicy: .leaveOut))
    }
    #expect(error?.code == .remote)
    #expect(error?.trace.last?.message == "'https://example.com/web.yaml' was left out here")
  }

  @Test func aTopKustomizationNeedsNoFile() throws {
    let fixture: Fixture = "== app/web.yaml\n{apiVersion: v1, kind: Service, metadata: {name: web}}"
    let top = try #require(
      try Fixture(stringLiteral: "== k\nresources: [web.yaml]").tree.documents(at: RepoPath("k"))?.first)
    let options = BuildOptions(topKustomization: TopKustomization(node: top.root))
    #expect(try fixture.build("app", options: options).resources.count == 1)
  }
}
