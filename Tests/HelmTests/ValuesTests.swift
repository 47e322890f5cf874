import Files
import Foundation
import GoTemplate
import Sprig
import Testing
import YAML

@testable import Helm

@Suite struct ValuesTests {
  private func value(_ expression: String, _ files: [String: String], _ values: String = "") throws -> String {
    let text = try printed(files.merging(asJSON(expression)) { $1 }, values: values)
    return String(text.dropFirst("v: ".count).dropLast())
  }

  @Test(arguments: [
    ("the chart's own", "", #"{"a":1,"m":{"x":1,"z":2}}"#),
    ("maps are merged", "m: {z: 3}", #"{"a":1,"m":{"x":1,"z":3}}"#),
    ("lists and scalars are replaced", "a: [1]", #"{"a":[1],"m":{"x":1,"z":2}}"#),
    ("null removes what the chart sets", "m: {x: null}", #"{"a":1,"m":{"z":2}}"#),
    ("null removes a whole map", "m: null", #"{"a":1}"#),
    ("null of the user alone stays", "b: null", #"{"a":1,"b":null,"m":{"x":1,"z":2}}"#),
    ("a map wins over a scalar", "a: {z: 1}", #"{"a":{"z":1},"m":{"x":1,"z":2}}"#),
  ])
  func coalesced(_ name: String, _ values: String, _ expected: String) throws {
    #expect(try value(".Values", ["values.yaml": "a: 1\nm: {x: 1, z: 2}\n"], values) == expected, "\(name)")
  }

  @Test func nullsOfTheChartDoNotShow() throws {
    #expect(try value(".Values", ["values.yaml": "a: null\nm: {x: null, z: 1}\n"]) == #"{"m":{"z":1}}"#)
  }

  @Test func severalDocumentsAreMerged() throws {
    let merged = try value(".Values", ["values.yaml": "a: {x: 1}\n---\na: {z: 2}\n"])
    #expect(merged == #"{"a":{"x":1,"z":2}}"#)
  }

  /// A database as a subchart, as most applications have one.
  private let withDatabase = [
    "Chart.yaml":
      "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: db, version: '>=1', condition: db.enabled, tags: [data]}\n",
    "charts/db/Chart.yaml": "apiVersion: v2\nname: db\nversion: 1.2.0\n",
    "charts/db/values.yaml": "size: 1\nglobal: {zone: a}\nexports: {shared: {user: root}}\n",
    "charts/db/templates/db.yaml": "kind: Database\nsize: {{ .Values.size }}\nzone: {{ .Values.global.zone }}\n",
  ]

  @Test(arguments: [
    ("its own values", "", "size: 1\nzone: a\n"), ("values of the parent", "db: {size: 5}", "size: 5\nzone: a\n"),
    ("globals reach it", "global: {zone: b}", "size: 1\nzone: b\n"),
  ])
  func subchartValues(_ name: String, _ values: String, _ expected: String) throws {
    #expect(try printed(withDatabase, values: values) == "kind: Database\n" + expected, "\(name)")
  }

  @Test(arguments: [
    ("on by default", "", true), ("condition off", "db: {enabled: false}", false),
    ("tag off", "tags: {data: false}", false),
    ("condition wins over tag", "db: {enabled: true}\ntags: {data: false}", true),
    ("no boolean decides nothing", "db: {enabled: maybe}", true),
  ])
  func conditionsAndTags(_ name: String, _ values: String, _ isThere: Bool) throws {
    #expect(try !printed(withDatabase, values: values).isEmpty == isThere, "\(name)")
  }

  @Test func aliases() throws {
    var files = withDatabase
    files["Chart.yaml"] =
      "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: db, version: 1.x, alias: main}\n- {name: db, version: 1.x, alias: copy}\n"
    let text = try printed(files, values: "main: {size: 2}\ncopy: {size: 3}\n")
    #expect(text.contains("size: 2") && text.contains("size: 3") && !text.contains("size: 1"))
  }

  @Test func importedValues() throws {
    var files = withDatabase
    files["Chart.yaml"] = """
      apiVersion: v2
      name: app
      version: 1.0.0
      dependencies:
      - name: db
        version: 1.x
        import-values: [shared, {child: global, parent: where}]

      """
    files["charts/db/templates/db.yaml"] = ""
    #expect(
      try value("dict \"user\" .Values.user \"zone\" .Values.where.zone", files) == #"{"user":"root","zone":"a"}"#)
  }

  @Test(arguments: [
    ("a=1,b=x", SetValues.Style.typed, #"{"a":1,"b":"x"}"#), ("a.b.c=true", .typed, #"{"a":{"b":{"c":true}}}"#),
    ("l[1].x=1", .typed, #"{"l":[null,{"x":1}]}"#), ("l={a,2}", .typed, #"{"l":["a",2]}"#),
    ("a=007,b=null", .typed, #"{"a":"007","b":null}"#),
    (#"a\.b=1\,2"#, .typed, #"{"a.b":"1,2"}"#), ("a=1,b=true", .text, #"{"a":"1","b":"true"}"#),
    (#"a={"x":[1,2]},b=3"#, .json, #"{"a":{"x":[1,2]},"b":3}"#), ("a.b=x,y=z", .literal, #"{"a":{"b":"x,y=z"}}"#),
  ])
  func setNotation(_ text: String, _ style: SetValues.Style, _ expected: String) throws {
    let target = Dict()
    try SetValues.apply(text, style, to: target)
    #expect(try JSONWriter.write(.dict(target)).text == expected)
  }

  @Test(arguments: [
    ("a", "key \"a\" has no value"), ("a[x]=1", "error parsing index: strconv.Atoi: parsing \"x\": invalid syntax"),
    ("a[-1]=1", "negative -1 index not allowed"),
    ("a[99999]=1", "index of 99999 is greater than maximum supported index of 65536"),
    ("a={1", "list must terminate with '}'"),
  ])
  func setNotationComplains(_ text: String, _ expected: String) {
    let error = #expect(throws: SetValues.Malformed.self) { try SetValues.apply(text, .typed, to: Dict()) }
    #expect(error?.message == expected)
  }

  @Test func schemas() throws {
    let files = [
      "values.yaml": "replicas: 1\n", "templates/a.yaml": "kind: A\n",
      "values.schema.json":
        #"{"type":"object","properties":{"replicas":{"type":"integer","minimum":1}},"required":["replicas"]}"#,
    ]
    #expect(try printed(files) == "kind: A\n")
    #expect(
      complaint { _ = try printed(files, values: "replicas: 0") }
        == "values don't meet the specifications of the schema(s) in the following chart(s):\napp:\n- at '/replicas': minimum: got 0, want 1\n"
    )
  }
}
