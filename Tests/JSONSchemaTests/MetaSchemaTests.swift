import Diagnostics
import JSONSchema
import Testing

@Suite struct MetaSchemaTests {
  @Test(arguments: [
    ("4", "{type: text}", "/type"), ("4", "{required: []}", "/required"), ("6", "{minLength: -1}", "/minLength"),
    ("7", "{properties: {a: 1}}", "/properties/a"), ("7", "{pattern: 'a('}", "/pattern"),
    ("2019-09", "{allOf: []}", "/allOf"), ("2020-12", "{$defs: {a: {items: [{}]}}}", "/$defs/a/items"),
    ("2020-12", "{patternProperties: {'[': {}}}", ""),
  ])
  func refusesWithAPlace(draft: String, schema: String, path: String) throws {
    let error = #expect(throws: SchemaError.self) { try Schema(text: schema, draft: draft) }
    guard case .invalid(_, let metaSchema, let violations)? = error?.code else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(metaSchema.hasPrefix(SchemaCase.urls[draft] ?? ""))
    #expect(violations.flatMap(\.leaves).map(\.instancePath).contains(path))
    #expect(error?.location?.file.path == "values.schema.json")
  }

  @Test func speaksAsHelmDoes() throws {
    let error = #expect(throws: SchemaError.self) {
      try Schema(text: "{properties: {port: {minimum: low}}}", draft: "2020-12")
    }
    #expect(
      error?.text == """
        "file:///values.schema.json#" is not valid against metaschema: jsonschema validation failed with \
        'https://json-schema.org/draft/2020-12/schema#'
        - at '': allOf failed
          - at '/properties/port': allOf failed
            - at '/properties/port/minimum': got string, want number
        """)
    #expect(
      error?.message
        == #""file:///values.schema.json#" is not a valid schema: at '/properties/port/minimum': got string, want number"#
    )
    #expect(error?.location?.span.start.column == 31)
  }

  @Test func aResourceCanBeOfAnotherDraft() throws {
    let schema = """
      $defs: {old: {$schema: 'http://json-schema.org/draft-04/schema#', id: old, minimum: 1, exclusiveMinimum: true}}
      $ref: old
      """
    let compiled = try Schema(text: schema, draft: "2020-12")
    #expect(compiled.validate(try root("1")).report == "- at '': exclusiveMinimum: got 1, want 1")
  }

  @Test func withoutASchemaKeywordTheLatestDraftCounts() throws {
    let compiled = try Schema(root("{prefixItems: [{type: string}]}"))
    #expect(compiled.validate(try root("[1]")).report == "- at '/0': got number, want string")
  }
}
