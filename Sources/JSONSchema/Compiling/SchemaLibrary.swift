import Diagnostics

/// Documents and what is compiled of them.
struct SchemaLibrary: Sendable {
  var documents: [String: SchemaDocument] = [:]
  var subschemas: [CompiledSubschema] = []
  var numbers: [SchemaCompiler.Place: Subschema.ID] = [:]
  /// The metaschemas by their draft; none while these are compiled themselves.
  var metaSchemas: [Draft: Subschema.ID] = [:]
  var unresolved: [UnresolvedReference] = []

  /// Refuses a value that is no schema of its draft.
  func checkAgainstMetaSchema(_ value: JSONValue, of document: SchemaDocument, at pointer: JSONPointer)
    throws(SchemaError)
  {
    guard let number = metaSchemas[document.resource(of: pointer).draft] else { return }
    var drafts: [String: Draft] = [:]
    // Paths are only looked up where resources are of different drafts.
    if Set(document.resources.values.map(\.draft)).count > 1 {
      for (place, resource) in document.resources { drafts[place.text] = resource.draft }
    }
    var validation = Validation(library: self, metaDrafts: drafts)
    let violations = validation.run(value, number)
    guard let first = violations.flatMap(\.leaves).first else { return }
    let place = SchemaCompiler.Place(url: document.url, pointer: pointer)
    throw SchemaError(
      .invalid(schema: place.text, metaSchema: subschemas[number].rules.location, violations: violations),
      at: first.origin.location)
  }
}

/// A reference that was taken for a schema that allows everything.
public struct UnresolvedReference: Sendable, Hashable {
  /// What it names.
  public var url: String
  /// Where it stands.
  public var location: Location
}
