import Diagnostics
import Documents
import Files
import Testing
import YAML

@testable import Kustomize

@Suite struct LimitTests {
  private static func node(_ text: String) throws -> Node { try YAMLReader.read(text: text)[0].root }

  private static func patch(_ operations: [String], _ object: String) throws {
    var object = try node(object)
    try JSONPatch(node("[\(operations.joined(separator: ", "))]")).apply(to: &object)
  }

  @Test func copyingIntoItselfEnds() {
    let operations = (0..<40).map { "{op: copy, from: /a, path: /a/x\($0)}" }
    let error = #expect(throws: KustomizeError.self) { try Self.patch(operations, "{a: {b: c}}") }
    #expect(error?.code == .limit)
  }

  @Test func movingDeeperEnds() {
    let deep = String(repeating: "/a", count: 200)
    let nested = String(repeating: "{a: ", count: 200) + "{}" + String(repeating: "}", count: 200)
    var operations: [String] = []
    for round in 0..<10 {
      operations.append("{op: add, path: /new, value: \(nested)}")
      operations.append("{op: move, from: /old, path: /new\(deep)}")
      operations.append("{op: move, from: /new, path: /old}")
      if round > 5 { operations.append("{op: remove, path: /old/none}") }
    }
    let error = #expect(throws: KustomizeError.self) { try Self.patch(operations, "{old: {}}") }
    #expect(error?.code == .limit)
  }

  @Test func replacementsThatDoubleEnd() throws {
    let entries = (0..<40).map { _ in
      "- {source: {kind: A, fieldPath: x}, targets: [{select: {kind: A}, fieldPaths: [x], options: {delimiter: ':', index: 99}}]}"
    }
    let configuration = try Self.node("replacements:\n" + entries.joined(separator: "\n"))
    let object = try Self.node("{kind: A, metadata: {name: a}, x: '0123456789'}")
    let error = #expect(throws: KustomizeError.self) { _ = try ObjectFilters.replacing(configuration, in: [object]) }
    #expect(error?.code == .limit)
  }

  @Test func longListsAreNotMerged() throws {
    let items = (0...AssociativeList.elementLimit).map { "f\($0)" }.joined(separator: ", ")
    var object = try Self.node("{apiVersion: v1, kind: Pod, metadata: {finalizers: [\(items)]}}")
    let patch = try Self.node("{apiVersion: v1, kind: Pod, metadata: {finalizers: [x]}}")
    let error = #expect(throws: KustomizeError.self) { _ = try strategicMerge(patch: patch, into: &object) }
    #expect(error?.code == .limit)
  }

  @Test func longPathsAreNotFollowed() throws {
    var object = try Self.node("{kind: A}")
    let field = FieldSpec(String(repeating: "a/", count: GrowthBudget.depth + 1) + "b", create: true)
    let error = #expect(throws: KustomizeError.self) {
      try field.visit(&object, creating: .mapping) { (_: inout Node) in }
    }
    #expect(error?.code == .limit)
  }

  // MARK: Whole builds

  @Test func manyPatchesOfManyTargetsEnd() throws {
    var session = BuildSession(tree: ParsedTree(try MemoryTree(texts: [:])), options: BuildOptions())
    let target = try Self.node("{a: [b, c], d: e}")
    let place = target.origin.location
    try session.charge(patch: KustomizeBuild.patchLimit - 5, of: target, at: place)
    let error = #expect(throws: KustomizeError.self) { try session.charge(patch: 1, at: place) }
    #expect(error?.code == .limit)
  }

  @Test func variablesThatSwellEnd() throws {
    let long = String(repeating: "0123456789abcdef", count: 4_096)
    let uses = String(repeating: "$(A)-", count: 2_000)
    let fixture = Fixture(
      stringLiteral: """
        == kustomization.yaml
        resources: [objects.yaml]
        vars:
        - {name: A, objref: {apiVersion: v1, kind: A, name: a}, fieldref: {fieldpath: data}}
        == objects.yaml
        {apiVersion: v1, kind: A, metadata: {name: a, annotations: {x: "\(uses)"}}, data: "\(long)"}
        """)
    #expect(try fixture.error().contains("values are copied until they are larger than"))
  }

  @Test func componentsInComponentsEnd() throws {
    let components = (0..<KustomizeBuild.depthLimit + 1).map { level in
      """
      == c\(level)/kustomization.yaml
      apiVersion: kustomize.config.k8s.io/v1alpha1
      kind: Component
      components: [../c\(level + 1)]
      """
    }
    let fixture = Fixture(
      stringLiteral: "== kustomization.yaml\ncomponents: [c0]\n" + components.joined(separator: "\n"))
    #expect(try fixture.error().contains("include each other more than \(KustomizeBuild.depthLimit) levels deep"))
  }
}
