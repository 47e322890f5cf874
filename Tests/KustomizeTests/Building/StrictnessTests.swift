import Kustomize
import Testing
import YAML

/// What kustomize takes and what it refuses, where that is not what one would guess.
@Suite struct StrictnessTests {
  // MARK: Keys that stand twice

  @Test func aConfigurationMayNotRepeatKeys() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      configurations: [names.yaml]
      == names.yaml
      images: []
      images:
      - path: spec/image
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: a}}
      """
    #expect(try fixture.error().contains("names.yaml:2:1"))
  }

  @Test(arguments: [
    "generator.yaml", "|-\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n  metadata: {name: a, name: b}",
  ])
  func aPluginMayNotRepeatKeys(_ entry: String) throws {
    let fixture = Fixture(
      stringLiteral: """
        == kustomization.yaml
        generators:
        - \(entry)
        == generator.yaml
        apiVersion: builtin
        kind: ConfigMapGenerator
        metadata: {name: a}
        literals: [a=b]
        literals: [c=d]
        """)
    #expect(try fixture.error().contains("stands twice"))
  }

  @Test func aListMayNotRepeatKeys() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [list.yaml]
      == list.yaml
      apiVersion: v1
      kind: PodList
      kind: PodList
      items: []
      """
    #expect(try fixture.error().contains("list.yaml:3:1"))
  }

  @Test func theFirstOfRepeatedKeysOfAPatchCounts() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      patches:
      - path: patch.yaml
      - patch: |-
          apiVersion: v1
          kind: A
          metadata: {name: a}
          data: {c: first, c: second}
      == patch.yaml
      apiVersion: v1
      kind: A
      metadata: {name: a}
      data:
        b: first
        b: second
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: a}, data: {a: a}}
      """
    let data = try fixture.build().object("a").node["data"]
    #expect(data?["b"]?.scalar?.text == "first")
    #expect(data?["c"]?.scalar?.text == "first")
  }

  // MARK: Fields

  @Test func theLastSpellingOfAFieldCounts() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      nameprefix: small-
      namePrefix: Large-
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: a}}
      """
    #expect(try fixture.output().contains("name: small-a\n"))
  }

  @Test func metadataOfAKustomizationHasTypes() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      metadata: {name: false}
      namePrefix: a-
      """
    #expect(try fixture.error().contains("'metadata.name' must be a string"))
  }

  // MARK: Documents

  @Test func behindAJSONPatchAnythingMayStand() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      patches:
      - path: patch.yaml
        target: {kind: A}
      == patch.yaml
      - {op: add, path: /data, value: new}
      ...
      } nonsense
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: a}}
      """
    #expect(try fixture.output().contains("data: new\n"))
  }

  @Test func anObjectWithoutVersionGetsANullFromAPatch() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      patches:
      - patch: '{apiVersion: v1, kind: A, metadata: {name: x}, data: new}'
        target: {kind: A}
      == a.yaml
      {kind: A, metadata: {name: a}}
      """
    #expect(try fixture.output().hasPrefix("apiVersion: null\ndata: new\n"))
  }

  // MARK: Identities

  @Test func aReplacementMayNotTakeTheNameAway() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      replacements:
      - source: {kind: A, fieldPath: data}
        targets: [{select: {kind: A}, fieldPaths: [metadata.name]}]
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: {}}, data: {x: y}}
      """
    #expect(try fixture.error().contains("has no 'metadata.name'"))
  }

  @Test func aReplacementMayNotMakeTwins() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      replacements:
      - source: {name: a, fieldPath: metadata.name}
        targets: [{select: {name: b}, fieldPaths: [metadata.name]}]
      == a.yaml
      {apiVersion: v1, kind: A, metadata: {name: a}}
      ---
      {apiVersion: v1, kind: A, metadata: {name: b}}
      """
    #expect(try fixture.error().contains("there is already an object with the id"))
  }

  @Test func aTextOnTheWayToAReferenceIsRefused() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      == a.yaml
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: a}
      spec: {template: {spec: {volumes: all}}}
      """
    #expect(try fixture.error().contains("a.yaml:4:35"))
  }
}
