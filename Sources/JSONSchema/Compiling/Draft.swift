/// A version of the specification.
enum Draft: Int, Sendable, CaseIterable, Comparable {
  case draft4 = 4
  case draft6 = 6
  case draft7 = 7
  case draft2019 = 2019
  case draft2020 = 2020

  /// What a schema without `$schema` is read as.
  static let latest = draft2020

  /// The draft that `$schema` names, with either scheme, with or without an empty fragment; nil for any other document.
  init?(url: String) {
    let parts = url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 1 || parts[1].isEmpty else { return nil }
    var name = parts.first ?? ""
    for scheme in ["http://", "https://"] where name.hasPrefix(scheme) { name = name.dropFirst(scheme.utf8.count) }
    switch name {
    case "json-schema.org/schema": self = .latest
    case "json-schema.org/draft/2020-12/schema": self = .draft2020
    case "json-schema.org/draft/2019-09/schema": self = .draft2019
    case "json-schema.org/draft-07/schema": self = .draft7
    case "json-schema.org/draft-06/schema": self = .draft6
    case "json-schema.org/draft-04/schema": self = .draft4
    default: return nil
    }
  }

  /// The document of its metaschema.
  var url: String {
    switch self {
    case .draft4: "http://json-schema.org/draft-04/schema"
    case .draft6: "http://json-schema.org/draft-06/schema"
    case .draft7: "http://json-schema.org/draft-07/schema"
    case .draft2019: "https://json-schema.org/draft/2019-09/schema"
    case .draft2020: "https://json-schema.org/draft/2020-12/schema"
    }
  }

  /// The keyword that gives a subschema its own URL.
  var idKeyword: String { self == .draft4 ? "id" : "$id" }

  /// Whether `format` is a rule; from 2019-09 on it is a remark.
  var assertsFormat: Bool { self < .draft2019 }

  /// The URL that `object` gives itself, without its fragment.
  func id(of object: JSONObject) -> String? {
    // Until draft 7 everything beside a `$ref` is ignored.
    if self < .draft2019, object["$ref"] != nil { return nil }
    guard let id = object[idKeyword]?.string else { return nil }
    let url = SchemaURL.split(id).url
    return url.isEmpty ? nil : url
  }

  static func < (left: Draft, right: Draft) -> Bool { left.rawValue < right.rawValue }
}

extension Draft {
  /// Where a keyword holds subschemas.
  enum Position {
    /// Its value is one.
    case value
    /// Each item of its list is one.
    case items
    /// Each member of its object is one.
    case members
  }

  /// The keywords that hold subschemas.
  var positions: [(keyword: String, position: Position)] {
    var found: [(String, Position)] = [
      ("definitions", .members), ("not", .value), ("allOf", .items), ("anyOf", .items), ("oneOf", .items),
      ("properties", .members), ("additionalProperties", .value), ("patternProperties", .members),
      ("items", .value), ("items", .items), ("additionalItems", .value), ("dependencies", .members),
    ]
    if self >= .draft6 { found += [("propertyNames", .value), ("contains", .value)] }
    if self >= .draft7 { found += [("if", .value), ("then", .value), ("else", .value)] }
    if self >= .draft2019 {
      found += [
        ("$defs", .members), ("dependentSchemas", .members), ("unevaluatedProperties", .value),
        ("unevaluatedItems", .value), ("contentSchema", .value),
      ]
    }
    if self >= .draft2020 { found.append(("prefixItems", .items)) }
    return found
  }

  /// The subschemas directly inside `object`, with their pointers.
  func subschemas(of object: JSONObject, at pointer: JSONPointer) -> [(pointer: JSONPointer, value: JSONValue)] {
    var found: [(JSONPointer, JSONValue)] = []
    for (keyword, position) in positions {
      guard let value = object[keyword] else { continue }
      let place = pointer.appending(keyword)
      switch position {
      case .value: found.append((place, value))
      case .items:
        for (index, item) in (value.array ?? []).enumerated() { found.append((place.appending(String(index)), item)) }
      case .members:
        for member in value.object?.members ?? [] { found.append((place.appending(member.name), member.value)) }
      }
    }
    return found
  }
}
