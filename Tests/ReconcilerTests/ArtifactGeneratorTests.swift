import ArchiveSamples
import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import TestSupport
import Testing
import YAML

@testable import Reconciler

@Suite struct ArtifactGeneratorTests {
  private static let sources = "[{alias: repo, kind: GitRepository, name: flux-system}]"

  private static func generator(
    _ copies: String, name: String = "apps", more: String = "", sources: String = Self.sources
  ) -> String {
    """
    apiVersion: source.extensions.fluxcd.io/v1beta1
    kind: ArtifactGenerator
    metadata: {name: shop, namespace: flux-system}
    spec:
      sources: \(sources)
      artifacts:
        - name: \(name)
          copy:
    \(copies.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
    \(more)
    """
  }

  /// The cluster of a repository with a generator of these copies and a Kustomization of what it makes.
  private func cluster(_ copies: String, path: String = "./", _ files: [String: String] = [:]) throws -> Cluster {
    var texts = files
    texts["clusters/prod/artifacts.yaml"] = Self.generator(copies)
    texts["clusters/prod/apps.yaml"] = Fleet.kustomization(of: "apps", path: path)
    return try Fleet.cluster(texts)
  }

  private static let base = [
    "apps/base/web.yaml": Fleet.configMap("web", "{size: small}"),
    "apps/base/README.md": "# Base",
    "apps/prod/kustomization.yaml": "resources: [../base/web.yaml]\n",
    "apps/prod/extra/db.yaml": Fleet.configMap("db", "{size: large}"),
  ]

  // MARK: copies

  @Test func composesFoldersAndBuildsFromThem() throws {
    let cluster = try cluster(
      """
      - {from: "@repo/apps/base/**", to: "@artifact/base/"}
      - {from: "@repo/apps/prod/**", to: "@artifact/prod/"}
      """, path: "./prod", Self.base)
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.isDone)
    #expect(cluster.applied(by: apps) == ["ConfigMap/apps/web"])
    #expect(apps.files.map(\.string) == ["apps/base/web.yaml", "apps/prod/kustomization.yaml"])
    #expect(
      apps.source
        == .composed(
          source: ObjectID(
            group: "source.toolkit.fluxcd.io", kind: "ExternalArtifact", namespace: "flux-system", name: "apps")))
    let web = try cluster.object("ConfigMap", "web")
    #expect(web.manifest.origin.location.description == "apps/base/web.yaml:3:18")
    #expect(cluster.gaps.isEmpty)
    #expect(cluster.artifactProblems.isEmpty)
  }

  @Test func theGeneratorAppliesExternalArtifacts() throws {
    let cluster = try cluster("- {from: \"@repo/apps/base/**\", to: \"@artifact/\"}", Self.base)
    let generator = try cluster.reconciliation("ArtifactGenerator", "shop")
    #expect(generator.kind == .artifactGenerator)
    #expect(cluster.applied(by: generator) == ["ExternalArtifact/flux-system/apps"])
    #expect(generator.files.map(\.string) == ["apps/base/README.md", "apps/base/web.yaml"])
    let artifact = try cluster.object("ExternalArtifact", "apps")
    #expect(artifact.manifest.origin.location.description == "clusters/prod/artifacts.yaml:7:13")
    let node = try #require(cluster.graph.node(generator.id))
    #expect(cluster.graph.needs(of: node).contains { $0.kind == .source })
  }

  /// `(copies, files of the artifact)`: one table of cp-like targets and globs.
  @Test(arguments: [
    // A directory goes into the target under its name, its contents with `/**`.
    (#"{from: "@repo/apps/base", to: "@artifact/x"}"#, ["x/base/README.md", "x/base/web.yaml"]),
    (#"{from: "@repo/apps/base/**", to: "@artifact/x"}"#, ["x/README.md", "x/web.yaml"]),
    (#"{from: "@repo/apps/base/", to: "@artifact/"}"#, ["base/README.md", "base/web.yaml"]),
    // Any other pattern keeps the whole path of what fits.
    (#"{from: "@repo/apps/base/*.md", to: "@artifact/x"}"#, ["x/apps/base/README.md"]),
    (#"{from: "@repo/apps/*/*.yaml", to: "@artifact/"}"#, ["apps/base/web.yaml", "apps/prod/kustomization.yaml"]),
    // `**` between slashes is no more than `*`.
    (#"{from: "@repo/apps/**/db.yaml", to: "@artifact/"}"#, []),
    (#"{from: "@repo/apps/**/*/db.yaml", to: "@artifact/"}"#, ["apps/prod/extra/db.yaml"]),
    (#"{from: "@repo/apps/[a-c]*/web.y?ml", to: "@artifact/"}"#, ["apps/base/web.yaml"]),
    // `./` means something before a pattern only.
    (#"{from: "@repo/./a*/base/web.yaml", to: "@artifact/"}"#, ["apps/base/web.yaml"]),
    (#"{from: "@repo/./apps/*", to: "@artifact/"}"#, []),
    // A file takes the name in the target unless that is a directory.
    (#"{from: "@repo/apps/base/web.yaml", to: "@artifact/site.yaml"}"#, ["site.yaml"]),
    (#"{from: "@repo/apps/base/web.yaml", to: "@artifact/site/"}"#, ["site/web.yaml"]),
    // exclude: by path, from the selected directory, or by name.
    (
      #"{from: "@repo/apps/**", to: "@artifact/", exclude: ["*.md"]}"#,
      ["base/web.yaml", "prod/extra/db.yaml", "prod/kustomization.yaml"]
    ),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["prod/**"]}"#, ["base/README.md", "base/web.yaml"]),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["**/{extra,base}"]}"#, ["prod/kustomization.yaml"]),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["apps/*/[!dw]*"]}"#, ["base/web.yaml"]),
  ])
  func copies(_ copy: String, _ expected: [String]) throws {
    let cluster = try cluster("- \(copy)", Self.base)
    let state = try artifactFiles(copy)
    #expect(state == expected)
    #expect(cluster.artifactProblems.isEmpty == !expected.isEmpty)
  }

  /// Before Flux 2.9, `exclude` was about paths below the directory that is copied.
  @Test(arguments: [
    (#"{from: "@repo/apps/prod", to: "@artifact/", exclude: ["apps/prod/extra/**"]}"#, true),
    (#"{from: "@repo/apps/prod", to: "@artifact/", exclude: ["extra/**"]}"#, false),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["prod/extra"]}"#, true),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["apps/prod"]}"#, false),
  ])
  func excludesOfOlderFlux(_ copy: String, _ isThere: Bool) throws {
    let isDatabase: (String) -> Bool = { $0.hasSuffix("extra/db.yaml") }
    #expect(try artifactFiles(copy, flux: .v28).contains(where: isDatabase) == isThere)
    #expect(try !artifactFiles(copy).contains(where: isDatabase))
  }

  /// The files of an artifact of one copy, asked of the composer itself.
  private func artifactFiles(_ copy: String, flux: FluxVersion = .newest) throws -> [String] {
    let manifest = try YAMLText.manifest(Self.generator("- \(copy)"))
    let spec = try #require(manifest)
    let repository = ParsedTree(try MemoryTree(texts: Self.base))
    let artifact = try Artifact(of: repository, LocalFiles(root: .root))
    let generator = ArtifactGenerator(spec)
    do {
      let staging = try ArtifactComposer.compose(generator.artifacts[0].copy, from: ["repo": artifact], flux: flux)
      return staging.entries.keys.map(\.string).sorted()
    } catch {
      return []
    }
  }

  // MARK: merging

  @Test func mergesYAMLAndKeepsPlaces() throws {
    let cluster = try cluster(
      """
      - {from: "@repo/base.yaml", to: "@artifact/web.yaml"}
      - {from: "@repo/prod.yaml", to: "@artifact/web.yaml", strategy: Merge}
      """,
      [
        "base.yaml": Fleet.configMap("web", "{size: small, colour: red}"),
        "prod.yaml": "data:\n  size: large\n",
      ])
    let web = try cluster.object("ConfigMap", "web")
    let data = try #require(web.manifest.node["data"])
    #expect(data["size"]?.scalar?.text == "large")
    #expect(data["size"]?.origin.location.description == "prod.yaml:2:9")
    #expect(data["colour"]?.origin.location.description == "base.yaml:4:29")
    #expect(try cluster.reconciliation("Kustomization", "apps").files.map(\.string) == ["base.yaml", "prod.yaml"])
    #expect(cluster.artifactProblems.isEmpty)
  }

  // MARK: problems

  @Test(arguments: [
    (#"{from: "@other/apps/**", to: "@artifact/"}"#, ArtifactProblem.Kind.unknownAlias("other"), "9:18"),
    (#"{from: "@repo/missing", to: "@artifact/"}"#, .missingPath("missing"), "9:18"),
    (#"{from: "@repo/missing/**", to: "@artifact/"}"#, .nothingMatched("missing/**"), "9:18"),
    (#"{from: "@repo/apps/*", to: "@artifact/", exclude: ["*"]}"#, .allExcluded("apps/*"), "9:62"),
    (#"{from: "repo/apps", to: "@artifact/"}"#, .malformedCopy, "9:18"),
    (#"{from: "@repo/apps", to: "@other/"}"#, .malformedCopy, "9:36"),
    (#"{from: "@repo/apps", to: "@artifact/../up"}"#, .malformedCopy, "9:36"),
    (#"{from: "@repo/apps/**", to: "@artifact/", exclude: ["{a"]}"#, .malformedCopy, "9:63"),
    (#"{from: "@repo/apps", to: "@artifact/", strategy: Extract}"#, .wrongStrategy("apps"), "9:60"),
  ])
  func findsWhatTheControllerWouldFailAt(_ copy: String, _ kind: ArtifactProblem.Kind, _ place: String) throws {
    let cluster = try cluster("- \(copy)", Self.base)
    let problem = try #require(cluster.artifactProblems.first)
    #expect(problem.kind == kind)
    #expect(problem.isFatal)
    #expect(problem.artifact == "apps")
    #expect(problem.location.description == "clusters/prod/artifacts.yaml:\(place)")
    // What consumes it is a gap and not a second finding.
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.failure == nil && !apps.isDone)
    #expect(cluster.gaps.map(\.kind) == ["source-external"])
  }

  @Test func overwritingIsAFactAndNoFailure() throws {
    let copies = """
      - {from: "@repo/apps/base/**", to: "@artifact/"}
      - {from: "@repo/web.yaml", to: "@artifact/web.yaml"}
      """
    let files = Self.base.merging(["web.yaml": Fleet.configMap("web", "{size: huge}")]) { $1 }
    let found = try cluster(copies, files)
    #expect(try found.reconciliation("Kustomization", "apps").isDone)
    #expect(try found.object("ConfigMap", "web").manifest.node["data"]?["size"]?.scalar?.text == "huge")
    let problem = try #require(found.artifactProblems.first)
    #expect(problem.kind == .overwritten(path: "web.yaml", isIntended: false))
    #expect(problem.location.description == "clusters/prod/artifacts.yaml:10:40")
    #expect(problem.related.first?.location.description == "clusters/prod/artifacts.yaml:9:44")
    let intended = try cluster(
      copies.replacing(#""@artifact/web.yaml"}"#, with: #""@artifact/web.yaml", strategy: Overwrite}"#), files)
    #expect(intended.artifactProblems.first?.kind == .overwritten(path: "web.yaml", isIntended: true))
  }

  @Test func aFileBlocksADirectory() throws {
    let cluster = try cluster(
      """
      - {from: "@repo/apps/base/web.yaml", to: "@artifact/base"}
      - {from: "@repo/apps/base", to: "@artifact/"}
      """, Self.base)
    #expect(cluster.artifactProblems.first?.kind == .blockedTarget(path: "base"))
  }

  @Test func aSourceElsewhereIsAGap() throws {
    var texts = Self.base
    texts["clusters/prod/artifacts.yaml"] =
      Self.generator("- {from: \"@repo/apps/**\", to: \"@artifact/\"}")
      .replacing("name: flux-system}]", with: "name: vendor}]")
    texts["clusters/prod/vendor.yaml"] = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: {name: vendor, namespace: flux-system}
      spec: {interval: 1m, url: https://git.example.com/vendor, ref: {tag: v1}}
      """
    texts["clusters/prod/apps.yaml"] = Fleet.kustomization(of: "apps")
    let cluster = try Fleet.cluster(texts)
    #expect(cluster.gaps.map(\.kind) == ["artifact-not-composed", "source-external"])
    #expect(cluster.artifactProblems.isEmpty)
  }

  @Test func generatorsFeedEachOther() throws {
    var texts = Self.base
    texts["clusters/prod/a.yaml"] = Self.generator("- {from: \"@repo/apps/base/**\", to: \"@artifact/\"}", name: "base")
    texts["clusters/prod/0.yaml"] =
      Self.generator("- {from: \"@repo/web.yaml\", to: \"@artifact/site/\"}")
      .replacing("kind: GitRepository, name: flux-system}]", with: "kind: ExternalArtifact, name: base}]")
      .replacing("name: shop", with: "name: shop-2")
    texts["clusters/prod/apps.yaml"] = Fleet.kustomization(of: "apps", path: "site")
    let cluster = try Fleet.cluster(texts)
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.isDone)
    #expect(apps.files.map(\.string) == ["apps/base/web.yaml"])
  }

  @Test func whatIsCopiedAndNotAppliedIsUnreached() throws {
    var texts = Self.base
    texts["clusters/prod/artifacts.yaml"] = Self.generator("- {from: \"@repo/**\", to: \"@artifact/\"}")
    texts["clusters/prod/apps.yaml"] = Fleet.kustomization(of: "apps", path: "./apps/base")
    texts["old/source.yaml"] = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: {name: old, namespace: flux-system}
      spec: {interval: 1m, url: https://git.example.com/old}
      """
    let model = try SimulatedRepository.model(texts)
    #expect(model.unreached.map(\.manifest.name) == ["old"])
  }

  // MARK: archives

  private static let web = [("web/config.yaml", Fleet.configMap("web", "{size: small}")), ("web/notes.txt", "read me")]
  private static let db = [("./db/", ""), ("db/config.yaml", Fleet.configMap("db", "{size: large}"))]

  /// The cluster of a repository with two archives, a generator of these copies and a Kustomization of what it makes.
  private func clusterOfArchives(_ copies: String, _ more: [String: [UInt8]] = [:]) throws -> Cluster {
    let archives = [
      "packed/web.tgz": Archive.gzip(Archive.tar(Self.web)), "packed/deep/db.TGZ": Archive.gzip(Archive.tar(Self.db)),
      "packed/notes.md": Array("no archive".utf8), "packed/plain.tgz": Array("no archive".utf8),
    ].merging(more) { $1 }
    let texts = [
      "clusters/prod/artifacts.yaml": Self.generator(copies),
      "clusters/prod/apps.yaml": Fleet.kustomization(of: "apps"),
    ]
    return try #require(try SimulatedRepository.model(texts, archives: archives).clusters.first)
  }

  @Test(arguments: [
    (#"{from: "@repo/packed/web.tgz", to: "@artifact/", strategy: Extract}"#, ["ConfigMap/apps/web"]),
    (#"{from: "@repo/packed/w*", to: "@artifact/x/", strategy: Extract}"#, ["ConfigMap/apps/web"]),
    (
      #"{from: "@repo/packed/**/*[bB].[tT]*", to: "@artifact/", strategy: Extract}"#,
      ["ConfigMap/apps/db", "ConfigMap/apps/web"]
    ),
    (
      #"{from: "@repo/packed/**", to: "@artifact/", strategy: Extract, exclude: ["plain.*", "deep/**"]}"#,
      ["ConfigMap/apps/web"]
    ),
    (#"{from: "@repo/packed/*.md", to: "@artifact/", strategy: Extract}"#, []),
  ])
  func extractsArchives(_ copy: String, _ expected: [String]) throws {
    let cluster = try clusterOfArchives("- \(copy)")
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.isDone && cluster.artifactProblems.isEmpty)
    #expect(cluster.applied(by: apps) == expected)
  }

  @Test func whatIsExtractedStandsAtTheCopy() throws {
    let copies = #"- {from: "@repo/packed/web.tgz", to: "@artifact/", strategy: Extract}"#
    let cluster = try clusterOfArchives(copies)
    let origin = try cluster.object("ConfigMap", "web").manifest.node["data"]?["size"]?.origin
    #expect(origin?.location.description == "clusters/prod/artifacts.yaml:9:18")
    #expect(origin?.trace.map(\.message) == ["value from packed/web.tgz/web/config.yaml"])
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(apps.files.map(\.string) == ["packed/web.tgz"])
  }

  @Test(arguments: [
    ("plain.tgz", [UInt8]("no archive".utf8), "it is not compressed with gzip"),
    (
      "evil.tgz", Archive.gzip(Archive.tar([("a/../../b.yaml", "a: 1")])),
      "it holds 'a/../../b.yaml', a name that leads out of it"
    ),
  ])
  func anArchiveThatCannotBeExtractedIsAProblem(_ name: String, _ bytes: [UInt8], _ reason: String) throws {
    let copies = #"- {from: "@repo/packed/\#(name)", to: "@artifact/", strategy: Extract}"#
    let cluster = try clusterOfArchives(copies, ["packed/\(name)": bytes])
    #expect(cluster.artifactProblems.map(\.kind) == [.unreadableArchive("packed/\(name)")])
    #expect(cluster.artifactProblems.first?.message.hasSuffix(reason) == true)
  }

  @Test func aHelmChartIsASourceInAFolderOfItsName() throws {
    let cluster = try Fleet.cluster([
      "charts/shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "charts/shop/.helmignore": "*.md\n",
      "charts/shop/README.md": "no part of the chart",
      "charts/shop/crds/widgets.yaml": Fleet.configMap("widgets", "{a: b}"),
      "clusters/prod/chart.yaml": """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmChart
      metadata: {name: shop, namespace: flux-system}
      spec: {interval: 10m, chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system}}
      """,
      "clusters/prod/artifacts.yaml": Self.generator(
        #"- {from: "@repo/shop/crds/**", to: "@artifact/"}"#, sources: "[{alias: repo, kind: HelmChart, name: shop}]"),
      "clusters/prod/apps.yaml": Fleet.kustomization(of: "apps"),
    ])
    let apps = try cluster.reconciliation("Kustomization", "apps")
    #expect(cluster.applied(by: apps) == ["ConfigMap/apps/widgets"])
    #expect(apps.files.map(\.string) == ["charts/shop/crds/widgets.yaml"])
  }

  // MARK: charts

  @Test(arguments: ["@artifact/", "@artifact/shop/"])
  func aHelmReleaseTakesItsChartFromAnArtifact(_ target: String) throws {
    let cluster = try Fleet.cluster([
      "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
      "chart/values.yaml": "size: small\n",
      "large.yaml": "size: large\n",
      "chart/templates/config.yaml": """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: shop}
      data: {size: {{ .Values.size }}}
      """,
      "clusters/prod/artifacts.yaml": Self.generator(
        """
        - {from: "@repo/chart/**", to: "\(target)"}
        - {from: "@repo/large.yaml", to: "\(target)values.yaml", strategy: Merge}
        """),
      "clusters/prod/release.yaml": """
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: shop, namespace: flux-system}
      spec: {interval: 10m, chartRef: {kind: ExternalArtifact, name: apps}}
      """,
    ])
    let release = try cluster.reconciliation("HelmRelease", "shop")
    #expect(release.isDone)
    let config = try cluster.object("ConfigMap", "shop")
    #expect(config.manifest.node["data"]?["size"]?.scalar?.text == "large")
    #expect(config.manifest.origin.location.file.path == "chart/templates/config.yaml")
  }
}
