import Diagnostics
import Files
import GoTemplate
import Testing
import YAML

@testable import Helm

@Suite struct RenderingTests {
  private func release(_ files: [String: String], _ options: ReleaseOptions? = nil) throws -> Release {
    try chart(files).render(nil as Node?, options ?? ReleaseOptions(name: "rel", namespace: "apps"))
  }

  @Test func objectsOfTemplates() throws {
    let template = """
      name: {{ .Release.Name }}
      namespace: {{ .Release.Namespace }}
      install: {{ .Release.IsInstall }}
      chart: {{ .Chart.Name }}-{{ .Chart.Version }}
      kube: {{ .Capabilities.KubeVersion.Version }} {{ .Capabilities.KubeVersion }} {{ .Capabilities.KubeVersion.Minor }}
      apps: {{ .Capabilities.APIVersions.Has "apps/v1" }} {{ .Capabilities.APIVersions.Has "apps/v9" }}
      template: {{ .Template.Name }} {{ .Template.BasePath }}
      file: {{ .Files.Get "conf/a.txt" }}
      """
    var options = ReleaseOptions(name: "rel", namespace: "apps")
    options.capabilities = try Capabilities(kubeVersion: "v1.33.4-gke.1")
    let release = try release(["templates/a.yaml": template, "conf/a.txt": "hi"], options)
    #expect(
      String(decoding: release.manifests[0].output.bytes, as: UTF8.self) == """
        name: rel
        namespace: apps
        install: true
        chart: app-1.0.0
        kube: v1.33.4-gke.1 v1.33.4 33
        apps: true false
        template: app/templates/a.yaml app/templates
        file: hi
        """)
  }

  @Test(arguments: [
    ("(.Files.Glob \"conf/*.txt\").AsConfig | trim", "a.txt: one\nb.txt: two"),
    ("(.Files.Glob \"conf/{a,c}.*\").AsSecrets | trim", "a.txt: b25l"),
    (".Files.Lines \"conf/b.txt\" | len", "1"), (".Files.Get \"gone\" | quote", "\"\""),
    ("range $path, $_ := .Files.Glob \"**.txt\" }}{{ $path }} {{ end", "conf/a.txt conf/b.txt "),
  ])
  func files(_ expression: String, _ expected: String) throws {
    let release = try release(
      [
        "templates/a.txt": "{{ \(expression) }}", "conf/a.txt": "one", "conf/b.txt": "two", "templates/NOTES.txt": "",
      ].merging(["templates/NOTES.txt": "{{ \(expression) }}", "templates/a.txt": ""]) { $1 })
    #expect(release.notes == expected)
  }

  @Test func manifestsAreSplitAndSorted() throws {
    let release = try release([
      "templates/z.yaml": "kind: Service\nmetadata: {name: s}\n---\n# nothing\n---\nkind: Namespace\n",
      "templates/a.yaml": "kind: Zebra\n---\nkind: Deployment\n--- \nkind: Apple\n",
    ])
    #expect(release.manifests.map(\.kind) == ["Namespace", "Service", "Deployment", "", "Apple", "Zebra"])
    #expect(release.manifests[1].name == "s")
  }

  @Test func hooksAndNotesAreApart() throws {
    let release = try release([
      "templates/job.yaml":
        "kind: Job\nmetadata:\n  name: migrate\n  annotations: {helm.sh/hook: 'pre-install, pre-upgrade', helm.sh/hook-weight: 5}\n",
      "templates/test.yaml": "kind: Pod\nmetadata: {annotations: {helm.sh/hook: test-success}}\n",
      "templates/odd.yaml": "kind: Pod\nmetadata: {annotations: {helm.sh/hook: crd-install}}\n",
      "templates/NOTES.txt": "Welcome to {{ .Release.Name }}", "crds/a.yaml": "kind: CustomResourceDefinition\n",
      "templates/_helpers.tpl": "{{ define \"x\" }}{{ end }} text of a partial",
    ])
    #expect(release.manifests.isEmpty)
    #expect(release.hooks.map(\.kind) == ["Pod", "Job"])
    #expect(release.hooks[1].hookEvents == ["pre-install", "pre-upgrade"] && release.hooks[1].hookWeight == 5)
    #expect(release.hooks[0].hookEvents == ["test"])
    #expect(release.notes == "Welcome to rel")
    #expect(release.crds.map(\.path) == ["app/crds/a.yaml"])
  }

  /// What a parent defines replaces what its subcharts define; what one template sets the next one sees.
  @Test func templatesShareNamesAndValues() throws {
    let text = try printed([
      "templates/_a.tpl": "{{ define \"n\" }}parent{{ end }}",
      "templates/b.yaml": "kind: B\nn: {{ include \"n\" . }}\n",
      "charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
      "charts/sub/templates/_a.tpl": "{{ define \"n\" }}child{{ end }}",
      "charts/sub/templates/a.yaml": "kind: A\nn: {{ include \"n\" . }}\n",
      "templates/z.yaml": "{{ $_ := set .Values \"seen\" true }}",
      "templates/c.yaml": "kind: C\nseen: {{ .Values.seen }}\n",
    ])
    #expect(text == "kind: A\nn: parent\n---\nkind: B\nn: parent\n---\nkind: C\nseen: true\n")
  }

  @Test func libraryChartsGiveOnlyNames() throws {
    let text = try printed([
      "charts/lib/Chart.yaml": "apiVersion: v2\nname: lib\nversion: 1.0.0\ntype: library\n",
      "charts/lib/templates/_l.tpl": "{{ define \"l\" }}from lib{{ end }}",
      "charts/lib/templates/x.yaml": "kind: Never\n",
      "templates/a.yaml": "v: {{ include \"l\" . }}\n",
    ])
    #expect(text == "v: from lib\n")
  }

  @Test func placesOfRenderedLines() throws {
    let release = try release([
      "templates/a.yaml": "kind: A\nspec:\n  {{- range list \"x\" \"y\" }}\n  - {{ . }}\n  {{- end }}\n"
    ])
    var trails = ManifestTrails(release.manifests[0], of: release)
    let places = ([(1, 1), (2, 1), (3, 5), (4, 5)] as [(UInt32, UInt32)]).map { line, column in
      let start = SourcePosition(line: line, column: column)
      return trails.levels(of: SourceSpan(start: start, end: start)).last?.first?.location?.description
    }
    #expect(
      places == [
        "app/templates/a.yaml:1:1", "app/templates/a.yaml:2:1", "app/templates/a.yaml:4:8", "app/templates/a.yaml:4:8",
      ])
  }

  @Test(arguments: [
    (["templates/a.yaml": "{{ nope }}"], "parse error at (app/templates/a.yaml:1): function \"nope\" not defined"),
    (
      ["templates/a.yaml": "{{ fail \"needs a host\" }}"], "execution error at (app/templates/a.yaml:1:3): needs a host"
    ),
    (
      ["templates/a.yaml": "{{ .Values.a.b }}"],
      "app/templates/a.yaml:1:10\n  executing \"app/templates/a.yaml\" at <.Values.a.b>:\n    nil pointer evaluating interface {}.b"
    ),
    (
      ["templates/a.yaml": "a: [\n"],
      "YAML parse error on app/templates/a.yaml: error converting YAML to JSON: yaml: line 1: did not find expected node content"
    ),
    (
      ["Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\nkubeVersion: '>=1.99'\n"],
      "chart requires kubeVersion: >=1.99 which is incompatible with Kubernetes v1.36.0"
    ),
    (["Chart.yaml": "name: app\n"], "validation: chart.metadata.version is required"),
    (["Chart.yaml": "name: app\nversion: one\n"], "validation: chart.metadata.version \"one\" is invalid"),
    (
      ["values.yaml": "- a\n"],
      "cannot load values.yaml: cannot unmarshal yaml document: error unmarshaling JSON: while decoding JSON: json: "
        + "cannot unmarshal array into Go value of type map[string]interface {}"
    ),
  ])
  func complains(_ files: [String: String], _ expected: String) {
    #expect(complaint { _ = try release(files) } == expected)
  }

  @Test func failuresPointAtTheTemplate() {
    let error = #expect(throws: HelmError.self) {
      try release([
        "templates/a.yaml": "kind: A\nn: {{ include \"n\" . }}\n",
        "templates/_n.tpl": "{{ define \"n\" }}\n{{ fail \"no\" }}{{ end }}",
      ])
    }
    #expect(error?.location?.description == "app/templates/_n.tpl:2:4")
    #expect(error?.trace.map(\.location.description) == ["app/templates/a.yaml:2:7"])
    #expect(error?.message == "no")
  }
}
