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
  enum Position: Sendable {
    /// Its value is one.
    case value
    /// Each item of its list is one.
    case items
    /// Each member of its object is one.
    case members
  }

  /// A keyword that holds subschemas.
  struct Holder: Sendable {
    var keyword: String
    var position: Position
    var since = Draft.draft4
  }

  private static let holders = [
    Holder(keyword: "definitions", position: .members), Holder(keyword: "not", position: .value),
    Holder(keyword: "allOf", position: .items), Holder(keyword: "anyOf", position: .items),
    Holder(keyword: "oneOf", position: .items), Holder(keyword: "properties", position: .members),
    Holder(keyword: "additionalProperties", position: .value), Holder(keyword: "patternProperties", position: .members),
    Holder(keyword: "items", position: .value), Holder(keyword: "items", position: .items),
    Holder(keyword: "additionalItems", position: .value), Holder(keyword: "dependencies", position: .members),
    Holder(keyword: "propertyNames", position: .value, since: .draft6),
    Holder(keyword: "contains", position: .value, since: .draft6),
    Holder(keyword: "if", position: .value, since: .draft7), Holder(keyword: "then", position: .value, since: .draft7),
    Holder(keyword: "else", position: .value, since: .draft7),
    Holder(keyword: "$defs", position: .members, since: .draft2019),
    Holder(keyword: "dependentSchemas", position: .members, since: .draft2019),
    Holder(keyword: "unevaluatedProperties", position: .value, since: .draft2019),
    Holder(keyword: "unevaluatedItems", position: .value, since: .draft2019),
    Holder(keyword: "contentSchema", position: .value, since: .draft2019),
    Holder(keyword: "prefixItems", position: .items, since: .draft2020),
  ]

  /// The subschemas directly inside `object`, with their pointers.
  func subschemas(of object: JSONObject, at pointer: JSONPointer) -> [(pointer: JSONPointer, value: JSONValue)] {
    var found: [(JSONPointer, JSONValue)] = []
    for holder in Self.holders where self >= holder.since {
      guard let value = object[holder.keyword] else { continue }
      let place = pointer.appending(holder.keyword)
      switch holder.position {
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
