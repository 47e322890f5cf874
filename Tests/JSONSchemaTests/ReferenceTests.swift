import Diagnostics
import JSONSchema
import Testing

@Suite struct ReferenceTests {
  @Test(arguments: cases) func reference(_ one: SchemaCase) throws { try one.check() }

  static let cases = [
    SchemaCase(
      name: "$ref into definitions", draft: "7",
      schema: "{properties: {a: {$ref: '#/definitions/port'}}, definitions: {port: {type: integer, minimum: 1}}}",
      valid: ["{a: 1}"],
      invalid: [("{a: b}", "- at '/a': got string, want integer"), ("{a: 0}", "- at '/a': minimum: got 0, want 1")]),
    SchemaCase(
      name: "several violations behind a $ref",
      schema: "{properties: {a: {$ref: '#/$defs/both'}}, $defs: {both: {minLength: 3, pattern: ^x}}}",
      invalid: [
        (
          "{a: b}",
          """
          - at '/a': validation failed
            - at '/a': minLength: got 1, want 3
            - at '/a': 'b' does not match pattern '^x'
          """
        )
      ]),
    SchemaCase(
      name: "keywords beside $ref count from 2019-09 on", draft: "2019-09",
      schema: "{$ref: '#/$defs/a', minimum: 3, $defs: {a: {type: integer}}}", valid: ["3"],
      invalid: [("2", "- at '': minimum: got 2, want 3")]),
    SchemaCase(
      name: "keywords beside $ref are ignored until draft 7", draft: "7",
      schema: "{$ref: '#/definitions/a', minimum: 3, definitions: {a: {type: integer}}}", valid: ["2"]),
    SchemaCase(
      name: "a schema of trees", schema: "{properties: {child: {$ref: '#'}, value: {type: integer}}}",
      valid: ["{child: {child: {value: 1}}}"],
      invalid: [("{child: {child: {value: a}}}", "- at '/child/child/value': got string, want integer")]),
    SchemaCase(
      name: "escapes in pointers", schema: "{$ref: '#/$defs/a~1b%25c', $defs: {a/b%c: {type: string}}}", valid: ["a"],
      invalid: [("1", "- at '': got number, want string")]),
    SchemaCase(
      name: "$anchor", schema: "{$ref: '#here', $defs: {a: {$anchor: here, type: string}}}", valid: ["a"],
      invalid: [("1", "- at '': got number, want string")]),
    SchemaCase(
      name: "an anchor in $id", draft: "6", schema: "{$ref: '#here', definitions: {a: {$id: '#here', type: string}}}",
      valid: ["a"], invalid: [("1", "- at '': got number, want string")]),
    SchemaCase(
      name: "$id gives a base",
      schema: """
        $id: https://example.com/root.json
        $ref: parts/name.json
        $defs: {name: {$id: parts/name.json, $ref: text.json}, text: {$id: parts/text.json, type: string}}
        """,
      valid: ["a"], invalid: [("1", "- at '': got number, want string")]),
    SchemaCase(
      name: "$dynamicRef",
      schema: """
        $id: https://example.com/strict
        $ref: tree
        $dynamicAnchor: node
        unevaluatedProperties: false
        $defs:
          tree: {$id: tree, $dynamicAnchor: node, properties: {child: {$dynamicRef: '#node'}}}
        """,
      valid: ["{child: {}}"],
      invalid: [("{child: {a: 1}}", "- at '/child/a': false schema\n- at '/child': false schema")]),
    SchemaCase(
      name: "$recursiveRef", draft: "2019-09",
      schema: """
        $id: https://example.com/strict
        $recursiveAnchor: true
        $ref: tree
        unevaluatedProperties: false
        $defs:
          tree: {$id: tree, $recursiveAnchor: true, properties: {child: {$recursiveRef: '#'}}}
        """,
      valid: ["{child: {}}"],
      invalid: [("{child: {a: 1}}", "- at '/child/a': false schema\n- at '/child': false schema")]),
    SchemaCase(
      name: "metaschemas are at hand", draft: "7", schema: "{$ref: 'http://json-schema.org/draft-07/schema#'}",
      valid: ["{type: string}"],
      invalid: [("{minLength: -1}", "- at '/minLength': allOf failed\n  - at '/minLength': minimum: got -1, want 0")]),
    SchemaCase(
      name: "a schema that leads to itself", schema: "{$ref: '#/$defs/a', $defs: {a: {$ref: '#/$defs/a'}}}",
      invalid: [
        (
          "1",
          """
          - at '': both /$ref/$ref and /$ref resolve to "file:///values.schema.json#/$defs/a" causing reference cycle
          """
        )
      ]),
  ]

  @Test(arguments: [
    (
      "{$ref: 'https://example.com/a.json'}",
      #"failing loading "https://example.com/a.json": other documents are not read"#
    ),
    ("{$ref: other.json#/a}", #"failing loading "file:///other.json": other documents are not read"#),
    ("{$ref: '#/a'}", #"json-pointer in "file:///values.schema.json#/a" not found"#),
    (
      "{$ref: '#a'}", #"anchor in "file:///values.schema.json#a" not found in schema "file:///values.schema.json""#
    ),
    (
      "{$schema: 'https://example.com/meta'}",
      #"failing loading "https://example.com/meta": other documents are not read"#
    ),
    ("{$defs: {a: {$anchor: x}, b: {$anchor: x}}}", #"duplicate anchor "x""#),
    ("{$defs: {a: {$id: x}, b: {$id: x}}}", #"duplicate id "file:///x""#),
  ])
  func unusable(schema: String, expected: String) throws {
    let error = #expect(throws: SchemaError.self) { try Schema(text: schema, draft: "2020-12") }
    #expect(error?.text == expected)
    #expect(error?.location?.file.path == "values.schema.json")
  }

  @Test func anUnresolvedURNAllowsEverythingAndIsTold() throws {
    let schema = try Schema(text: "{properties: {a: {$ref: 'urn:example:a'}}}", draft: "2020-12")
    #expect(schema.unresolvedReferences.map(\.url) == ["urn:example:a"])
    #expect(schema.validate(try root("{a: 1}")).isEmpty)
  }
}
