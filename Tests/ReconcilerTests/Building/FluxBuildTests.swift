import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import Reconciler
import Testing
import YAML

/// Builds of small trees.
struct BuildFixture {
  var files: [String: String] = [
    "app/deploy.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      template:
        spec:
          containers:
            - name: web
              image: ghcr.io/org/web:1.0.0
    """,
    "app/service.yaml": """
    apiVersion: v1
    kind: Service
    metadata:
      name: web-${region}
    """,
  ]
  var spec = "path: ./app"
  var variables: [String: String] = [:]
  var version = FluxVersion.newest

  static let withKustomization = BuildFixture().adding(
    "app/kustomization.yaml", "resources: [deploy.yaml, service.yaml]\nnamespace: base\n")

  func adding(_ path: String, _ text: String) -> BuildFixture {
    var copy = self
    copy.files[path] = text
    return copy
  }

  func with(_ spec: String, _ variables: [String: String] = [:], version: FluxVersion = .newest) -> BuildFixture {
    var copy = self
    copy.spec = "path: ./app\n" + spec
    copy.variables = variables
    copy.version = version
    return copy
  }

  func build() throws -> FluxBuild {
    let text = """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: app
        namespace: flux-system
      spec:
      \(spec.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n"))
      """
    let document = try #require(try YAMLReader.read(text: text, path: "ks.yaml").first)
    let manifest = try #require(Manifest(document.root))
    let origin = manifest.origin
    return FluxBuild(
      Flux.Kustomization(manifest), artifact: ParsedTree(try MemoryTree(texts: files)),
      variables: SubstitutionVariables(variables.map { .init(name: $0.key, value: $0.value, origin: origin) }),
      version: version)
  }

  func top() throws -> String {
    String(decoding: try YAMLEmitter.emit(try build().topKustomization()), as: UTF8.self)
  }
}

@Suite struct GeneratedKustomizationTests {
  static let head = "apiVersion: kustomize.config.k8s.io/v1beta1\n"

  @Test func aDirectoryWithoutAFileGetsOne() throws {
    let fixture = BuildFixture().adding("app/sub/kustomization.yml", "resources: []").adding("app/.hidden.yml", "")
      .adding("app/deep/er/map.yaml", "").adding("app/README.md", "")
    #expect(
      try fixture.top() == Self.head
        + "kind: Kustomization\nresources:\n- ./.hidden.yml\n- ./deep/er/map.yaml\n- ./deploy.yaml\n- ./service.yaml\n- ./sub\n"
    )
  }

  @Test func anEmptyDirectoryGetsAPlaceholder() throws {
    let fixture = BuildFixture(files: ["app/README.md": ""])
    #expect(try fixture.top() == Self.head + "kind: Kustomization\nnamespace: _placeholder\n")
  }

  @Test func aFileWithoutResourcesIsNotEmptyForKustomize() throws {
    let fixture = BuildFixture(files: ["app/kustomization.yaml": "# nothing yet\n"])
    #expect(try fixture.top() == Self.head + "buildMetadata:\n- originAnnotations\nkind: Kustomization\n")
  }

  @Test(arguments: [
    (
      "resources: [a]\nunknown: 1\nimages: [{name: x, newTag: 1.10, typo: y}]",
      "images:\n- name: x\n  newTag: \"1.1\"\nkind: Kustomization\nresources:\n- a\n"
    ),
    ("Resources: [a]\nnamePrefix: ''\nlabels: []", "kind: Kustomization\nresources:\n- a\n"),
    (
      "resources: [a]\nkind: Component\ncommonLabels: {v: 1, w: true, x: null}",
      "commonLabels:\n  v: \"1\"\n  w: \"true\"\n  x: \"\"\nkind: Component\nresources:\n- a\n"
    ),
    (
      "resources: [a]\nreplicas: [{name: x, count: 3}]\ngeneratorOptions: {}",
      "generatorOptions: {}\nkind: Kustomization\nreplicas:\n- count: 3\n  name: x\nresources:\n- a\n"
    ),
  ])
  func theFileIsReadAsGoReadsIt(_ text: String, rest: String) throws {
    #expect(try BuildFixture().adding("app/kustomization.yaml", text).top() == Self.head + rest)
  }

  @Test(arguments: [
    ("resources: a", "resources must be a list"), ("- a", "the kustomization must be a mapping"),
    ("replicas: [{name: x, count: many}]", "replicas[0].count must be a whole number"),
    ("images: [x]", "images[0] must be a mapping"),
    ("generatorOptions: {immutable: 'true'}", "generatorOptions.immutable must be true or false"),
  ])
  func otherTypesAreRefused(_ text: String, message: String) throws {
    let build = try BuildFixture().adding("app/kustomization.yaml", text).build()
    do {
      _ = try build.run()
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.message == message)
      #expect(error.location?.file.path == "app/kustomization.yaml")
    }
  }

  @Test func whatTheFluxObjectSaysGoesOverTheFile() throws {
    let fixture = BuildFixture.withKustomization.with(
      """
      targetNamespace: team
      namePrefix: a-
      components: [../comp]
      patches: [{patch: "{kind: A}", target: {kind: B, other: c}}]
      buildMetadata: [transformerAnnotations]
      """)
    #expect(
      try fixture.top() == Self.head + """
        buildMetadata:
        - transformerAnnotations
        components:
        - ../comp
        kind: Kustomization
        namePrefix: a-
        namespace: team
        patches:
        - patch: '{kind: A}'
          target:
            kind: B
        resources:
        - deploy.yaml
        - service.yaml

        """)
  }

  @Test(arguments: [
    (FluxVersion.v29, "  newName: z\n  newTag: \"3\"\n"), (.v28, "  newTag: \"3\"\n"),
  ])
  func imagesAreMergedByName(_ version: FluxVersion, rest: String) throws {
    let fixture = BuildFixture().adding(
      "app/kustomization.yaml", "resources: [a]\nimages: [{name: x, newName: z, digest: 'sha256:0'}]"
    ).with("images: [{name: x, newTag: '3'}]", version: version)
    #expect(
      try fixture.top() == Self.head + "images:\n- name: x\n" + rest + "kind: Kustomization\nresources:\n- a\n")
  }

  @Test func whatTheFluxObjectEmptiesIsLeftOut() throws {
    let fixture = BuildFixture().adding("app/kustomization.yaml", "resources: [a.yaml]\nnamePrefix: a-\nnamespace: b\n")
      .with("namePrefix: ''\ntargetNamespace: ''\npatches: [{patch: '', target: {kind: Service}}]")
    #expect(
      try fixture.top() == Self.head
        + "kind: Kustomization\npatches:\n- target:\n    kind: Service\nresources:\n- a.yaml\n")
  }

  @Test func oldJSONPatchesAreWrittenAsGoWritesThem() throws {
    let patch = "{patch: [{value: {b: 1, a: 2}, from: /x, path: /y, op: move, note: z}], target: {kind: Service}}"
    #expect(
      try Self.top(of: "patchesJson6902: [\(patch)]").contains(
        #"'[{"op":"move","path":"/y","from":"/x","value":{"a":2,"b":1}}]'"#))
  }

  private static func top(of spec: String) throws -> String {
    try BuildFixture.withKustomization.with(spec).top()
  }

  @Test func componentsThatAreMissingCanBeIgnored() throws {
    let fixture = BuildFixture.withKustomization.adding("comp/kustomization.yaml", "kind: Component")
    let top = try fixture.with("components: [../comp, ../gone]\nignoreMissingComponents: true").top()
    #expect(top.hasPrefix(Self.head + "components:\n- ../comp\nkind"))
  }

  @Test(arguments: ["https://github.com/org/comp", "git@github.com:org/comp", "/comp", "github.com/org/comp"])
  func componentsMustBeLocal(_ path: String) throws {
    #expect(throws: FluxBuildError.self) { try BuildFixture.withKustomization.with("components: ['\(path)']").top() }
  }
}

@Suite struct FluxBuildTests {
  @Test func objectsComeOutBuiltAndSubstituted() throws {
    let fixture = BuildFixture.withKustomization.with(
      "targetNamespace: team\ncommonMetadata: {labels: {owner: '${region}'}}\npostBuild: {substitute: {region: eu}}",
      ["region": "eu"])
    let result = try fixture.build().run()
    #expect(result.objects.map(\.manifest.reference.description) == ["Deployment/team/web", "Service/team/web-eu"])
    // Common metadata comes after substitution.
    #expect(result.objects.map { $0.manifest.label("owner") } == ["${region}", "${region}"])
    #expect(result.directory == (try RepoPath("app")))
    #expect(result.build.filesRead.map(\.string) == ["app/deploy.yaml", "app/kustomization.yaml", "app/service.yaml"])
  }

  @Test func originsTellTheWholeStory() throws {
    let fixture = BuildFixture.withKustomization.with(
      "targetNamespace: team\ncommonMetadata: {labels: {owner: me}}\npostBuild: {}", ["region": "eu"])
    let service = try #require(try fixture.build().run().objects.last?.manifest)
    let name = try #require(service.node[path: "metadata", "name"])
    #expect(name.origin.location.description == "app/service.yaml:4:9")
    #expect(name.origin.trace.map(\.message) == ["${region} substituted here"])
    let namespace = try #require(service.node[path: "metadata", "namespace"])
    #expect(namespace.origin.location.description == "ks.yaml:8:20")
    let owner = try #require(service.node[path: "metadata", "labels", "owner"])
    #expect(owner.origin.location.description == "ks.yaml:9:36")
    #expect(owner.origin.trace.map(\.message) == ["set by spec.commonMetadata.labels here"])
  }

  @Test func whatAPatchSetsLeadsIntoTheFluxObject() throws {
    let fixture = BuildFixture.withKustomization.with(
      """
      patches:
        - target: {kind: Deployment}
          patch: |
            - op: add
              path: /spec/replicas
              value: 3
      """)
    let deployment = try #require(try fixture.build().run().objects.first?.manifest)
    let replicas = try #require(deployment.node[path: "spec", "replicas"])
    #expect(replicas.scalar?.resolved == .int(3))
    #expect(replicas.origin.location.description == "ks.yaml:13:18")
  }

  @Test func undefinedVariablesDoNotStopTheBuild() throws {
    let result = try BuildFixture.withKustomization.with("postBuild: {substituteStrategy: Always}").build().run()
    #expect(result.undefined.map(\.use.name) == ["region"])
    #expect(result.undefined.map(\.use.origin.location.description) == ["app/service.yaml:4:13"])
    #expect(result.objects.count == 2)
  }

  @Test func alwaysIsNewInFlux29() throws {
    let fixture = BuildFixture.withKustomization.with("postBuild: {substituteStrategy: Always}", version: .v28)
    #expect(try fixture.build().run().undefined.isEmpty)
  }

  @Test(arguments: [
    ("path: ./gone", "kustomization path './gone' is not in the artifact", "ks.yaml:7:9"),
    ("path: 5", "spec.path must be a string, not a number", "ks.yaml:7:9"),
    ("path: app/deploy.yaml", "kustomization path 'app/deploy.yaml' is a file, not a directory", "ks.yaml:7:9"),
  ])
  func aPathThatIsNotThereIsAnErrorAtThePath(_ spec: String, message: String, place: String) throws {
    var fixture = BuildFixture.withKustomization
    fixture.spec = spec
    do {
      _ = try fixture.build().run()
      Issue.record("nothing was thrown")
    } catch let error as FluxBuildError {
      #expect(error.message == message)
      #expect(error.location?.description == place)
    }
  }

  @Test(arguments: ["app", "./app/", "/app", "../../app", "x/../app"])
  func pathsCannotLeaveTheArtifact(_ path: String) throws {
    var fixture = BuildFixture.withKustomization
    fixture.spec = "path: \(path)"
    #expect(try fixture.build().run().directory.string == "app")
  }

  @Test func twoKustomizationFilesAreRefused() throws {
    let build = try BuildFixture.withKustomization.adding("app/kustomization.yml", "resources: []").build()
    do {
      _ = try build.run()
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.message == "only one of kustomization.yaml and kustomization.yml may stand in a directory")
    }
  }

  @Test func substitutionMayNotMakeTwoObjectsTheSame() throws {
    let other = "{apiVersion: v1, kind: Service, metadata: {name: web-eu}}"
    let fixture = BuildFixture().adding("app/other.yaml", other).with("postBuild: {}", ["region": "eu"])
    let build = try fixture.build()
    do {
      _ = try build.run()
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.message == "after substitution two objects of the build are Service/web-eu")
    }
  }

  @Test func deepTreesHaveALimit() throws {
    let path = Array(repeating: "d", count: 200).joined(separator: "/")
    let build = try BuildFixture().adding("app/\(path)/a.yaml", "").build()
    #expect(throws: FluxBuildError.self) { try build.run() }
  }
}
