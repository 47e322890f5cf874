import Diagnostics
import Kustomize
import Testing
import YAML

@Suite struct JSONPatchTests {
  private static func apply(_ patch: String, to object: String) throws -> String {
    var node = try YAMLReader.read(text: object)[0].root
    try JSONPatch(YAMLReader.read(text: patch, path: "patch.yaml")[0].root).apply(to: &node)
    return String(decoding: try YAMLEmitter.emit(node), as: UTF8.self)
  }

  /// Operations, the object before and after.
  static let cases: [(String, String, String)] = [
    ("[{op: add, path: /a, value: 1}]", "{b: 2}", "a: 1\nb: 2\n"),
    ("[{op: add, path: /l/1, value: x}]", "{l: [a, b]}", "l:\n- a\n- x\n- b\n"),
    ("[{op: add, path: /l/-, value: x}]", "{l: [a]}", "l:\n- a\n- x\n"),
    ("[{op: add, path: /l/-1, value: x}]", "{l: [a, b]}", "l:\n- a\n- b\n- x\n"),
    ("[{op: remove, path: /l/-1}]", "{l: [a, b]}", "l:\n- a\n"),
    ("[{op: add, path: /a~1b~0c, value: 1}]", "{}", "a/b~c: 1\n"),
    ("[{op: add, path: x/a, value: 1}]", "{}", "a: 1\n"),
    ("[{op: add, path: /a}]", "{}", "a: null\n"),
    ("[{op: replace, path: /new, value: [1]}]", "{a: b}", "a: b\nnew:\n- 1\n"),
    ("[{op: replace, path: /l/-1, value: x}]", "{l: [a, b]}", "l:\n- a\n- x\n"),
    ("[{op: replace, path: '', value: {c: d}}]", "{a: b}", "c: d\n"),
    ("[{op: move, from: /a, path: /b/c}]", "{a: 1, b: {}}", "b:\n  c: 1\n"),
    ("[{op: copy, from: /a, path: /b}]", "{a: [1]}", "a:\n- 1\nb:\n- 1\n"),
    ("[{op: copy, from: /none, path: /b}]", "{a: 1}", "a: 1\nb: null\n"),
    ("[{op: test, path: /a, value: 1}, {op: remove, path: /a}]", "{a: 1, b: 2}", "b: 2\n"),
    ("[{op: test, path: /a, value: {x: 1, y: 2}}]", "{a: {x: 1}}", "a:\n  x: 1\n"),
    ("[{op: test, path: /a, value: null}]", "{b: 1}", "b: 1\n"),
    ("[{op: add, path: /a, value: 9007199254740993}]", "{}", "a: 9007199254740992\n"),
  ]

  @Test(arguments: cases)
  func appliesAsTheLibraryDoes(_ patch: String, _ object: String, _ want: String) throws {
    #expect(try Self.apply(patch, to: object) == want)
  }

  @Test(arguments: [
    (
      "[{op: add, path: /a/b, value: 1}]", #"add operation does not apply: doc is missing path: "/a/b": missing value"#,
      18
    ),
    ("[{op: add, path: a, value: 1}]", #"add operation does not apply: doc is missing path: "a": missing value"#, 18),
    (
      "[{op: remove, path: /x}]", "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value",
      21
    ),
    (
      "[{op: add, path: /l/5, value: 1}]",
      "error in add for path: '/l/5': Unable to access invalid index: 5: invalid index referenced", 18
    ),
    (
      "[{op: replace, path: /l/5, value: 1}]",
      "replace operation does not apply: doc is missing key: /l/5: missing value", 22
    ),
    (
      "[{op: move, from: /x, path: /y}]",
      "error in move for path: 'x': Unable to remove nonexistent key: x: missing value", 19
    ),
    ("[{op: test, path: /k, value: other}]", "testing value /k failed: test failed", 19),
    ("[{op: test, path: /k, value: 1}]", "testing value /k failed: test failed", 19),
    ("[{op: frobnicate, path: /k}]", "Unexpected kind: frobnicate", 7),
    ("[{op: add, value: 1}]", "add operation is missing its path field: missing value", 2),
  ])
  func failsAtThePlaceOfTheOperation(_ patch: String, _ message: String, _ column: UInt32) {
    let error = #expect(throws: KustomizeError.self) { try Self.apply(patch, to: "{l: [a], k: v}") }
    #expect(error?.text == message)
    #expect(error?.code == .patch)
    #expect(error?.place?.file.path == "patch.yaml")
    #expect(error?.place?.span.start.column == column)
  }

  @Test(arguments: ["{op: add}", "text", "[1]"])
  func refusesWhatIsNoPatch(_ text: String) {
    let error = #expect(throws: KustomizeError.self) { try Self.apply(text, to: "{}") }
    #expect(error?.code == .patch)
  }

  @Test func leavesTheObjectAloneWhenAnOperationFails() throws {
    var node = try YAMLReader.read(text: "{a: 1}")[0].root
    let patch = try JSONPatch(YAMLReader.read(text: "[{op: remove, path: /a}, {op: remove, path: /a}]")[0].root)
    #expect(throws: KustomizeError.self) { try patch.apply(to: &node) }
    #expect(node["a"] != nil)
  }

  @Test func keepsOrigins() throws {
    var node = try YAMLReader.read(text: "a: 1\nb: 2\n", path: "base.yaml")[0].root
    let entry = Location(file: SourceFile(path: "kustomization.yaml", text: ""))
    let patch = try JSONPatch(YAMLReader.read(text: "[{op: replace, path: /a, value: 7}]", path: "patch.yaml")[0].root)
    try patch.apply(to: &node, entry: entry)
    let origin = try #require(node["a"]?.origin)
    #expect(origin.file.path == "patch.yaml")
    #expect(origin.span.start.column == 33)
    #expect(origin.trace == [RelatedLocation("patched here", at: entry)])
    #expect(node["b"]?.origin.file.path == "base.yaml")
  }
}
