import Kustomize
import Testing
import YAML

/// ConfigMaps and Secrets that a kustomization makes.
@Suite struct GeneratorTests {
  @Test func namesEndWithAHashOfTheContent() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      configMapGenerator:
      - name: settings
        literals: [colour=blue, "motto='a=b'"]
        files: [notes.txt, other=notes.txt]
        envs: [settings.env]
      secretGenerator:
      - name: password
        type: example.com/password
        literals: [password=secret]
      == notes.txt
      buy milk
      == settings.env
      # the level
      LEVEL=debug
        EMPTY
      """
    #expect(
      try fixture.output() == """
        apiVersion: v1
        data:
          EMPTY: ""
          LEVEL: debug
          colour: blue
          motto: a=b
          notes.txt: |
            buy milk
          other: |
            buy milk
        kind: ConfigMap
        metadata:
          name: settings-\(try Self.hash(fixture, 0))
        ---
        apiVersion: v1
        data:
          password: c2VjcmV0
        kind: Secret
        metadata:
          name: password-\(try Self.hash(fixture, 1))
        type: example.com/password

        """)
  }

  /// The last part of a name; that it is the right one, the corpus shows.
  private static func hash(_ fixture: Fixture, _ index: Int) throws -> String {
    let name = try #require(try fixture.build().resources[index].node[path: "metadata", "name"]?.scalar?.text)
    let hash = try #require(name.split(separator: "-").last)
    #expect(hash.count == 10 && hash.allSatisfy { "bcdfghkmt2456789".contains($0) })
    return String(hash)
  }

  @Test func emptyContentHasTheHashThatKustomizeGivesIt() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      configMapGenerator: [{name: empty}]
      """
    #expect(try fixture.output().contains("name: empty-6ct58987ht"))
  }

  @Test func optionsOfTheFileAndOfTheGeneratorGoTogether() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      generatorOptions:
        disableNameSuffixHash: true
        labels: {team: shop, tier: all}
      configMapGenerator:
      - name: settings
        options:
          immutable: true
          labels: {tier: web}
      """
    #expect(
      try fixture.output() == """
        apiVersion: v1
        immutable: true
        kind: ConfigMap
        metadata:
          labels:
            team: shop
            tier: web
          name: settings

        """)
  }

  @Test func aFileThatBeginsWithATabCannotBePrinted() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      configMapGenerator: [{name: makefile, files: [commands]}]
      == commands
      \techo one
      \techo two
      """
    #expect(throws: YAMLError.self, "as in kustomize, which cannot read its own output here") { try fixture.output() }
  }

  @Test func longSecretsAreBrokenIntoLines() throws {
    let fixture = Fixture(
      stringLiteral: """
        == kustomization.yaml
        secretGenerator:
        - name: long
          literals: [key=\(String(repeating: "a", count: 60))]
          options: {disableNameSuffixHash: true}
        """)
    #expect(
      try fixture.output().contains(
        "key: |\n    \(String(repeating: "YWFh", count: 17))YW\n    \(String(repeating: "FhYW", count: 2))Fh\n"))
  }

  @Test(arguments: [
    ("merge", "a: new\n  b: kept\n"), ("replace", "a: new\n"),
  ])
  func anOverlayChangesWhatItsBaseMade(_ behavior: String, _ data: String) throws {
    let fixture = Fixture(
      stringLiteral: """
        == base/kustomization.yaml
        configMapGenerator:
        - name: settings
          literals: [a=old, b=kept]
          options: {disableNameSuffixHash: true}
        == kustomization.yaml
        resources: [base]
        configMapGenerator:
        - name: settings
          behavior: \(behavior)
          literals: [a=new]
          options: {disableNameSuffixHash: true}
        """)
    #expect(try fixture.output().contains("data:\n  \(data)kind"))
  }

  @Test(arguments: [
    ("literals: [a]", "3:14: literal 'a' is not of the form key=value"),
    ("literals: [a=1, a=2]", "3:19: ConfigMap 'settings' gets the key 'a' twice"),
    ("files: [a=b=c]", "3:11: file source 'a=b=c' is neither of the form path nor of the form key=path"),
    ("files: [missing]", "3:11: no file 'missing'"),
    ("behavior: merge", "2:9: no object with the id 'ConfigMap.v1.[noGrp]/settings.[noNs]' to merge"),
  ])
  func refuses(_ text: String, _ wanted: String) throws {
    let report = try Fixture(
      stringLiteral: "== kustomization.yaml\nconfigMapGenerator:\n- name: settings\n  \(text)"
    ).error()
    #expect(report.hasPrefix("kustomization.yaml:\(wanted)"), "\(report)")
  }

  /// What is hashed of other objects than ConfigMaps and Secrets are the nodes of their text, lines and columns included.
  @Test func otherObjectsAreHashedByTheirText() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      resources: [a.yaml]
      == a.yaml
      ---
      apiVersion: v1
      kind: Service
      metadata:
        name: svc
        annotations:
          internal.config.kubernetes.io/needsHashSuffix: enabled
      spec:
        ports:
        - port: 80
          name: "x"
        - {port: 81, name: 'y<z'}
        foo: []
        bar: {}
        text: |
          hello
        empty:
        f: 1.5
        b: yes
        t: true
        list: [a, "ü", 2020-01-01]
      ---

      apiVersion: v1
      kind: Pod
      metadata:
        name: pod
        annotations:
          internal.config.kubernetes.io/needsHashSuffix: "enabled"
      spec: {x: ü, y: 1}
      """
    let names = try fixture.build().resources.compactMap { $0.node[path: "metadata", "name"]?.scalar?.text }
    #expect(names == ["svc-k8bhtgh8hd", "pod-922tc58h4b"])
  }

  @Test(arguments: ["1", ""])
  func accountsAreReadAsText(_ name: String) throws {
    let fixture = Fixture(
      stringLiteral: """
        == kustomization.yaml
        generators:
        - |-
          apiVersion: builtin
          kind: IAMPolicyGenerator
          metadata: {name: a}
          cloud: gke
          kubernetesService: {name: "\(name)"}
          serviceAccount: {name: account, projectId: project}
        """)
    if name.isEmpty {
      #expect(try fixture.error().contains("has no 'metadata.name'"))
    } else {
      #expect(try fixture.output().contains("  name: 1\n"))
    }
  }
}
