import Diagnostics
import Kubernetes
import Kustomize
import Testing
import YAML

@Suite struct StrategicMergeTests {
  private static func merge(_ patch: String, into target: String) throws -> String {
    var node = try YAMLReader.read(text: target, path: "base.yaml")[0].root
    guard try strategicMerge(patch: YAMLReader.read(text: patch, path: "patch.yaml")[0].root, into: &node) else {
      return "deleted"
    }
    return String(decoding: try YAMLEmitter.emit(node), as: UTF8.self)
  }

  private static let head = "apiVersion: apps/v1\nkind: Deployment\n"

  private static func deployment(_ containers: String) -> String {
    head + "spec: {template: {spec: {containers: \(containers)}}}"
  }

  /// Patch, target, and what `containers` are afterwards.
  static let containers: [(String, String, String)] = [
    ("[{name: web, image: new}]", "[{name: web, image: old, tty: true}]", "[{image: new, name: web, tty: true}]"),
    ("[{name: side, image: s}]", "[{name: web, image: w}]", "[{image: s, name: side}, {image: w, name: web}]"),
    ("[{name: web, $patch: delete}]", "[{name: web}, {name: side}]", "[{name: side}]"),
    ("[{$patch: replace}, {name: new}]", "[{name: web}, {name: side}]", "[{name: new}]"),
    ("[{name: web, args: [c]}]", "[{name: web, args: [a, b]}]", "[{args: [c], name: web}]"),
    ("[{name: web, image: null}]", "[{name: web, image: old}]", "[{name: web}]"),
    (
      "[{name: web, env: [{name: B, value: '2'}]}]", "[{name: web, env: [{name: A, value: '1'}]}]",
      "[{env: [{name: B, value: '2'}, {name: A, value: '1'}], name: web}]"
    ),
    (
      "[{name: web, ports: [{containerPort: 80, protocol: UDP, name: u}]}]",
      "[{name: web, ports: [{containerPort: 80, protocol: TCP}, {containerPort: 80, protocol: UDP}]}]",
      "[{name: web, ports: [{containerPort: 80, protocol: TCP}, {containerPort: 80, name: u, protocol: UDP}]}]"
    ),
    // Everything is visited, so that a repeated name goes even where the patch does not mention it.
    (
      "[{name: other}]", "[{name: web, env: [{name: A, value: x}, {name: A, value: z}]}]",
      "[{name: other}, {env: [{name: A, value: z}], name: web}]"
    ),
    (
      "[{name: other}]", "[{name: web, env: [{name: A, value: }, {name: B, value: ~}, {name: C}], args: [x, x]}]",
      "[{name: other}, {args: [x, x], env: [{name: A}, {name: B, value: ~}, {name: C}], name: web}]"
    ),
  ]

  @Test(arguments: containers)
  func mergesContainersByName(_ patch: String, _ target: String, _ want: String) throws {
    let merged = try Self.merge(Self.deployment(patch), into: Self.deployment(target))
    let wanted = try YAMLReader.read(text: Self.deployment(want))[0].root
    #expect(merged == String(decoding: try YAMLEmitter.emit(wanted), as: UTF8.self))
  }

  /// Patch, target, result; of a type that has no schema.
  static let custom: [(String, String, String)] = [
    ("{spec: {l: [{name: b}]}}", "{spec: {l: [{name: a}]}}", "spec:\n  l:\n  - name: b\n"),
    ("{spec: {a: null}}", "{spec: {a: 1, b: 2}}", "spec:\n  b: 2\n"),
    ("{spec: {new: {x: null, z: 1}}}", "{spec: {}}", "spec:\n  new:\n    z: 1\n"),
    ("{spec: {$patch: replace, b: 2}}", "{spec: {a: 1}}", "spec:\n  b: 2\n"),
    ("{spec: {$patch: delete}}", "{spec: {a: 1}, x: y}", "x: \"y\"\n"),
    ("{$patch: delete}", "{spec: {a: 1}}", "deleted"),
    ("{spec: {$patch: merge, b: 2}}", "{spec: {a: 1}}", "spec:\n  a: 1\n  b: 2\n"),
    ("{a: 1}", "{kept: null, empty: , b: 2}", "a: 1\nb: 2\nkept: null\n"),
    ("{a: 1}", "{spec: {kept: null, empty: , in: {empty: }}}", "a: 1\nspec:\n  in: {}\n  kept: null\n"),
    ("{a: '1'}", "{a: 1}", "a: \"1\"\n"),
    ("{$setElementOrder/l: [a]}", "{b: 2}", "$setElementOrder/l:\n- a\nb: 2\n"),
  ]

  @Test(arguments: custom)
  func mergesMappings(_ patch: String, _ target: String, _ want: String) throws {
    #expect(try Self.merge(patch, into: target) == want)
  }

  @Test func refusesDifferentKinds() {
    let error = #expect(throws: KustomizeError.self) { try Self.merge("{spec: {a: [1]}}", into: "{spec: {a: {b: 1}}}") }
    #expect(error?.text == "wrong node kind: expected MappingNode but got SequenceNode at spec.a")
    #expect(error?.place?.file.path == "patch.yaml")
    #expect(error?.place?.span.start.column == 12)
    #expect(error?.trace.first?.location.file.path == "base.yaml")
  }

  @Test func refusesUnknownDirectives() {
    let error = #expect(throws: KustomizeError.self) {
      try Self.merge("{spec: {$patch: drop}}", into: "{spec: {b: 1}}")
    }
    #expect(error?.text == "unknown patch strategy 'drop'")
    #expect(error?.place?.span.start.column == 17)
  }

  @Test func takesMergeKeysFromAnOpenAPIDocument() throws {
    let document = """
      definitions:
        Widget:
          properties:
            parts: {type: array, items: {}, x-kubernetes-patch-merge-key: id, x-kubernetes-patch-strategy: merge}
          x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Widget}]
      """
    let schema = Schema(openAPI: try YAMLReader.read(text: document)[0].root)
    let head = "apiVersion: example.com/v1\nkind: Widget\n"
    var node = try YAMLReader.read(text: head + "parts: [{id: 1, a: x}]")[0].root
    let patch = try YAMLReader.read(text: head + "parts: [{id: 1, b: y}]")[0].root
    _ = try strategicMerge(patch: patch, into: &node, schema: schema)
    #expect(node["parts"]?.sequence?.count == 1)
    #expect(node["parts"]?.sequence?.first?.mapping?.keys == ["id", "a", "b"])
  }

  @Test func valuesKeepTheirPlaces() throws {
    var node = try YAMLReader.read(text: Self.deployment("[{name: web, image: old}]"), path: "base.yaml")[0].root
    let patch = try YAMLReader.read(text: Self.deployment("[{name: web, image: new}]"), path: "patch.yaml")[0].root
    let entry = Location(file: SourceFile(path: "kustomization.yaml", text: ""))
    _ = try strategicMerge(patch: patch, into: &node, entry: entry)
    let container = try #require(node[path: "spec", "template", "spec", "containers"]?.sequence?.first)
    #expect(container["image"]?.origin.file.path == "patch.yaml")
    #expect(container["image"]?.origin.trace == [RelatedLocation("patched here", at: entry)])
    // What the patch repeats to say what it is for stays where it was.
    #expect(container["name"]?.origin.file.path == "base.yaml")
    #expect(node["kind"]?.origin.file.path == "base.yaml")
  }

  @Test func mergesThreeVersions() throws {
    func read(_ text: String) throws -> Node { try YAMLReader.read(text: text)[0].root }
    let merged = try StrategicMerge(direction: .append).merge(
      local: read("{mine: 1, same: 1, gone: 1}"), original: read("{same: 1, gone: 1}"),
      updated: read("{same: 2, new: 3}"))
    #expect(String(decoding: try YAMLEmitter.emit(try #require(merged)), as: UTF8.self) == "mine: 1\nnew: 3\nsame: 2\n")
  }

  @Test func walksAsDeepAsTheReader() throws {
    let deep = String(repeating: "{a: ", count: 250) + "1" + String(repeating: "}", count: 250)
    #expect(try Self.merge(deep, into: deep).isEmpty == false)
  }

  /// kyaml takes JSON in a comment for the schema of the value.
  @Test func aCommentMayBringTheSchema() throws {
    let target = try YAMLReader.read(
      text: """
        apiVersion: example.com/v1
        kind: Robot
        spec: # {"$ref": "#/definitions/io.k8s.api.core.v1.PodSpec"}
          containers:
          - {name: a, image: x}
        # {"type": "array", "x-kubernetes-patch-strategy": "merge"}
        tools: [saw]
        """)[0].root
    let patch = try YAMLReader.read(
      text: "{spec: {containers: [{name: a, command: [run]}]}, tools: [file]}")[0].root
    let merged = try #require(try StrategicMerge(direction: .append).merge(patch: patch, into: target))
    #expect(merged[path: "spec", "containers"]?.sequence?.first?["image"]?.scalar?.text == "x")
    #expect(merged["tools"]?.sequence?.compactMap { $0.scalar?.text } == ["saw", "file"])
  }
}
