import Diagnostics
import Testing
import YAML

@testable import Kustomize

@Suite struct ReplacementTests {
  static let objects = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: source, labels: {role: source}}
    data: {host: db.example.com, port: "5432", list: a-b-c}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, annotations: {a.b/c: old}}
    spec:
      replicas: 1
      containers:
      - {name: app, image: "app:1", args: [x, y]}
      - {name: side, image: "side:1"}
    """

  private static func replace(_ replacement: String, in objects: String = objects) throws -> [Node] {
    let configuration = try YAMLReader.read(text: "replacements:\n\(replacement)", path: "kustomization.yaml")[0].root
    return try ObjectFilters.replacing(
      configuration, in: YAMLReader.read(text: objects, path: "base.yaml").map(\.root))
  }

  /// The options of the source and of the target, the field of each, the path to the result and the result.
  static let values: [(String, String, String)] = [
    ("{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: [spec.containers.0.image]", "image: db.example.com"),
    (
      "{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: ['spec.containers.[name=side].image']",
      "image: db.example.com"
    ),
    (
      "{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: ['spec.containers.[name=.*].image']",
      "image: db.example.com"
    ),
    ("{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: [spec.containers.*.image]", "image: db.example.com"),
    ("{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: ['spec.containers.0.args.[=x]']", "- db.example.com"),
    (
      "{kind: ConfigMap, fieldPath: data.host}", "fieldPaths: ['metadata.annotations.[a.b/c]']", "a.b/c: db.example.com"
    ),
    ("{kind: ConfigMap}", "fieldPaths: [spec.containers.0.image]", "image: source"),
    ("{kind: ConfigMap, fieldPath: data.port}", "fieldPaths: [spec.replicas]", "replicas: 5432"),
    (
      "{kind: ConfigMap, fieldPath: data.list, options: {delimiter: '-', index: 1}}",
      "{fieldPaths: [spec.containers.0.image], options: {delimiter: ':', index: 1}}", "image: app:b"
    ),
    (
      "{kind: ConfigMap, fieldPath: data.host}",
      "{fieldPaths: [spec.containers.0.image], options: {delimiter: ':', index: 9}}", "image: app:1:db.example.com"
    ),
    (
      "{kind: ConfigMap, fieldPath: data.host}",
      "{fieldPaths: [spec.containers.0.image], options: {delimiter: ':', index: -1}}", "image: db.example.com:app:1"
    ),
    (
      "{kind: ConfigMap, fieldPath: data.host}", "{fieldPaths: [spec.new.deep], options: {create: true}}",
      "new:\n    deep: db.example.com"
    ),
    (
      "{kind: ConfigMap, fieldPath: data.host}", "{fieldPaths: ['spec.l.[name=n].v'], options: {create: true}}",
      "l:\n  - name: \"n\"\n    v: db.example.com"
    ),
    ("{kind: ConfigMap, fieldPath: data}", "fieldPaths: [spec.containers]", "containers:\n    host: db.example.com"),
  ]

  @Test(arguments: values)
  func writesValues(_ source: String, _ target: String, _ want: String) throws {
    let fields = target.hasPrefix("{") ? String(target.dropFirst().dropLast()) : target
    let changed = try Self.replace("- {source: \(source), targets: [{select: {kind: Deployment}, \(fields)}]}")
    #expect(String(decoding: try YAMLEmitter.emit(changed[1]), as: UTF8.self).contains(want))
  }

  /// `select` and `reject`, and whether the Deployment is a target.
  @Test(arguments: [
    ("select: {name: 'w.*'}", true), ("select: {name: w}", false), ("select: {group: apps, version: v1}", true),
    ("select: {kind: Deployment|Service}", true), ("select: {kind: Deploy}", false),
    ("select: {namespace: default}", false), ("select: {labelSelector: 'role=source'}", false),
    ("select: {annotationSelector: a.b/c=old}", true),
    ("select: {kind: Deployment}, reject: [{name: web}]", false),
    ("select: {kind: Deployment}, reject: [{kind: Service}, {annotationSelector: a.b/c}]", false),
    ("select: {kind: Deployment}, reject: [{name: web, kind: Service}]", true),
  ])
  func selectsTargets(_ selectors: String, _ isTarget: Bool) throws {
    let changed = try Self.replace("- {sourceValue: new, targets: [{\(selectors), fieldPaths: [metadata.name]}]}")
    #expect(changed[1][path: "metadata", "name"]?.scalar?.text == (isTarget ? "new" : "web"))
  }

  @Test(arguments: [
    ("{targets: []}", "replacements must specify a source and at least one target"),
    ("{source: {kind: ConfigMap}}", "replacements must specify a source and at least one target"),
    ("{source: {kind: ConfigMap}, sourceValue: x, targets: []}", "value and resource selectors are mutually exclusive"),
    ("{source: {kind: Secret, name: s}, targets: []}", "nothing selected by Secret.[noVer].[noGrp]/s.[noNs]"),
    ("{source: {}, targets: []}", "multiple matches for selector [noKind].[noVer].[noGrp]/[noName].[noNs]"),
    (
      "{source: {kind: ConfigMap, fieldPath: data.none}, targets: []}",
      "fieldPath `data.none` is missing for replacement source ConfigMap.[noVer].[noGrp]/[noName].[noNs]"
    ),
    ("{sourceValue: x, targets: [{fieldPaths: [a]}]}", "target must specify resources to select"),
    (
      "{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.none]}]}",
      "unable to find field \"spec.none\" in replacement target"
    ),
    (
      "{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.containers.5.image], options: {create: true}}]}",
      "unable to find or create field \"spec.containers.5.image\" in replacement target: index 5 specified but only 2 elements found"
    ),
    ("{sourceValue: x, targets: [{select: {kind: '('}}]}", "error parsing regexp: missing closing ): `^(?:()$`"),
    (
      "{sourceValue: x, targets: [{select: {kind: Deployment}, fieldPaths: [spec.replicas]}]}",
      "the field holds a whole number, which 'x' is not"
    ),
  ])
  func saysWhatIsWrong(_ replacement: String, _ message: String) {
    let error = #expect(throws: KustomizeError.self) { _ = try Self.replace("- \(replacement)") }
    #expect(error?.text == message)
    #expect(error?.place?.file.path == "kustomization.yaml")
  }

  @Test func changesTextInside() throws {
    let objects = """
      {apiVersion: v1, kind: ConfigMap, metadata: {name: source}, data: {host: new}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: target}
      data:
        compact.json: '{"b": {"host": "old"}, "a": "<&"}'
        pretty.json: |
          {
            "host": "old",
            "list": []
          }
        app.yaml: |
          # about the host
          server:
            host: old  # here
            ports: [1, 2]
          list:
            - a: "1"
      """
    let changed = try Self.replace(
      """
      - source: {name: source, fieldPath: data.host}
        targets:
        - select: {name: target}
          fieldPaths: ['data.compact\\.json.b.host', 'data.pretty\\.json.host', 'data.app\\.yaml.server.host']
      """, in: objects)
    #expect(changed[1][path: "data", "compact.json"]?.scalar?.text == #"{"a":"\u003c\u0026","b":{"host":"new"}}"#)
    #expect(changed[1][path: "data", "pretty.json"]?.scalar?.text == "{\n  \"host\": \"new\",\n  \"list\": []\n}")
    #expect(
      changed[1][path: "data", "app.yaml"]?.scalar?.text
        == "# about the host\nserver:\n  host: new # here\n  ports: [1, 2]\nlist:\n- a: \"1\"")
  }

  @Test func keepsThePlaceOfTheSource() throws {
    let changed = try Self.replace(
      "- {source: {kind: ConfigMap, fieldPath: data.host}, targets: [{select: {kind: Deployment}, fieldPaths: [spec.containers.0.image]}]}"
    )
    let image = try #require(changed[1][path: "spec", "containers"]?.sequence?[0]["image"])
    #expect(image.origin.file.path == "base.yaml")
    #expect(image.origin.span.start.line == 4)
    #expect(image.origin.trace.map(\.message) == ["replaced here"])
    #expect(image.origin.trace.first?.location.file.path == "kustomization.yaml")
  }
}
