import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Testing
import YAML

/// Which chart a HelmRelease gets, and what of it comes into the cluster.
@Suite struct ReleaseChartTests {
  private static func release(_ spec: String) -> String {
    """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: shop, namespace: apps}
    spec:
      interval: 10m
    \(spec.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n"))
    """
  }

  private static func chart(_ version: String, _ more: String = "") -> [String: String] {
    let folder = "web-\(version)"
    return [
      "\(folder)/Chart.yaml": "apiVersion: v2\nname: web\nversion: \(version)\n\(more)",
      "\(folder)/values.yaml": "level: chart\n",
      "\(folder)/templates/version.yaml": """
      {apiVersion: v1, kind: ConfigMap, metadata: {name: version},
       data: {version: "{{ .Chart.Version }}", level: "{{ .Values.level }}"}}
      """,
    ]
  }

  private func cluster(
    _ objects: String, charts: [String: String] = [:], files: [String: String] = [:], flux: FluxVersion? = nil
  ) throws -> Cluster {
    var texts = files
    texts["clusters/prod/objects.yaml"] = objects
    return try #require(try SimulatedRepository.model(texts, charts: charts, fluxVersion: flux).clusters.first)
  }

  private func data(_ cluster: Cluster, _ key: String) -> String? {
    cluster.object("ConfigMap", "apps", "version")?.manifest.node[path: "data", key]?.scalar?.text
  }

  // MARK: Which chart

  private static func registry(_ ref: String) -> String {
    """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: OCIRepository
    metadata: {name: web, namespace: apps}
    spec: {interval: 1h, url: oci://registry.example.com/charts/web, ref: \(ref)}
    ---
    \(release("chartRef: {kind: OCIRepository, name: web}"))
    """
  }

  /// Digest before range before tag; a tag is no range, and has `_` for `+`.
  @Test(arguments: [
    ("{tag: 1.2.3}", "1.2.3"), ("{tag: v1.2.3}", "1.2.3"), ("{tag: 1.3.0_build}", "1.3.0+build"),
    ("{semver: 1.x, tag: 1.2.3}", "1.3.0+build"), ("{semver: '>=1.0.0-0', semverFilter: .*-rc.*}", "2.0.0-rc.1"),
    ("{digest: 'sha256:abc', tag: 1.2.3}", "1.2.3"),
  ]) func takesTheReferenceOfTheRegistry(_ ref: String, _ version: String) throws {
    let charts = ["1.2.3", "1.3.0+build", "2.0.0-rc.1"].reduce(into: [:]) { all, version in
      all.merge(Self.chart(version)) { $1 }
    }
    let cluster = try cluster(Self.registry(ref), charts: charts)
    #expect(data(cluster, "version") == version)
    #expect(cluster.gaps.isEmpty)
  }

  @Test(arguments: [
    ("{tag: '1.2'}", "version '1.2'", "helm pull oci://registry.example.com/charts/web:1.2"),
    ("{}", "version 'latest'", "helm pull oci://registry.example.com/charts/web:latest"),
    ("{semver: 3.x}", "version '3.x'", "helm pull oci://registry.example.com/charts/web --version '3.x'"),
    ("{digest: 'sha256:abc'}", "digest 'sha256:abc'", "helm pull oci://registry.example.com/charts/web@sha256:abc"),
  ]) func saysWhichChartIsNotAtHand(_ ref: String, _ version: String, _ command: String) throws {
    let cluster = try cluster(Self.registry(ref), charts: Self.chart("1.2.3"))
    let gap = try #require(cluster.gaps.first)
    #expect(gap.kind == "chart-unavailable")
    #expect(
      gap.message == "HelmRelease/apps/shop is not rendered: chart 'web' \(version) is not at hand (at hand: 1.2.3)")
    #expect(gap.help.contains("`\(command)`"))
  }

  @Test func aHelmChartOfThisRepositoryIsRead() throws {
    let objects = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmChart
      metadata: {name: web, namespace: flux-system}
      spec:
        interval: 1h
        chart: ./charts/web-1.2.3
        valuesFiles: [charts/web-1.2.3/values.yaml, charts/gone.yaml, charts/levels.yaml]
        ignoreMissingValuesFiles: true
        sourceRef: {kind: GitRepository, name: flux-system}
      ---
      \(Self.release("chartRef: {kind: HelmChart, name: web, namespace: flux-system}"))
      """
    var files = Self.chart("1.2.3").reduce(into: [:]) { files, file in files["charts/\(file.key)"] = file.value }
    files["charts/levels.yaml"] = "level: file\n"
    let cluster = try cluster(objects, files: files)
    #expect(data(cluster, "version") == "1.2.3")
    #expect(data(cluster, "level") == "file")
  }

  // MARK: Dependencies

  private func dependent(_ entry: String, charts: [String: String] = [:], values: String = "{}") throws -> Cluster {
    let objects = Self.release(
      """
      chart: {spec: {chart: ./charts/web-1.2.3, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}
      values: \(values)
      """)
    var files = Self.chart("1.2.3", "dependencies: [\(entry)]\n").reduce(into: [:]) { files, file in
      files["charts/\(file.key)"] = file.value
    }
    files["charts/db/Chart.yaml"] = "apiVersion: v2\nname: db\nversion: 1.0.0\n"
    files["charts/db/templates/db.yaml"] = "{apiVersion: v1, kind: ConfigMap, metadata: {name: db}}"
    return try cluster(objects, charts: charts, files: files)
  }

  @Test func aDependencyBesideTheChartIsTakenIn() throws {
    let cluster = try dependent("{name: db, version: 1.x, repository: 'file://../db'}")
    #expect(cluster.object("ConfigMap", "apps", "db") != nil)
  }

  @Test func aDependencyElsewhereComesFromTheChartsAtHand() throws {
    let entry = "{name: cache, version: 1.x, repository: 'https://charts.example.com', condition: cache.enabled}"
    let charts = [
      "cache/Chart.yaml": "apiVersion: v2\nname: cache\nversion: 1.4.0\n",
      "cache/templates/c.yaml": "{apiVersion: v1, kind: ConfigMap, metadata: {name: cache}}",
    ]
    #expect(try dependent(entry, charts: charts).object("ConfigMap", "apps", "cache") != nil)
    let gap = try #require(try dependent(entry).gaps.first)
    #expect(gap.message.contains("its chart depends on chart 'cache' version '1.x', which is not at hand"))
    #expect(gap.help.contains("`helm pull cache --repo https://charts.example.com --version '1.x'`"))
    // What is switched off need not be there.
    let without = try dependent(entry, values: "{cache: {enabled: false}}")
    #expect(without.gaps.isEmpty)
    #expect(data(without, "version") == "1.2.3")
  }

  // MARK: What comes into the cluster

  private static let git = """
    chart: {spec: {chart: ./charts/web-1.2.3, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}
    commonMetadata: {labels: {team: shop}}
    """

  private func installed(
    _ spec: String, _ templates: [String: String], instance: String? = nil, flux: FluxVersion? = nil
  ) throws -> Cluster {
    var files = Self.chart("1.2.3").reduce(into: [:]) { files, file in files["charts/\(file.key)"] = file.value }
    for (path, text) in templates { files["charts/web-1.2.3/\(path)"] = text }
    if let instance { files["clusters/prod/instance.yaml"] = instance }
    return try cluster(Self.release("\(Self.git)\n\(spec)"), files: files, flux: flux)
  }

  private static func hook(_ name: String, _ events: String) -> String {
    "{apiVersion: batch/v1, kind: Job, metadata: {name: \(name), annotations: {helm.sh/hook: '\(events)'}}}"
  }

  /// Since Flux 2.9 post-renderers see hooks, unless the strategy says otherwise.
  @Test(
    arguments: [
      (nil, "", "shop"), (FluxVersion.v28, "", nil), (nil, "postRenderStrategy: nohooks", nil),
      (nil, "postRenderStrategy: separate", "shop"), (.v28, "postRenderStrategy: combined", nil),
    ] as [(FluxVersion?, String, String?)])
  func hooksArePostRendered(_ flux: FluxVersion?, _ spec: String, _ team: String?) throws {
    let cluster = try installed(spec, ["templates/job.yaml": Self.hook("migrate", "pre-install")], flux: flux)
    let job = try #require(cluster.object("Job", "apps", "migrate"))
    #expect(job.manifest.label("team") == team)
  }

  /// `UseHelm3Defaults` of helm-controller brings back what Helm 3 did, unless the release says what it wants.
  @Test(arguments: [("", nil), ("postRenderStrategy: combined", "shop")] as [(String, String?)])
  func helm3DefaultsLeaveHooksAlone(_ spec: String, _ team: String?) throws {
    let instance = """
      apiVersion: fluxcd.controlplane.io/v1
      kind: FluxInstance
      metadata: {name: flux, namespace: flux-system}
      spec:
        distribution: {version: 2.9.x, registry: ghcr.io/fluxcd}
        kustomize:
          patches:
            - target: {kind: Deployment, name: helm-controller}
              patch: |
                - {op: add, path: /spec/template/spec/containers/0/args/-, value: --feature-gates=UseHelm3Defaults=true}
      """
    let cluster = try installed(
      spec,
      ["templates/job.yaml": Self.hook("migrate", "pre-install")], instance: instance)
    #expect(try #require(cluster.object("Job", "apps", "migrate")).manifest.label("team") == team)
  }

  @Test(arguments: [
    ("", ["migrate"]), ("install: {disableHooks: true}", ["migrate"]),
    ("install: {disableHooks: true}\nupgrade: {disableHooks: true}", []),
    ("test: {enable: true}", ["migrate", "ping", "pong"]),
    ("test: {enable: true, filters: [{name: ping, exclude: true}]}", ["migrate", "pong"]),
  ]) func hooksRunWhereNothingDisablesThem(_ spec: String, _ jobs: [String]) throws {
    let cluster = try installed(
      spec,
      [
        "templates/a.yaml": Self.hook("migrate", "pre-install,pre-upgrade"),
        "templates/b.yaml": Self.hook("ping", "test"), "templates/c.yaml": Self.hook("pong", "test"),
      ])
    #expect(cluster.objects.filter { $0.id.kind == "Job" }.map(\.id.name).sorted() == jobs)
  }

  @Test func anObjectMadeTwiceFailsTheRelease() throws {
    let twice = "{apiVersion: v1, kind: ConfigMap, metadata: {name: version}}"
    let cluster = try installed("", ["templates/again.yaml": twice])
    guard case .failed(let problem)? = cluster.reconciliation(.helmRelease, "shop")?.outcome else {
      Issue.record("the release did not fail")
      return
    }
    #expect(problem.message.contains("may not add resource with an already registered id"))
  }

  @Test func onlyDefinitionsOfTheFolderAreApplied() throws {
    let cluster = try installed(
      "",
      [
        "crds/all.yaml": """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec: {group: example.com, names: {kind: Widget, plural: widgets}, scope: Namespaced}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: stray}
        """
      ])
    let definition = try #require(cluster.object("CustomResourceDefinition", "", "widgets.example.com"))
    #expect(definition.manifest.label("helm.toolkit.fluxcd.io/name") == "shop")
    #expect(definition.manifest.label("team") == nil)
    #expect(cluster.object("ConfigMap", "apps", "stray") == nil)
  }

  // MARK: Values

  @Test(arguments: [
    ("- a\n", "", "the values in ConfigMap/apps/values are no mapping"),
    ("a: [\n", "", "the values in ConfigMap/apps/values are no YAML"),
    ("{a", ", targetPath: level", "the value of ConfigMap/apps/values cannot be set at 'level'"),
  ]) func valuesThatCannotBeComposedFailTheRelease(_ text: String, _ more: String, _ message: String) throws {
    let map = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: values, namespace: apps}
      data:
        values.yaml: |
          \(text)
      """
    let files = Self.chart("1.2.3").reduce(into: ["clusters/prod/map.yaml": map]) { files, file in
      files["charts/\(file.key)"] = file.value
    }
    let cluster = try cluster(
      Self.release("\(Self.git)\nvaluesFrom: [{kind: ConfigMap, name: values\(more)}]"), files: files)
    guard case .failed(let problem)? = cluster.reconciliation(.helmRelease, "shop")?.outcome else {
      Issue.record("the release did not fail")
      return
    }
    #expect(problem.message.hasPrefix(message))
  }

  @Test func aLiteralIsTakenAsItIs() throws {
    let map = """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: values, namespace: apps}
      data: {values.yaml: 'a=1,{b}'}
      """
    let files = Self.chart("1.2.3").reduce(into: ["clusters/prod/map.yaml": map]) { files, file in
      files["charts/\(file.key)"] = file.value
    }
    let cluster = try cluster(
      Self.release(
        "\(Self.git)\nvaluesFrom: [{kind: ConfigMap, name: values, targetPath: level, literal: true}]"), files: files)
    #expect(data(cluster, "level") == "a=1,{b}")
  }
}
