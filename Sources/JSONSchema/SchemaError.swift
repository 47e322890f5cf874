import Diagnostics

/// Why a schema cannot be used.
public struct SchemaError: PlacedError {
  /// What is wrong with the schema.
  public enum Code: Sendable {
    /// It is no JSON; what Go's encoding/json says.
    case malformed(String)
    /// It breaks the rules of its draft.
    case invalid(schema: String, metaSchema: String, violations: [Violation])
    /// A regular expression is not understood.
    case invalidRegex(regex: String, location: String, reason: String)
    /// A `$ref` into the document leads nowhere.
    case pointerNotFound(String)
    /// A `$ref` names an anchor that is not there.
    case anchorNotFound(reference: String, schema: String)
    /// A `$ref` or `$schema` names a document that is not at hand: nothing is loaded from the network or from files.
    case notLoaded(url: String)
    /// Two subschemas have the same `$id`.
    case duplicateID(String)
    /// Two subschemas of one resource have the same anchor.
    case duplicateAnchor(String)
    /// Its values nest too deeply.
    case nestedTooDeeply
    /// It has more subschemas than ``Schema/subschemaLimit``.
    case tooManySubschemas
  }

  /// What is wrong.
  public var code: Code
  /// The place in the schema.
  public var location: Location?

  /// An error with its place.
  public init(_ code: Code, at location: Location?) {
    self.code = code
    self.location = location
  }

  /// What is wrong, on one line.
  public var message: String {
    guard case .invalid(let schema, _, let violations) = code else { return text }
    let reasons = violations.flatMap(\.leaves).map(\.line)
    return "\(GoQuote.double(schema)) is not a valid schema: \(reasons.joined(separator: "; "))"
  }

  /// What is wrong in the words and lines of the library behind Helm 4.
  public var text: String {
    switch code {
    case .malformed(let reason): reason
    case .invalid(let schema, let metaSchema, let violations):
      """
      \(GoQuote.double(schema)) is not valid against metaschema: jsonschema validation failed with \
      \(GoQuote.single(metaSchema))\n\(violations.report)
      """
    case .invalidRegex(let regex, let location, let reason):
      "invalid regex \(GoQuote.double(regex)) at \(GoQuote.double(location)): \(reason)"
    case .pointerNotFound(let url): "json-pointer in \(GoQuote.double(url)) not found"
    case .anchorNotFound(let reference, let schema):
      "anchor in \(GoQuote.double(reference)) not found in schema \(GoQuote.double(schema))"
    case .notLoaded(let url): "failing loading \(GoQuote.double(url)): other documents are not read"
    case .duplicateID(let id): "duplicate id \(GoQuote.double(id))"
    case .duplicateAnchor(let anchor): "duplicate anchor \(GoQuote.double(anchor))"
    case .nestedTooDeeply: "values nest too deeply"
    case .tooManySubschemas: "too many subschemas"
    }
  }

  /// Nothing further led there.
  public var trace: [RelatedLocation] { [] }
}
