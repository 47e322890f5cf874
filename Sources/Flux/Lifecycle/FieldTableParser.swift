/// Reads the generated table of fields. It is a text because literals of that size take the compiler minutes.
///
/// One line a fact, its parts separated by tabs:
///
///     K  kind                                      everything below is about this kind
///     V  version  since  deprecatedIn  removedIn   `-` where there is none
///     D  path  version  since                      a field that `version` does not have
///     F  path  type  key=value …                   a field
enum FieldTableParser {
  static func parse(_ table: String) -> [FluxKind: KindSchema] {
    var schemas: [FluxKind: KindSchema] = [:]
    var kind: FluxKind?
    var schema = KindSchema.empty
    func finish() {
      guard let kind else { return }
      schema.members = members(of: schema.fields)
      schema.required = schema.members.mapValues { members in
        members.values.filter(\.isRequired).sorted { $0.name < $1.name }
      }
      schemas[kind] = schema
    }
    for line in table.utf8.split(separator: UInt8(ascii: "\n")) {
      let parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false).map(Substring.init)
      guard parts.count > 1 else { continue }
      if parts[0] == "K" {
        finish()
        kind = FluxKind(rawValue: String(parts[1]))
        schema = KindSchema.empty
      } else {
        take(parts, into: &schema)
      }
    }
    finish()
    return schemas
  }

  private static func take(_ parts: [Substring], into schema: inout KindSchema) {
    let path = String(parts[1])
    switch parts[0] {
    case "V" where parts.count == 5:
      schema.versions.append(
        APILifecycle(
          version: path, since: FluxVersion(String(parts[2])), deprecatedIn: FluxVersion(String(parts[3])),
          removedIn: FluxVersion(String(parts[4]))))
    case "D" where parts.count == 4:
      guard let since = FluxVersion(String(parts[3])) else { return }
      schema.droppedFields[path] = KindSchema.DroppedField(path: path, goneIn: String(parts[2]), since: since)
    case "F" where parts.count >= 3:
      guard let type = FieldType(rawValue: String(parts[2])) else { return }
      var field = FieldSchema(path: path, type: type)
      for attribute in parts[3...] { take(attribute, into: &field) }
      schema.fields[path] = field
      if field.isRequired, !path.utf8.dropFirst("spec.".utf8.count).contains(UInt8(ascii: ".")) {
        schema.isSpecRequired = true
      }
    default: break
    }
  }

  private static func take(_ attribute: Substring, into field: inout FieldSchema) {
    let parts = attribute.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      .map(Substring.init)
    let value = parts.count == 2 ? String(parts[1]) : ""
    switch parts[0] {
    case "required": field.isRequired = true
    case "default": field.defaultValue = value
    case "enum": field.allowedValues = value.split(separator: "|").map(allowedValue)
    case "pattern": field.pattern = value
    case "min": field.minimumLength = Int(value)
    case "max": field.maximumLength = Int(value)
    case "maximum": field.maximum = Int(value)
    case "since": field.since = FluxVersion(value)
    default: break
    }
  }

  /// `text` or `text@2.8`.
  private static func allowedValue(_ text: Substring) -> FieldSchema.AllowedValue {
    let parts = text.split(separator: "@", maxSplits: 1)
    return FieldSchema.AllowedValue(
      text: String(parts[0]), since: parts.count == 2 ? FluxVersion(String(parts[1])) : nil)
  }

  private static func members(of fields: [String: FieldSchema]) -> [String: [String: FieldSchema]] {
    var found: [String: [String: FieldSchema]] = [:]
    for (path, field) in fields {
      let name = field.name
      found[String(path.dropLast(name.utf8.count + 1)), default: [:]][name] = field
    }
    return found
  }
}
