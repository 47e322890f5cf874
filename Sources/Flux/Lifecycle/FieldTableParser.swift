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
    var schema = KindSchema(versions: [], fields: [:], children: [:], droppedFields: [:], isSpecRequired: false)
    func finish() {
      guard let kind else { return }
      schema.children = children(of: schema.fields)
      schemas[kind] = schema
    }
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard parts.count > 1 else { continue }
      if parts[0] == "K" {
        finish()
        kind = FluxKind(rawValue: String(parts[1]))
        schema = KindSchema(versions: [], fields: [:], children: [:], droppedFields: [:], isSpecRequired: false)
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
    let parts = attribute.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
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

  private static func children(of fields: [String: FieldSchema]) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for (path, field) in fields {
      found[String(path.dropLast(field.name.utf8.count + 1)), default: []].append(field.name)
    }
    return found.mapValues { $0.sorted() }
  }
}
