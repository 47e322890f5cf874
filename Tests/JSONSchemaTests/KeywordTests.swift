import JSONSchema
import Testing

@Suite struct KeywordTests {
  @Test(arguments: general + objects + arrays + scalars) func keyword(_ one: SchemaCase) throws { try one.check() }

  static let general = [
    SchemaCase(
      name: "type", schema: "{type: [string, integer]}", valid: ["abc", "3", "3.0", "1e3"],
      invalid: [
        ("3.5", "- at '': got number, want integer or string"), ("[]", "- at '': got array, want integer or string"),
        ("null", "- at '': got null, want integer or string"), ("true", "- at '': got boolean, want integer or string"),
      ]),
    SchemaCase(
      name: "const", schema: "{const: {a: [1, null]}}", valid: ["{a: [1.0, null]}"],
      invalid: [("{a: [1]}", "- at '': const failed")]),
    SchemaCase(
      name: "const of a scalar", draft: "6", schema: "{const: it's}", valid: ["it's"],
      invalid: [("its", "- at '': value must be 'it\\'s'")]),
    SchemaCase(
      name: "enum", schema: "{enum: [ClusterIP, 80, null, false]}", valid: ["ClusterIP", "80", "80.0", "~", "no"],
      invalid: [("NodePort", "- at '': value must be one of 'ClusterIP', 80, <nil>, false")]),
    SchemaCase(
      name: "enum of one", schema: "{enum: [v1]}", valid: ["v1"], invalid: [("v2", "- at '': value must be 'v1'")]),
    SchemaCase(name: "enum of objects", schema: "{enum: [{}]}", invalid: [("a", "- at '': enum failed")]),
    SchemaCase(
      name: "boolean schemas", schema: "{properties: {a: false, b: true}}", valid: ["{b: 1}"],
      invalid: [("{a: 1}", "- at '/a': false schema")]),
    SchemaCase(name: "not", schema: "{not: {type: string}}", valid: ["1"], invalid: [("a", "- at '': not failed")]),
    SchemaCase(
      name: "allOf", schema: "{allOf: [{minimum: 3}, {maximum: 1}]}",
      invalid: [
        ("0", "- at '': allOf failed\n  - at '': minimum: got 0, want 3"),
        (
          "2",
          "- at '': allOf failed\n  - at '': minimum: got 2, want 3\n  - at '': maximum: got 2, want 1"
        ),
      ]),
    SchemaCase(
      name: "anyOf", schema: "{properties: {port: {anyOf: [{type: integer}, {type: string, pattern: '^[0-9]+$'}]}}}",
      valid: ["{port: 80}", "{port: '80'}"],
      invalid: [
        (
          "{port: http}",
          """
          - at '/port': anyOf failed
            - at '/port': got string, want integer
            - at '/port': 'http' does not match pattern '^[0-9]+$'
          """
        )
      ]),
    SchemaCase(
      name: "oneOf", schema: "{oneOf: [{type: integer}, {minimum: 2}]}", valid: ["1", "2.5"],
      invalid: [
        ("3", "- at '': oneOf failed, subschemas 0, 1 matched"),
        (
          "1.5",
          "- at '': oneOf failed, none matched\n  - at '': got number, want integer\n  - at '': minimum: got 1.5, want 2"
        ),
      ]),
    SchemaCase(
      name: "if, then, else", draft: "7",
      schema: """
        if: {properties: {kind: {const: tls}}, required: [kind]}
        then: {required: [secret]}
        else: {properties: {secret: false}}
        """,
      valid: ["{kind: tls, secret: a}", "{kind: plain}"],
      invalid: [
        ("{kind: tls}", "- at '': missing property 'secret'"), ("{secret: a}", "- at '/secret': false schema"),
      ]),
    SchemaCase(name: "if is unknown to draft 6", draft: "6", schema: "{if: true, then: false}", valid: ["1"]),
  ]

  static let objects = [
    SchemaCase(
      name: "required", schema: "{required: [name, image]}", valid: ["{name: a, image: b}", "text"],
      invalid: [
        ("{name: a}", "- at '': missing property 'image'"), ("{}", "- at '': missing properties 'name', 'image'"),
      ]),
    SchemaCase(
      name: "properties and additionalProperties",
      schema:
        "{properties: {a: {type: integer}}, patternProperties: {^x-: {type: string}}, additionalProperties: false}",
      valid: ["{a: 1, x-b: c}"],
      invalid: [
        ("{a: b}", "- at '/a': got string, want integer"), ("{x-a: 1}", "- at '/x-a': got number, want string"),
        ("{c: 1, b: 2}", "- at '': additional properties 'b', 'c' not allowed"),
      ]),
    SchemaCase(
      name: "additionalProperties as a schema", schema: "{additionalProperties: {type: string}}", valid: ["{a: b}"],
      invalid: [("{a/b~c: 1}", "- at '/a~1b~0c': got number, want string")]),
    SchemaCase(
      name: "minProperties and maxProperties", schema: "{minProperties: 1, maxProperties: 2}", valid: ["{a: 1}"],
      invalid: [
        ("{}", "- at '': minProperties: got 0, want 1"),
        ("{a: 1, b: 1, c: 1}", "- at '': maxProperties: got 3, want 2"),
      ]),
    SchemaCase(
      name: "propertyNames", schema: "{propertyNames: {maxLength: 2}}", valid: ["{ab: 1}"],
      invalid: [
        ("{abc: 1}", "- at '': invalid propertyName 'abc'\n  - at '': maxLength: got 3, want 2")
      ]),
    SchemaCase(
      name: "dependencies", draft: "7", schema: "{dependencies: {a: [b, c], d: {required: [e]}}}", valid: ["{b: 1}"],
      invalid: [
        ("{a: 1, c: 1}", "- at '': properties 'b' required, if 'a' exists"),
        ("{d: 1}", "- at '': missing property 'e'"),
      ]),
    SchemaCase(
      name: "dependentRequired and dependentSchemas",
      schema: "{dependentRequired: {a: [b]}, dependentSchemas: {c: {properties: {d: {type: string}}}}}",
      valid: ["{a: 1, b: 1}", "{d: 1}"],
      invalid: [
        ("{a: 1}", "- at '': properties 'b' required, if 'a' exists"),
        ("{c: 1, d: 1}", "- at '/d': got number, want string"),
      ]),
    SchemaCase(
      name: "unevaluatedProperties sees through allOf",
      schema: "{allOf: [{properties: {a: true}}], properties: {b: true}, unevaluatedProperties: false}",
      valid: ["{a: 1, b: 1}"], invalid: [("{c: 1}", "- at '/c': false schema")]),
    SchemaCase(
      name: "unevaluatedProperties and conditions", draft: "2019-09",
      schema: "{if: {properties: {a: {const: 1}}}, then: {properties: {b: true}}, unevaluatedProperties: false}",
      valid: ["{a: 1, b: 1}"], invalid: [("{a: 2}", "- at '/a': false schema")]),
  ]

  static let arrays = [
    SchemaCase(
      name: "items", schema: "{items: {type: string}, minItems: 1, maxItems: 2}", valid: ["[a]", "[a, b]"],
      invalid: [
        ("[]", "- at '': minItems: got 0, want 1"), ("[a, b, c]", "- at '': maxItems: got 3, want 2"),
        ("[a, 1]", "- at '/1': got number, want string"),
      ]),
    SchemaCase(
      name: "prefixItems", schema: "{prefixItems: [{type: string}], items: {type: integer}}", valid: ["[a, 1]", "[]"],
      invalid: [("[1, a]", "- at '/0': got number, want string\n- at '/1': got string, want integer")]),
    SchemaCase(
      name: "items as a list", draft: "7", schema: "{items: [{type: string}], additionalItems: false}", valid: ["[a]"],
      invalid: [("[a, 1, 2]", "- at '': last 2 additionalItem(s) not allowed")]),
    SchemaCase(
      name: "uniqueItems", schema: "{uniqueItems: true}", valid: ["[1, '1', [1], {a: 1}]"],
      invalid: [
        ("[1, 2, 1.0]", "- at '': items at 0 and 2 are equal"),
        ("[{a: 1, b: 2}, {b: 2, a: 1}]", "- at '': items at 0 and 1 are equal"),
      ]),
    SchemaCase(
      name: "contains", draft: "6", schema: "{contains: {const: 1}}", valid: ["[2, 1]"],
      invalid: [
        ("[]", "- at '': no items match contains schema"),
        ("[2]", "- at '': no items match contains schema\n  - at '/0': value must be 1"),
      ]),
    SchemaCase(
      name: "minContains and maxContains", schema: "{contains: {const: 1}, minContains: 2, maxContains: 3}",
      valid: ["[1, 1]"],
      invalid: [
        (
          "[1]", "- at '': min 2 items required to match contains schema, but matched 1 items at 0"
        ),
        ("[1, 1, 1, 1]", "- at '': max 3 items required to match contains schema, but matched 4 items at 0 1 2 3"),
      ]),
    SchemaCase(
      name: "unevaluatedItems", schema: "{prefixItems: [true], contains: {const: a}, unevaluatedItems: false}",
      valid: ["[1, a]"], invalid: [("[1, a, b]", "- at '/2': false schema")]),
  ]

  static let scalars = [
    SchemaCase(
      name: "lengths count characters", schema: "{minLength: 2, maxLength: 3}", valid: ["äö", "12:", "1"],
      invalid: [("ä", "- at '': minLength: got 1, want 2"), ("abcd", "- at '': maxLength: got 4, want 3")]),
    SchemaCase(
      name: "pattern matches anywhere", schema: #"{pattern: "\\d+b"}"#, valid: ["a1bc", "5"],
      invalid: [("a\"b", #"- at '': 'a"b' does not match pattern '\\d+b'"#)]),
    SchemaCase(
      name: "bounds", schema: "{minimum: 1, maximum: 65535}", valid: ["1", "65535", "text"],
      invalid: [
        ("0", "- at '': minimum: got 0, want 1"), ("70000", "- at '': maximum: got 70,000, want 65,535"),
        ("20000000", "- at '': maximum: got 2×10⁰⁷, want 65,535"),
      ]),
    SchemaCase(
      name: "excluded bounds", schema: "{exclusiveMinimum: 0, exclusiveMaximum: 1.5}", valid: ["1"],
      invalid: [
        ("0", "- at '': exclusiveMinimum: got 0, want 0"), ("1.5", "- at '': exclusiveMaximum: got 1.5, want 1.5"),
      ]),
    SchemaCase(
      name: "excluded bounds as booleans", draft: "4", schema: "{minimum: 0, exclusiveMinimum: true}", valid: ["0.1"],
      invalid: [("0", "- at '': exclusiveMinimum: got 0, want 0")]),
    SchemaCase(
      name: "multipleOf is exact", schema: "{multipleOf: 0.1}", valid: ["0.3", "1.1", "1e300"],
      invalid: [("0.35", "- at '': multipleOf: got 0.35, want 0.1")]),
    SchemaCase(
      name: "numbers beyond a double", schema: "{maximum: 9223372036854775806}", valid: ["9223372036854775806"],
      invalid: [
        ("9223372036854775807", "- at '': maximum: got 9.223372036854776×10¹⁸, want 9.223372036854776×10¹⁸")
      ]),
  ]
}
