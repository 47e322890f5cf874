import Kubernetes
import Testing

@testable import Kustomize

@Suite struct FieldTablesTests {
  @Test func knowsTheBuiltInFields() {
    let labels = FieldTables.builtIn[.commonLabels]
    #expect(labels.contains(FieldSpec("spec/selector/matchLabels", kind: "Deployment", create: true)))
    #expect(
      labels.contains(
        FieldSpec("spec/volumeClaimTemplates[]/metadata/labels", group: "apps", kind: "StatefulSet", create: true)))
    #expect(!FieldTables.builtIn[.templateLabels].contains { $0.path.hasSuffix("matchLabels") })
    #expect(FieldTables.builtIn.nameReferences.first?.target.kind == "StorageClass")
  }

  @Test func addsWhatIsNew() throws {
    var tables = FieldTables.builtIn
    let count = tables[.images].count
    try tables.add(.images, FieldSpec("spec/image", kind: "Widget"))
    try tables.add(.images, FieldSpec("spec/image", kind: "Widget"))
    #expect(tables[.images].count == count + 1)
  }

  @Test func refusesTheSameFieldWithAnotherCreate() {
    var tables = FieldTables.builtIn
    let error = #expect(throws: KustomizeError.self) {
      try tables.add(.replicas, FieldSpec("spec/replicas", kind: "Deployment"))
    }
    #expect(error?.text == "failed to merge Replicas fieldSpec: conflicting fieldspecs for 'spec/replicas'")
  }

  @Test func mergesReferencesToOneType() throws {
    var tables = FieldTables()
    let target = GroupVersionKind(group: "", version: "v1", kind: "Secret")
    try tables.add(NameReference(target: target, referrers: [FieldSpec("spec/secret", kind: "Widget")]))
    try tables.add(NameReference(target: target, referrers: [FieldSpec("spec/other", kind: "Widget")]))
    #expect(tables.nameReferences.map(\.referrers.count) == [2])
  }
}
