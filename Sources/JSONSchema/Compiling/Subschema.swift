import Diagnostics
import Pattern

/// A compiled subschema. Others are referred to by their number, for schemas refer to each other in circles.
struct Subschema: Sendable {
  /// The number of a subschema.
  typealias ID = Int

  /// The document's URL, `#`, and the pointer as a fragment.
  var location: String
  var draft: Draft
  /// The resource it belongs to.
  var resource: ID = 0
  var dynamicAnchors: [String: ID] = [:]

  /// Set for `true`, `false` and `{}`.
  var boolean: Bool?

  // For every value
  var types: TypeSet = []
  var constant: JSONValue?
  var allowed: [JSONValue]?
  var format: Format?
  var ref: ID?
  var recursiveRef: ID?
  var isRecursiveAnchor = false
  var dynamicRef: DynamicRef?
  var dynamicAnchor: String?

  // Of other schemas
  var not: ID?
  var allOf: [ID] = []
  var anyOf: [ID] = []
  var oneOf: [ID] = []
  var condition: ID?
  var consequence: ID?
  var alternative: ID?

  // Objects
  var minProperties: Int?
  var maxProperties: Int?
  var required: [String] = []
  var properties: [String: ID] = [:]
  var patternProperties: [(pattern: Pattern, schema: ID)] = []
  var additionalProperties: Additional?
  var propertyNames: ID?
  var dependencies: [(name: String, needs: Dependency)] = []
  var dependentSchemas: [(name: String, schema: ID)] = []
  var dependentRequired: [(name: String, names: [String])] = []
  var unevaluatedProperties: ID?

  // Arrays
  var minItems: Int?
  var maxItems: Int?
  var hasUniqueItems = false
  var items: ID?
  var firstItems: [ID] = []
  var additionalItems: Additional?
  var contains: ID?
  var minContains: Int?
  var maxContains: Int?
  var unevaluatedItems: ID?

  // Texts
  var minLength: Int?
  var maxLength: Int?
  var pattern: Pattern?

  // Numbers
  var minimum: JSONNumber?
  var maximum: JSONNumber?
  var exclusiveMinimum: JSONNumber?
  var exclusiveMaximum: JSONNumber?
  var multipleOf: JSONNumber?

  /// What `additionalProperties` and `additionalItems` say.
  enum Additional: Sendable {
    case allowed(Bool)
    case schema(ID)
  }

  /// What an entry of `dependencies` asks for.
  enum Dependency: Sendable {
    case names([String])
    case schema(ID)
  }

  /// A `$dynamicRef`: where it leads at first, and the anchor that may lead elsewhere.
  struct DynamicRef: Sendable {
    var target: ID
    var anchor: String?
  }

  init(location: String, draft: Draft) {
    self.location = location
    self.draft = draft
  }
}

extension Subschema {
  /// Whether its own keywords evaluate every property.
  var evaluatesAllProperties: Bool { additionalProperties != nil }

  /// Whether its own keywords evaluate every item.
  var evaluatesAllItems: Bool { items != nil || additionalItems != nil }
}

/// Compiled subschemas: an immutable box, so that reading a keyword copies nothing.
final class CompiledSubschema: Sendable {
  let rules: Subschema

  init(_ rules: Subschema) {
    self.rules = rules
  }
}
