import Diagnostics
import Testing
import YAML

/// Anybody can open a pull request: whatever the text, reading ends soon, with a tree or an error.
@Suite struct HostileInputTests {
  private func code(_ text: String, limits: ReadLimits = .standard) -> YAMLError.Code? {
    do {
      _ = try YAMLReader.read(SourceFile(path: "f.yaml", text: text), limits: limits)
      return nil
    } catch {
      return error.code
    }
  }

  @Test func deepNesting() {
    #expect(code(String(repeating: "[", count: 100_000)) == .tooDeep(limit: 256))
    #expect(code(String(repeating: "{a: ", count: 100_000)) == .tooDeep(limit: 256))
    #expect(code(String(repeating: "- ", count: 100_000)) == .tooDeep(limit: 256))
    #expect(code((0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined()) == .tooDeep(limit: 256))
    #expect(code(String(repeating: "? ", count: 100_000)) != nil)
    #expect(code(String(repeating: "[", count: 256) + String(repeating: "]", count: 256)) == nil)
    #expect(code(String(repeating: "[", count: 257) + String(repeating: "]", count: 257)) == .tooDeep(limit: 256))
  }

  @Test func aliasesThatMultiply() {
    let levels = (1...20).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1), *a\($0 - 1), *a\($0 - 1), *a\($0 - 1)]\n" }
    #expect(code("a0: &a0 [x, x, x, x]\n" + levels.joined()) == .tooManyAliases(limit: 400_000))
    let deep = (1...300).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }
    #expect(code("a0: &a0 [x]\n" + deep.joined()) == .tooDeep(limit: 256))
  }

  @Test func anchorsThatHoldThemselves() {
    #expect(code("&a [*a]") == .recursiveAnchor("a"))
    #expect(code("&a {b: {c: *a}}") == .recursiveAnchor("a"))
    #expect(code("a: &a\n  <<: *a\n") == .recursiveAnchor("a"))
  }

  @Test func mergesOfManyKeys() throws {
    let keys = (0..<20_000).map { "k\($0): 1" }.joined(separator: ", ")
    let root = try YAMLReader.read(text: "a: &a {\(keys)}\nb:\n  <<: *a\n  x: 1\n")[0].root
    #expect(root["b"]?.mapping?.count == 20_001)
  }

  @Test func manyKeysInOneMapping() throws {
    let text = (0..<50_000).map { "k\($0): 1\n" }.joined()
    #expect(try YAMLReader.read(text: text)[0].root.mapping?.count == 50_000)
  }

  @Test func oneLongLine() throws {
    let long = String(repeating: "x", count: 10_000_000)
    #expect(try YAMLReader.read(text: "a: \(long)\n")[0].root["a"]?.scalar?.text.utf8.count == 10_000_000)
    let items = "[" + String(repeating: "ab, ", count: 200_000) + "]  # end"
    let file = SourceFile(path: "f.yaml", text: items)
    #expect(try YAMLReader.read(file)[0].root.sequence?.count == 200_000)
    #expect(try Comments.scan(file).map(\.text) == ["end"])
  }

  @Test func manyDocuments() throws {
    #expect(try YAMLReader.read(text: String(repeating: "a: 1\n---\n", count: 10_000)).count == 10_001)
  }

  @Test func tooManyBytes() {
    #expect(code("a: 12345", limits: ReadLimits(bytes: 4)) == .tooLarge(limit: 4))
  }

  @Test func treesTooDeepToPrint() {
    var node = Node(string: "x", origin: .synthetic("<test>"))
    for _ in 0..<600 { node = Node(.sequence([node]), origin: node.origin) }
    #expect(throws: YAMLError(.tooDeep(limit: 512), at: node.origin.location)) { try YAMLEmitter.emit(node) }
    #expect(throws: YAMLError(.tooDeep(limit: 512), at: node.origin.location)) { try JSONEmitter().emit(node) }
  }
}
