import Kustomize
import Testing

/// The fields that `configurations` add to the built-in ones.
@Suite struct ConfigurationsTests {
  @Test func theBuiltInFieldsDoNotContradictEachOther() throws {
    var tables = FieldTables()
    try tables.merge(.builtIn)
    for table in FieldTables.Table.allCases where table != .labels {
      #expect(!tables[table].isEmpty, "\(table)")
    }
    #expect(!tables.nameReferences.isEmpty)
  }

  @Test func aGeneralFieldBehindASpecialOneIsDropped() throws {
    let fixture: Fixture = """
      == kustomization.yaml
      namePrefix: x-
      configurations: [fields.yaml]
      resources: [all.yaml]
      == fields.yaml
      namePrefix:
      - {kind: Secret, path: metadata/name}
      == all.yaml
      {apiVersion: v1, kind: Secret, metadata: {name: key}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web}}
      """
    let output = try fixture.output()
    #expect(
      output.contains("name: x-key") && output.contains("name: web"), "configurations override the built-in fields")
  }

  @Test(arguments: [
    ("namePrefix: [{path: metadata/name, create: true}]", "conflicting fieldspecs for 'metadata/name'"),
    ("nameprefixes: []", "fields.yaml:1:1: unknown field 'nameprefixes'; did you mean 'namePrefix'?"),
    ("images: [{paths: a}]", "fields.yaml:1:11: unknown field 'images[0].paths'; did you mean 'path'?"),
  ])
  func refuses(_ text: String, _ wanted: String) throws {
    let fixture = Fixture(
      stringLiteral: "== kustomization.yaml\nresources: []\nconfigurations: [fields.yaml]\n== fields.yaml\n\(text)")
    let report = try fixture.error()
    #expect(report.contains(wanted), "\(report)")
  }
}
