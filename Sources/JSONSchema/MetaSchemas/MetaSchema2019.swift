/// The metaschema of 2019-09, a document for each vocabulary.
extension MetaSchemas {
  /// By the name of the vocabulary; the metaschema itself has none.
  static let vocabularies2019: [(String, String)] = [
    (
      "",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/schema"
      $recursiveAnchor: true
      allOf:
      - {$ref: meta/core}
      - {$ref: meta/applicator}
      - {$ref: meta/validation}
      - {$ref: meta/meta-data}
      - {$ref: meta/format}
      - {$ref: meta/content}
      type: [object, boolean]
      properties:
        definitions: {type: object, additionalProperties: {$recursiveRef: "#"}}
        dependencies:
          type: object
          additionalProperties: {anyOf: [{$recursiveRef: "#"}, {$ref: "meta/validation#/$defs/stringArray"}]}
      """#
    ),
    (
      "core",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/core"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        $id: {type: string, format: uri-reference, pattern: "^[^#]*#?$"}
        $schema: {type: string, format: uri}
        $anchor: {type: string, pattern: "^[A-Za-z][-A-Za-z0-9.:_]*$"}
        $ref: {type: string, format: uri-reference}
        $recursiveRef: {type: string, format: uri-reference}
        $recursiveAnchor: {type: boolean}
        $vocabulary:
          type: object
          propertyNames: {type: string, format: uri}
          additionalProperties: {type: boolean}
        $comment: {type: string}
        $defs: {type: object, additionalProperties: {$recursiveRef: "#"}}
      """#
    ),
    (
      "applicator",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/applicator"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        additionalItems: {$recursiveRef: "#"}
        unevaluatedItems: {$recursiveRef: "#"}
        items: {anyOf: [{$recursiveRef: "#"}, {$ref: "#/$defs/schemaArray"}]}
        unevaluatedProperties: {$recursiveRef: "#"}
        contains: {$recursiveRef: "#"}
        additionalProperties: {$recursiveRef: "#"}
        properties: {type: object, additionalProperties: {$recursiveRef: "#"}}
        patternProperties: {type: object, additionalProperties: {$recursiveRef: "#"}, propertyNames: {format: regex}}
        dependentSchemas: {type: object, additionalProperties: {$recursiveRef: "#"}}
        propertyNames: {$recursiveRef: "#"}
        if: {$recursiveRef: "#"}
        then: {$recursiveRef: "#"}
        else: {$recursiveRef: "#"}
        allOf: {$ref: "#/$defs/schemaArray"}
        anyOf: {$ref: "#/$defs/schemaArray"}
        oneOf: {$ref: "#/$defs/schemaArray"}
        not: {$recursiveRef: "#"}
      $defs:
        schemaArray: {type: array, minItems: 1, items: {$recursiveRef: "#"}}
      """#
    ),
    (
      "validation",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/validation"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        type:
          anyOf:
          - {$ref: "#/$defs/simpleTypes"}
          - {type: array, items: {$ref: "#/$defs/simpleTypes"}, minItems: 1, uniqueItems: true}
        enum: {type: array}
        multipleOf: {type: number, exclusiveMinimum: 0}
        maximum: {type: number}
        exclusiveMaximum: {type: number}
        minimum: {type: number}
        exclusiveMinimum: {type: number}
        maxLength: {$ref: "#/$defs/nonNegativeInteger"}
        minLength: {$ref: "#/$defs/nonNegativeIntegerDefault0"}
        pattern: {type: string, format: regex}
        maxItems: {$ref: "#/$defs/nonNegativeInteger"}
        minItems: {$ref: "#/$defs/nonNegativeIntegerDefault0"}
        uniqueItems: {type: boolean}
        maxContains: {$ref: "#/$defs/nonNegativeInteger"}
        minContains: {$ref: "#/$defs/nonNegativeInteger"}
        maxProperties: {$ref: "#/$defs/nonNegativeInteger"}
        minProperties: {$ref: "#/$defs/nonNegativeIntegerDefault0"}
        required: {$ref: "#/$defs/stringArray"}
        dependentRequired: {type: object, additionalProperties: {$ref: "#/$defs/stringArray"}}
      $defs:
        nonNegativeInteger: {type: integer, minimum: 0}
        nonNegativeIntegerDefault0: {$ref: "#/$defs/nonNegativeInteger"}
        simpleTypes: {enum: ["array", "boolean", "integer", "null", "number", "object", "string"]}
        stringArray: {type: array, items: {type: string}, uniqueItems: true}
      """#
    ),
    (
      "meta-data",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/meta-data"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        title: {type: string}
        description: {type: string}
        deprecated: {type: boolean}
        readOnly: {type: boolean}
        writeOnly: {type: boolean}
        examples: {type: array}
      """#
    ),
    (
      "format",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/format"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        format: {type: string}
      """#
    ),
    (
      "content",
      #"""
      $schema: "https://json-schema.org/draft/2019-09/schema"
      $id: "https://json-schema.org/draft/2019-09/meta/content"
      $recursiveAnchor: true
      type: [object, boolean]
      properties:
        contentMediaType: {type: string}
        contentEncoding: {type: string}
        contentSchema: {$recursiveRef: "#"}
      """#
    ),
  ]
}
