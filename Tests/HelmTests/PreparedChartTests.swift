import GoTemplate
import Testing
import YAML

@testable import Helm

@Suite struct PreparedChartTests {
  private let files = [
    "Chart.yaml": """
    apiVersion: v2
    name: app
    version: 1.0.0
    dependencies:
    - {name: db, version: 1.x.x, alias: first}
    - {name: db, version: 1.x.x, alias: second, condition: second.enabled}
    """,
    "templates/a.yaml": "kind: A\nname: {{ .Values.name }}\n",
    "values.yaml": "name: own\n",
    "values.schema.json": #"{"properties": {"name": {"$ref": "https://example.com/name.json#/definitions/name"}}}"#,
    "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.2.3\n",
    "charts/db/templates/b.yaml": "kind: B\nname: {{ .Chart.Name }}\n",
  ]

  private func texts(_ release: Release) -> [String] {
    release.manifests.map { String(decoding: $0.output.bytes, as: UTF8.self) }
  }

  private func values(_ text: String) throws -> Node? { try YAMLReader.read(text: text).first?.root }

  @Test func rendersAsTheChartItself() throws {
    let chart = try chart(files)
    let prepared = PreparedChart(chart)
    var options = ReleaseOptions(name: "rel")
    options.skipsSchema = true
    for given in ["{}", "name: other", "second: {enabled: false}"] {
      let (one, other) = (
        try chart.render(try values(given), options), try prepared.render(try values(given), options)
      )
      #expect(texts(one) == texts(other))
    }
    let replaced = prepared.replacingValues(by: [try #require(try values("name: file"))])
    #expect(texts(try replaced.render(nil, options)).first == "kind: A\nname: file\n")
  }

  @Test func remoteSchemasAllowEverythingAndAreNamed() throws {
    let chart = try chart(files)
    let release = try PreparedChart(chart).render(nil, ReleaseOptions(name: "rel"))
    #expect(release.unresolvedSchemas.map(\.url) == ["https://example.com/name.json"])
    #expect(throws: HelmError.self) { try chart.render(nil as Node?, ReleaseOptions(name: "rel")) }
  }

  @Test func missingDependencies() throws {
    var files = files
    files["charts/db/Chart.yaml"] = nil
    files["charts/db/templates/b.yaml"] = nil
    var chart = try chart(files)
    #expect(chart.missingDependencies.map(\.alias) == ["first", "second"])
    let db = try HelmTests.chart([
      "Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.2.3\n", "templates/b.yaml": "kind: {{ .Chart.Name }}",
    ])
    chart.add(db, for: chart.missingDependencies[0])
    #expect(chart.missingDependencies.map(\.alias) == ["second"])
    var options = ReleaseOptions(name: "rel")
    options.skipsSchema = true
    #expect(try chart.render(nil as Node?, options).manifests.map(\.kind) == ["A", "first"])
  }
}
