import ClusterModel
import Diagnostics
import Kubernetes
import Testing
import YAML

/// HelmReleases are rendered where their chart is at hand, as helm-controller would install them.
@Suite struct ReleaseRenderingTests {
  private static let chart = [
    "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.2.3\n",
    "charts/web/values.yaml": "replicas: 1\nimage: {repository: web, tag: v1}\n",
    "charts/web/values-prod.yaml": "replicas: 5\nimage: {repository: web, tag: prod}\n",
    "charts/web/crds/widgets.yaml": """
    apiVersion: apiextensions.k8s.io/v1
    kind: CustomResourceDefinition
    metadata: {name: widgets.example.com}
    spec: {group: example.com, names: {kind: Widget, plural: widgets}, scope: Namespaced}
    """,
    "charts/web/templates/deployment.yaml": """
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: {{ .Release.Name }}
    spec:
      replicas: {{ .Values.replicas }}
      template:
        spec:
          containers:
            - name: web
              image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
    """,
  ]

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

  private static let fromGit = """
    chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}
    """

  private func cluster(_ spec: String, _ more: [String: String] = [:]) throws -> Cluster {
    var texts = Self.chart.merging(more) { $1 }
    texts["clusters/prod/shop.yaml"] = Self.release(spec)
    return try #require(try SimulatedRepository.model(texts).clusters.first)
  }

  @Test func aChartInTheRepositoryIsRendered() throws {
    let cluster = try cluster(Self.fromGit + "\nvalues: {replicas: 3}")
    let deployment = try #require(cluster.object("Deployment", "apps", "shop"))
    #expect(deployment.manifest.node[path: "spec", "replicas"]?.scalar?.text == "3")
    #expect(cluster.reconciliation(.helmRelease, "shop")?.objects.count == 2)
    #expect(cluster.gaps.isEmpty)
  }

  @Test func theReleaseIsLabelled() throws {
    let deployment = try #require(try cluster(Self.fromGit).object("Deployment", "apps", "shop"))
    #expect(deployment.manifest.label("helm.toolkit.fluxcd.io/name") == "shop")
    #expect(deployment.manifest.label("helm.toolkit.fluxcd.io/namespace") == "apps")
  }

  @Test func targetNamespaceDecidesNameAndPlace() throws {
    let cluster = try cluster(Self.fromGit + "\ntargetNamespace: store")
    #expect(cluster.object("Deployment", "store", "store-shop") != nil)
  }

  @Test func postRenderersRunInOrderThenCommonMetadata() throws {
    let cluster = try cluster(
      Self.fromGit + "\n"
        + """
        commonMetadata: {labels: {team: shop}}
        postRenderers:
          - kustomize: {images: [{name: web, newTag: v2}]}
          - kustomize:
              patches:
                - target: {kind: Deployment}
                  patch: |
                    - {op: replace, path: /spec/replicas, value: 7}
        """)
    let deployment = try #require(cluster.object("Deployment", "apps", "shop"))
    #expect(deployment.manifest.node[path: "spec", "replicas"]?.scalar?.text == "7")
    let container = deployment.manifest.node[path: "spec", "template", "spec", "containers"]?.sequence?.first
    #expect(container?["image"]?.scalar?.text == "web:v2")
    #expect(deployment.manifest.label("team") == "shop")
  }

  @Test func definitionsAreLeftOutWhenThePolicySkipsThem() throws {
    #expect(try cluster(Self.fromGit).object("CustomResourceDefinition", "", "widgets.example.com") != nil)
    let skipping = try cluster(Self.fromGit + "\ninstall: {crds: Skip}")
    #expect(skipping.object("CustomResourceDefinition", "", "widgets.example.com") == nil)
  }

  @Test func valuesFilesReplaceTheChartsOwn() throws {
    let chart = """
      chart:
        spec:
          chart: ./charts/web
          valuesFiles: [charts/web/values-prod.yaml]
          sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
      """
    let deployment = try #require(try cluster(chart).object("Deployment", "apps", "shop"))
    #expect(deployment.manifest.node[path: "spec", "replicas"]?.scalar?.text == "5")
  }

  @Test func aTemplateThatFailsPointsAtItsLine() throws {
    let cluster = try cluster(
      Self.fromGit, ["charts/web/templates/broken.yaml": "a: b\nc: {{ required \"set c\" .Values.c }}\n"])
    let shop = try #require(cluster.reconciliation(.helmRelease, "shop"))
    guard case .failed(let problem) = shop.outcome else {
      Issue.record("the release did not fail")
      return
    }
    #expect(problem.location.description == "charts/web/templates/broken.yaml:2:7")
    #expect(problem.message.contains("set c"))
  }

  @Test func aChartPathThatIsNotThereIsNoGap() throws {
    let cluster = try cluster(
      "chart: {spec: {chart: ./charts/gone, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}}"
    )
    guard case .pathMissing(let problem)? = cluster.reconciliation(.helmRelease, "shop")?.outcome else {
      Issue.record("the release did not fail")
      return
    }
    #expect(problem.message.contains("./charts/gone"))
    #expect(cluster.gaps.isEmpty)
  }

  private static let repository = """
    apiVersion: source.toolkit.fluxcd.io/v1
    kind: HelmRepository
    metadata: {name: shop, namespace: apps}
    spec: {interval: 1h, url: https://charts.example.com}
    """

  @Test(arguments: [("1.x", "1.2.3"), ("1.2.3", "1.2.3"), (">=1.0.0", "2.0.0")])
  func theNewestVersionAtHandThatFitsIsTaken(_ constraint: String, _ version: String) throws {
    var charts = Dictionary(
      uniqueKeysWithValues: Self.chart.map { (String($0.key.dropFirst("charts/".count)), $0.value) })
    charts["next/Chart.yaml"] = "apiVersion: v2\nname: web\nversion: 2.0.0\n"
    charts["next/templates/version.yaml"] = """
      {apiVersion: v1, kind: ConfigMap, metadata: {name: version}, data: {version: "{{ .Chart.Version }}"}}
      """
    charts["web/templates/version.yaml"] = charts["next/templates/version.yaml"]
    let texts = [
      "clusters/prod/repository.yaml": Self.repository,
      "clusters/prod/shop.yaml": Self.release(
        "chart: {spec: {chart: web, version: \"\(constraint)\", sourceRef: {kind: HelmRepository, name: shop}}}"),
    ]
    let cluster = try #require(try SimulatedRepository.model(texts, charts: charts).clusters.first)
    let map = try #require(cluster.object("ConfigMap", "apps", "version"))
    #expect(map.manifest.node[path: "data", "version"]?.scalar?.text == version)
    // The chart is not in the repository: the finding's place is the release.
    #expect(map.manifest.node.origin.file.path == "clusters/prod/shop.yaml")
  }

  @Test func aChartThatIsNotAtHandIsAGap() throws {
    let texts = [
      "clusters/prod/repository.yaml": Self.repository,
      "clusters/prod/shop.yaml": Self.release(
        "chart: {spec: {chart: web, version: 9.9.9, sourceRef: {kind: HelmRepository, name: shop}}}"),
    ]
    let cluster = try #require(try SimulatedRepository.model(texts).clusters.first)
    #expect(cluster.gaps.map(\.kind) == ["chart-unavailable"])
    #expect(cluster.gaps.first?.message.contains("chart 'web' version '9.9.9' is not at hand") == true)
    #expect(cluster.gaps.first?.location?.description == "clusters/prod/shop.yaml:6:25")
  }
}
