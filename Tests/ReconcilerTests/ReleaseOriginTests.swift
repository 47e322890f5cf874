import ClusterModel
import Diagnostics
import Kubernetes
import Testing
import YAML

/// Where the fields of a chart's objects come from: the value that somebody set, where that can be told.
@Suite struct ReleaseOriginTests {
  private static let template = """
    {{- $service := .Values.service }}
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: {{ .Release.Name }}
      labels: {{- include "web.labels" . | nindent 4 }}
    spec:
      replicas: {{ .Values.replicas | default 2 }}
      template:
        spec:
          {{- if .Values.hostNetwork }}
          hostNetwork: true
          {{- end }}
          {{- with .Values.nodeSelector }}
          nodeSelector: {{- toYaml . | nindent 8 }}
          {{- end }}
          containers:
            - name: web
              image: {{ include "web.image" (dict "image" .Values.image "global" .Values.global) }}
              securityContext: {{- include "web.render" (dict "value" .Values.securityContext) | nindent 12 }}
              ports:
                - containerPort: {{ $service.port }}
              env:
                {{- range $name, $value := .Values.env }}
                - name: {{ $name }}
                  value: {{ $value | quote }}
                {{- end }}
              args: {{ tpl (toYaml .Values.args) $ | nindent 12 }}
    """

  private static let helpers = """
    {{- define "web.labels" -}}
    app: web
    tier: {{ .Values.tier }}
    {{- end }}
    {{- define "web.image" -}}
    {{ .global.registry }}/{{ .image.repository }}:{{ .image.tag }}
    {{- end }}
    {{- define "web.render" -}}
    {{- $context := deepCopy .value -}}
    {{- toYaml $context -}}
    {{- end }}
    """

  private static let defaults = """
    replicas: 1
    tier: front
    image: {repository: web, tag: v1}
    service: {port: 8080}
    """

  private static let release = """
    apiVersion: helm.toolkit.fluxcd.io/v2
    kind: HelmRelease
    metadata: {name: shop, namespace: apps}
    spec:
      interval: 10m
      chart:
        spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}
      valuesFrom:
        - {kind: ConfigMap, name: shop-values}
      values:
        replicas: 4
        hostNetwork: true
        nodeSelector: {disk: ssd}
        image:
          tag: latest
        global: {registry: registry.example.com}
        securityContext:
          privileged: true
        env: {LEVEL: debug-all}
        args: ["--serve", "--level=debug"]
    """

  private static let map = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: shop-values, namespace: apps}
    data:
      values.yaml: |
        service:
          port: 9090
    """

  private static let charts = [
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.2.3\n", "web/values.yaml": defaults,
    "web/templates/deployment.yaml": template, "web/templates/_helpers.tpl": helpers,
  ]

  private func deployment(isInRepository: Bool = true) throws -> Node {
    var texts = ["clusters/prod/shop.yaml": Self.release, "clusters/prod/values.yaml": Self.map]
    if isInRepository {
      for (path, text) in Self.charts { texts["charts/\(path)"] = text }
      let model = try SimulatedRepository.model(texts)
      return try #require(model.clusters.first?.object("Deployment", "apps", "shop")).manifest.node
    }
    texts["clusters/prod/repository.yaml"] = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: {name: shop, namespace: apps}
      spec: {interval: 1h, url: https://charts.example.com}
      """
    texts["clusters/prod/shop.yaml"] = Self.release.replacing(
      "{chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}",
      by: "{chart: web, version: 1.2.3, sourceRef: {kind: HelmRepository, name: shop}}")
    let model = try SimulatedRepository.model(texts, charts: Self.charts)
    return try #require(model.clusters.first?.object("Deployment", "apps", "shop")).manifest.node
  }

  /// The keys to a field, the line in the HelmRelease of the value behind it.
  @Test(arguments: [
    ("spec.replicas", 11), ("spec.template.spec.hostNetwork", 12), ("spec.template.spec.nodeSelector.disk", 13),
    ("spec.template.spec.containers.0.image", 15),
    ("spec.template.spec.containers.0.securityContext.privileged", 18),
    ("spec.template.spec.containers.0.env.0.value", 19), ("spec.template.spec.containers.0.args.1", 20),
  ]) func leadsToTheValue(_ path: String, _ line: UInt32) throws {
    for isInRepository in [true, false] {
      let origin = try #require(try deployment(isInRepository: isInRepository).field(path)).origin
      #expect(origin.file.path == "clusters/prod/shop.yaml")
      #expect(origin.span.start.line == line)
      #expect(origin.trace.last?.message == "installed by HelmRelease/apps/shop")
    }
  }

  @Test func leadsIntoTheConfigMap() throws {
    let port = try #require(try deployment().field("spec.template.spec.containers.0.ports.0.containerPort"))
    #expect(port.scalar?.text == "9090")
    #expect(port.origin.location.description == "clusters/prod/values.yaml:7:13")
    #expect(port.origin.trace.first?.message == "value from ConfigMap/apps/shop-values")
  }

  @Test func namesTheTemplatesLines() throws {
    let origin = try #require(try deployment().field("spec.template.spec.containers.0.securityContext.privileged"))
      .origin
    let steps = origin.trace.map { "\($0.message) at \($0.location)" }
    #expect(
      steps == [
        "rendered by web/templates/_helpers.tpl:10 at charts/web/templates/_helpers.tpl:10:5",
        "rendered by web/templates/deployment.yaml:20 at charts/web/templates/deployment.yaml:20:32",
        "installed by HelmRelease/apps/shop at clusters/prod/shop.yaml:3:18",
      ])
  }

  @Test func valuesOfTheChartAreItsOwn() throws {
    let tier = try #require(try deployment().field("metadata.labels.tier")).origin
    #expect(tier.location.description == "charts/web/values.yaml:2:7")
    // Nobody can read the files of a chart from elsewhere: the release's reference to it is the place.
    let outside = try #require(try deployment(isInRepository: false).field("metadata.labels.tier")).origin
    #expect(outside.location.description == "clusters/prod/shop.yaml:7:19")
    #expect(
      outside.trace.map(\.message) == [
        "value from 'tier' of the chart's own",
        "rendered by web/templates/deployment.yaml:6, through web/templates/_helpers.tpl:3",
        "installed by HelmRelease/apps/shop",
      ])
  }

  @Test func textOfTheTemplateIsTheTemplates() throws {
    let kind = try #require(try deployment().field("metadata.labels.app")).origin
    #expect(kind.location.description == "charts/web/templates/_helpers.tpl:2:6")
  }
}

extension Node {
  fileprivate func field(_ path: String) -> Node? {
    path.split(separator: ".").reduce(Optional(self)) { node, key in
      node?[String(key)] ?? Int(key).flatMap { node?.sequence?[$0] }
    }
  }
}

extension String {
  fileprivate func replacing(_ part: String, by other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
