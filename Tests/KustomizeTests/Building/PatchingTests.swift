import Kustomize
import Testing

/// Patches: which objects they change, and what they may not.
@Suite struct PatchingTests {
  private static func fixture(_ patches: String) -> Fixture {
    Fixture(
      stringLiteral: """
        == kustomization.yaml
        namespace: shop
        resources: [objects.yaml]
        patches:
        \(patches)
        == objects.yaml
        apiVersion: v1
        kind: Service
        metadata: {name: web, labels: {tier: front}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: db, labels: {tier: back}}
        == patch.yaml
        {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort}}
        """)
  }

  @Test func aPatchWithoutTargetChangesTheObjectItNames() throws {
    #expect(
      try Self.fixture("- path: patch.yaml").output() == """
        apiVersion: v1
        kind: Service
        metadata:
          labels:
            tier: front
          name: web
          namespace: shop
        spec:
          type: NodePort
        ---
        apiVersion: v1
        kind: Service
        metadata:
          labels:
            tier: back
          name: db
          namespace: shop

        """)
  }

  @Test func aTargetChoosesByExpressionAndLabels() throws {
    let text = """
      - target: {kind: Serv.*, labelSelector: tier in (back)}
        patch: |
          kind: Service
          metadata: {name: any, annotations: {size: 3}}
      """
    let output = try Self.fixture(text).output()
    #expect(output.contains("annotations:\n    size: \"3\"\n  labels:\n    tier: back"))
    #expect(output.contains("name: web") && output.contains("name: db"), "the name of such a patch changes nothing")
  }

  /// Expressions, and whether they select `web`: the whole name must match.
  @Test(arguments: [("web", true), ("we", false), ("w.b", true), ("w.", false), ("(?i)WEB", true), ("WEB", false)])
  func aNameIsAnExpressionForAllOfIt(_ name: String, _ isSelected: Bool) throws {
    let text = """
      - target: {name: '\(name)'}
        patch: '[{"op": "add", "path": "/metadata/labels", "value": {"found": "yes"}}]'
      """
    #expect(try Self.fixture(text).output().contains("found: \"yes\"") == isSelected)
  }

  @Test func deletesObjects() throws {
    let text = """
      - patch: |
          $patch: delete
          apiVersion: v1
          kind: Service
          metadata: {name: db}
      """
    #expect(try Self.fixture(text).build().resources.count == 1)
  }

  /// kustomize notes the name from before a patch in an annotation, so there are annotations to add to.
  @Test func anAnnotationCanBeAddedWhereThereAreNone() throws {
    let text = """
      - target: {name: db}
        patch: '[{"op": "add", "path": "/metadata/annotations/size", "value": "3"}]'
      - target: {name: web}
        patch: '[{"op": "test", "path": "/metadata/name", "value": "web"}]'
      """
    let output = try Self.fixture(text).output()
    #expect(output.contains("metadata:\n  annotations:\n    size: \"3\"\n  labels:\n    tier: back"))
    #expect(output.contains("metadata:\n  labels:\n    tier: front"), "none are left where none were added")
  }

  /// kustomize takes white space off the ends of an inline patch.
  @Test func aBlockOfTextAtTheEndOfAnInlinePatchLosesItsLastLineBreak() throws {
    let text = """
      - target: {name: db}
        patch: |
          - op: add
            path: /spec
            value: |
              one
              two
      - patch: |
          apiVersion: v1
          kind: Service
          metadata: {name: web}
          spec: |
            one
      """
    let output = try Self.fixture(text).output()
    #expect(output.contains("spec: |-\n  one\n  two\n"))
    #expect(output.contains("spec: one\n"))
  }

  @Test func aSelectorOfLabelsIsReadWhenAnObjectComesThatFar() throws {
    let text = """
      - target: {kind: KIND, labelSelector: a in b}
        patch: '[{"op": "remove", "path": "/spec"}]'
      """
    #expect(try Self.fixture(text.replacing("KIND", with: "Deployment")).build().resources.count == 2)
    #expect(try !Self.fixture(text.replacing("KIND", with: "Service")).error().isEmpty)
  }

  @Test func saysWhichTargetSelectsNothing() throws {
    let text = """
      - target: {kind: Deployment}
        patch: '[{"op": "remove", "path": "/spec"}]'
      """
    let built = try Self.fixture(text).build()
    #expect(built.unmatchedPatches.map { "\($0.location)" } == ["kustomization.yaml:4:11"])
  }

  @Test func namesAndKindsChangeOnlyWhereAllowed() throws {
    let text = """
      - target: {name: db}
        options: {allowNameChange: true}
        patch: '[{"op": "replace", "path": "/metadata/name", "value": "database"}]'
      - target: {name: web}
        patch: |
          kind: Ingress
          metadata: {name: other}
      - target: {name: web}
        options: {allowNameChange: true, allowKindChange: true}
        patch: |
          kind: Ingress
          metadata: {name: entry}
      """
    let output = try Self.fixture(text).output()
    #expect(
      output.contains("name: database")
        && output.contains("kind: Ingress\nmetadata:\n  labels:\n    tier: front\n  name: entry"))
  }

  @Test(arguments: [
    (
      "- patch: '{apiVersion: v1, kind: Service, metadata: {name: cache}}'",
      "kustomization.yaml:4:10: no object with the id 'Service.v1.[noGrp]/cache.[noNs]' to patch"
    ),
    (
      "- patch: '{apiVersion: v1, kind: Service, metadata: {name: web, namespace: other}}'",
      "to patch; there is 'Service.v1.[noGrp]/web.[noNs]'"
    ),
    (#"- patch: '[{"op": "remove", "path": "/spec"}]'"#, "kustomization.yaml:4:10: a JSON patch needs a target"),
    ("- target: {kind: Service}", "kustomization.yaml:4:3: a patch needs 'path' or 'patch'"),
    ("- {path: patch.yaml, patch: 'kind: Service'}", "a patch may have 'path' or 'patch', not both"),
    (
      "- {target: {kind: Service}, patch: '[{op: remove, path: /spec}]'}",
      "kustomization.yaml:4:36: this is neither an object to merge nor a list of JSON patch operations: a patch that begins with '[' must be JSON, which ends before 'op: remove, path: /s'"
    ),
    ("- patch: 'just a text'", "this is neither an object to merge nor a list of JSON patch operations"),
    ("- path: missing.yaml", "kustomization.yaml:4:9: no file 'missing.yaml'"),
  ])
  func refuses(_ patches: String, _ wanted: String) throws {
    let report = try Self.fixture(patches).error()
    #expect(report.contains(wanted), "\(report)")
  }
}
