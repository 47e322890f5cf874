import Diagnostics
import Testing
import YAML

@Suite struct EmbeddedDocumentsTests {
  @Test func placesInABlockScalarAreThoseOfTheFile() throws {
    let text = """
      patches:
        - patch: |
            spec:
              replicas: 3
      """
    let file = SourceFile(path: "kustomization.yaml", text: text)
    let patch = try #require(try YAMLReader.read(file)[0].root["patches"]?.sequence?.first?["patch"])
    let replicas = try #require(try patch.embeddedDocuments()[0].root[path: "spec", "replicas"])
    #expect(replicas.scalar?.text == "3")
    #expect(replicas.origin.location.description == "kustomization.yaml:4:19")
    #expect(replicas.origin.span.end == SourcePosition(line: 4, column: 20))
  }

  @Test func placesInQuotedTextAreThatOfTheScalar() throws {
    let file = SourceFile(path: "kustomization.yaml", text: #"patch: "spec: {replicas: 3}""#)
    let patch = try #require(try YAMLReader.read(file)[0].root["patch"])
    let replicas = try #require(try patch.embeddedDocuments()[0].root[path: "spec", "replicas"])
    #expect(replicas.origin.span == patch.origin.span)
  }

  @Test func errorsPointIntoTheFileAround() throws {
    let text = """
      data:
        values.yaml: |
          image: nginx
          tag: [1, 2
      """
    let file = SourceFile(path: "values.yaml", text: text)
    let values = try #require(try YAMLReader.read(file)[0].root[path: "data", "values.yaml"])
    let error = try #require(throws: YAMLError.self) { try values.embeddedDocuments() }
    #expect(error.place.span.start.line >= 4)
    #expect(error.place.file.path == "values.yaml")
  }
}
