import Kustomize
import Testing

/// What a kustomization file may say.
@Suite struct KustomizationFileTests {
  @Test(arguments: [
    ("resource: [a.yaml]", "1:1: unknown field 'resource'; did you mean 'resources'?"),
    ("resources: a.yaml", "1:12: field 'resources' must be a list of strings"),
    ("resources: [{a: b}]", "1:13: field 'resources[0]' must be a string"),
    ("namePrefix: 12", "1:13: field 'namePrefix' must be a string: put 12 in quotes"),
    ("commonLabels: {live: yes}", "1:22: field 'commonLabels.live' must be a string: put yes in quotes"),
    ("images: [{name: web, tag: v1}]", "1:22: unknown field 'images[0].tag'"),
    ("images: [{name: web, newTag: 1.10}]", "1:30: field 'images[0].newTag' must be a string: put 1.10 in quotes"),
    ("replicas: [{name: web, count: '3'}]", "1:31: field 'replicas[0].count' must be a whole number"),
    ("kind: Kustomisation", "1:7: kind must be Kustomization or Component, not 'Kustomisation'"),
    ("apiVersion: v1", "1:13: apiVersion of a Kustomization must be kustomize.config.k8s.io/v1beta1, not 'v1'"),
    ("kind: Component\napiVersion: kustomize.config.k8s.io/v1beta1", "2:13: apiVersion of a Component must be"),
    ("sortOptions: {order: random}\nresources: []", "1:22: sortOptions.order must be fifo or legacy, not 'random'"),
    ("[]", "1:1: a kustomization must be a mapping"),
  ])
  func refuses(_ text: String, _ wanted: String) throws {
    let report = try Fixture(stringLiteral: "== kustomization.yaml\n\(text)").error()
    #expect(report.contains("kustomization.yaml:\(wanted)"), "\(report)")
  }

  @Test func findsFieldsWhateverTheirCase() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      Resources: [a.yaml]
      nameprefix: x-
      == a.yaml
      {apiVersion: v1, kind: Service, metadata: {name: web}}
      """
    #expect(try fixture.output().contains("name: x-web"))
  }

  @Test func warnsOfOldFields() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      commonLabels: {app: web}
      bases: [base]
      == base/kustomization.yaml
      resources: []
      """
    #expect(
      try fixture.build().warnings.map { "\($0.location): \($0.message)" } == [
        "kustomization.yaml:2:1: 'bases' is deprecated: use 'resources' instead",
        "kustomization.yaml:1:1: 'commonLabels' is deprecated: use 'labels' instead",
      ])
  }
}
