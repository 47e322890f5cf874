import Diagnostics
import Testing
import YAML

@Suite struct EditingTests {
  private func edited(
    _ text: String, _ edit: (inout YAMLEditor, Node) throws(YAMLError) -> TextEdit
  ) throws -> String {
    let file = SourceFile(path: "f.yaml", text: text)
    let root = try #require(YAMLReader.read(file).first?.root)
    var editor = try YAMLEditor(file)
    let bytes = try TextEdit.apply([try edit(&editor, root)], to: file)
    // whatever comes out must still be YAML
    _ = try YAMLReader.read(SourceFile(path: "f.yaml", bytes: bytes))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func replaced(_ text: String, with scalar: Scalar) throws -> String {
    try edited(text) { editor, root throws(YAMLError) in
      guard let node = root["tag"] else { throw YAMLError(.complexKey, at: root.origin.location) }
      return try editor.replace(node, with: scalar)
    }
  }

  @Test(arguments: [
    ("tag: 1.2.3 # keep\nb: 1\n", "1.2.4", "tag: 1.2.4 # keep\nb: 1\n"),
    ("tag: 1.2.3\n", "1.2", "tag: \"1.2\"\n"),
    ("tag: 'a'\n", "it's", "tag: 'it''s'\n"),
    ("tag: 'a'\n", "two\nlines", "tag: \"two\\nlines\"\n"),
    ("tag: \"a\"\n", "b", "tag: \"b\"\n"),
    ("tag:\nb: 1\n", "x", "tag: x\nb: 1\n"),
    ("tag: |\n  long\n  text\nb: 1\n", "x", "tag: x\nb: 1\n"),
    ("{b: [1], tag: a, c: 2}\n", "x, y", "{b: [1], tag: \"x, y\", c: 2}\n"),
    ("ä: ü\r\ntag: é\r\nb: 1\r\n", "ö 😀", "ä: ü\r\ntag: \"ö 😀\"\r\nb: 1\r\n"),
    ("tag: a\n", "yes", "tag: \"yes\"\n"),
    ("tag: a\n", "", "tag: \"\"\n"),
    ("tag: a\n", "# no", "tag: \"# no\"\n"),
    ("tag: a\n", "a: b", "tag: \"a: b\"\n"),
  ])
  func strings(text: String, value: String, expected: String) throws {
    #expect(try replaced(text, with: .string(value)) == expected)
    let root = try YAMLReader.read(text: expected)[0].root
    #expect(root["tag"]?.scalar?.resolved == .string(value))
  }

  @Test func numbersAndBooleansStayPlain() throws {
    #expect(try replaced("tag: 3\n", with: .int(5)) == "tag: 5\n")
    #expect(try replaced("tag: 'x'\n", with: .bool(true)) == "tag: true\n")
  }

  @Test func anchoredScalarsAreLeftAlone() {
    #expect(throws: YAMLError.self) { try replaced("tag: &a x\nb: *a\n", with: .string("y")) }
  }

  private func inserted(_ text: String) throws -> String {
    try edited(text) { editor, root throws(YAMLError) in
      try editor.insert("new", .string("x"), into: root["spec"] ?? root)
    }
  }

  @Test(arguments: [
    ("spec:\n  a: 1  # one\n# end\nb: 2\n", "spec:\n  a: 1  # one\n  new: x\n# end\nb: 2\n"),
    ("spec: {}\n", "spec: {new: x}\n"),
    ("spec: {a: 1 }\n", "spec: {a: 1, new: x}\n"),
    ("spec: {a: 1, # c, d\n}\n", "spec: {a: 1, # c, d\n new: x}\n"),
    ("spec: {a: 1 # c, d\n}\n", "spec: {a: 1 # c, d\n, new: x}\n"),
    ("a: 1", "a: 1\nnew: x"),
    ("spec:\n  a: |\n    text\nb: 1\n", "spec:\n  a: |\n    text\n  new: x\nb: 1\n"),
    ("spec:\r\n  a:\r\n  - 1\r\n", "spec:\r\n  a:\r\n  - 1\r\n  new: x\r\n"),
    ("spec:\n  a:\nb: 1\n", "spec:\n  a:\n  new: x\nb: 1\n"),
  ])
  func newKeys(text: String, expected: String) throws {
    #expect(try inserted(text) == expected)
  }

  @Test func newKeyInAnItem() throws {
    let text = "- a: 1\n  b: 2\n- c: 3\n"
    let result = try edited(text) { editor, root throws(YAMLError) in
      try editor.insert("new", .string("x"), into: root.sequence?.first ?? root)
    }
    #expect(result == "- a: 1\n  b: 2\n  new: x\n- c: 3\n")
  }

  private func removed(_ text: String) throws -> String {
    try edited(text) { editor, root throws(YAMLError) in
      try editor.remove("gone", from: root["spec"] ?? root.sequence?.first ?? root)
    }
  }

  @Test(arguments: [
    ("spec:\n  a: 1\n  gone: 2 # why\n  c: 3\n", "spec:\n  a: 1\n  c: 3\n"),
    ("spec:\n  a: 1\n  gone:\n    - x\n    - y\nb: 1\n", "spec:\n  a: 1\nb: 1\n"),
    ("spec:\n  gone: 1\nb: 1\n", "spec:\n  {}\nb: 1\n"),
    ("- gone: 1\n  b: 2\n", "- b: 2\n"),
    ("- gone: 1\n- b: 2\n", "- {}\n- b: 2\n"),
    ("spec: {a: 1, gone: 2, c: 3}\n", "spec: {a: 1, c: 3}\n"),
    ("spec: {a: 1, gone: 2}\n", "spec: {a: 1}\n"),
    ("spec: {gone: 2}\n", "spec: {}\n"),
    ("spec:\n  gone: |\n    text\n  c: 3\n", "spec:\n  c: 3\n"),
    ("a: 1\ngone: 2", "a: 1\n"),
  ])
  func oldKeys(text: String, expected: String) throws {
    #expect(try removed(text) == expected)
  }

  @Test func whatCannotBeDoneIsAnError() {
    #expect(throws: YAMLError.self) { try removed("a: &x {gone: 1}\nspec:\n  <<: *x\n  b: 1\n") }
    #expect(throws: YAMLError.self) { try removed("a: &x 1\nspec:\n  gone: *x\n  b: 1\n") }
    #expect(throws: YAMLError.self) { try inserted("spec:\n  new: 1\n") }
    #expect(throws: YAMLError.self) { try inserted("? a\n: 1\n") }
    #expect(throws: YAMLError.self) { try removed("- gone: &x 1\n  b: *x\n") }
    #expect(throws: YAMLError.self) { try replaced("{tag}", with: .string("x")) }
    let file = SourceFile(path: "f.yaml", text: "abc")
    let edits = [TextEdit(range: 0..<2, replacement: []), TextEdit(range: 1..<3, replacement: [])]
    #expect(throws: YAMLError.self) { try TextEdit.apply(edits, to: file) }
  }
}
