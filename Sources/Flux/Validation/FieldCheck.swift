import Diagnostics
import Kubernetes
import Pattern
import YAML

/// Checks one of Flux's objects against its API, as the API server of a cluster with a certain Flux would.
public struct FieldCheck: Sendable {
  private let kind: FluxKind
  private let schema: KindSchema
  private let server: APIServer
  /// Fields that the object's version of the API still has.
  private let dropped: [String: KindSchema.DroppedField]
  private var problems: [FieldProblem] = []

  private init(_ kind: FluxKind, version: String, server: APIServer) {
    self.kind = kind
    schema = kind.schema
    self.server = server
    let versions = schema.versions.map(\.version)
    let own = versions.firstIndex(of: version) ?? versions.count
    // A field that is gone in a later version than the object's is as it should be.
    dropped = schema.droppedFields.filter { own >= versions.firstIndex(of: $0.value.goneIn) ?? 0 }
  }

  /// What is wrong with `manifest`; nothing when it is none of Flux's. Rules between fields are only judged where
  /// each field is right.
  public static func problems(in manifest: Manifest, server: APIServer) -> [FieldProblem] {
    guard let kind = FluxKind(manifest.type) else { return [] }
    var check = FieldCheck(kind, version: manifest.type.version, server: server)
    check.problems = MetadataCheck.problems(in: manifest)
    if let spec = manifest.node["spec"], !(spec.isNull && server.fillsDefaults) {
      if spec.mapping == nil {
        check.note(.wrongType(wanted: "a mapping", found: spec.typeName), "spec", spec.origin)
      } else {
        check.checkFields(
          of: spec, schemaPath: "spec", path: "spec", holder: manifest.node.mapping?.entry("spec")?.keyOrigin)
      }
    }
    if check.problems.isEmpty { check.checkKeyedLists(of: manifest.node) }
    if check.problems.isEmpty { check.problems = CrossFieldRules.problems(in: manifest, kind: kind, flux: server.flux) }
    return check.problems
  }

  private mutating func note(_ code: FieldProblem.Code, _ path: String, _ origin: Origin) {
    problems.append(FieldProblem(code, path: path, origin: origin))
  }

  /// Checks the fields of a mapping whose fields are known. `holder` is the key it stands under.
  private mutating func checkFields(of node: Node, schemaPath: String, path: String, holder: Origin?) {
    guard let mapping = node.mapping else { return }
    let known = schema.members[schemaPath] ?? [:]
    for entry in mapping.entries {
      guard let field = known[entry.key.text] else {
        checkUnknown(entry, schemaPath: schemaPath, path: "\(path).\(entry.key.text)", known: known)
        continue
      }
      if entry.value.isNull, server.fillsDefaults { continue }  // it takes it for absent
      if let since = field.since, since > server.flux {
        note(.unavailable(since: since), "\(path).\(entry.key.text)", entry.keyOrigin)
      } else {
        check(entry.value, as: field, path: "\(path).\(entry.key.text)", key: entry.keyOrigin)
      }
    }
    for field in schema.required[schemaPath] ?? [] {
      guard !server.fillsDefaults || field.defaultValue == nil,
        mapping[field.name].map({ $0.isNull && server.fillsDefaults }) ?? true,
        field.since.map({ $0 <= server.flux }) ?? true
      else { continue }
      note(.missing, "\(path).\(field.name)", holder ?? node.origin)
    }
  }

  private mutating func checkUnknown(
    _ entry: Mapping.Entry, schemaPath: String, path: String, known: [String: FieldSchema]
  ) {
    let name = "\(schemaPath).\(entry.key.text)"
    if schema.droppedFields[name] != nil {
      if let gone = dropped[name] { note(.dropped(goneIn: gone.goneIn), path, entry.keyOrigin) }
      return
    }
    note(.unknown(suggestion: Spelling.closest(to: entry.key.text, in: known.keys.sorted())), path, entry.keyOrigin)
  }

  private mutating func check(_ node: Node, as field: FieldSchema, path: String, key: Origin) {
    switch field.type {
    case .any: break
    case .string: checkText(node, field, path)
    case .boolean: if node.boolean == nil { wrongType("true or false", node, path) }
    case .integer:
      guard let number = node.integer else { return wrongType("an integer", node, path) }
      if let maximum = field.maximum, number > maximum { note(.tooHigh(maximum: maximum), path, node.origin) }
    case .object:
      guard node.mapping != nil else { return wrongType("a mapping", node, path) }
      checkFields(of: node, schemaPath: field.path, path: path, holder: key)
    case .stringMap:
      guard let mapping = node.mapping else { return wrongType("a mapping", node, path) }
      for entry in mapping.entries where entry.value.string == nil {
        wrongType("a string", entry.value, "\(path).\(entry.key.text)")
      }
    case .anyMap: if node.mapping == nil { wrongType("a mapping", node, path) }
    case .strings, .objects, .anyMaps, .anyObjects: checkList(node, field, path)
    }
  }

  private mutating func checkList(_ node: Node, _ field: FieldSchema, _ path: String) {
    guard let items = node.sequence else { return wrongType("a list", node, path) }
    checkCount(items.count, field, path, node.origin)
    for (index, item) in items.enumerated() {
      let inner = "\(path)[\(index)]"
      if field.type == .strings {
        var itemField = field
        itemField.minimumLength = nil
        itemField.maximumLength = nil
        checkText(item, itemField, inner)
      } else if item.mapping == nil {
        wrongType("a mapping", item, inner)
      } else if field.type == .objects {
        checkFields(of: item, schemaPath: "\(field.path)[]", path: inner, holder: item.firstKeyOrigin)
      }
    }
  }

  /// Lists that are maps by one of their fields.
  private mutating func checkKeyedLists(of object: Node) {
    guard kind == .receiver else { return }
    var known: Set<String> = []
    for (index, provider) in (object[path: "spec", "oidcProviders"]?.sequence ?? []).enumerated() {
      let issuer = provider.text("issuerURL")
      if known.insert(issuer).inserted { continue }
      note(
        .duplicate(issuer, key: "issuerURL"), "spec.oidcProviders[\(index)]", provider.firstKeyOrigin ?? provider.origin
      )
    }
  }

  private mutating func checkText(_ node: Node, _ field: FieldSchema, _ path: String) {
    guard let text = node.string else { return wrongType("a string", node, path) }
    checkCount(text.unicodeScalars.count, field, path, node.origin)
    if !field.allowedValues.isEmpty { checkAllowed(text, field, path, node.origin) }
    if let pattern = field.pattern, !Self.matches(text, pattern) {
      note(.mismatch(text, pattern: pattern), path, node.origin)
    }
  }

  private mutating func checkAllowed(_ text: String, _ field: FieldSchema, _ path: String, _ origin: Origin) {
    if server.hasOperator, field.isEventKind, FluxKind(rawValue: text)?.group == FluxKind.fluxInstance.group { return }
    let texts = field.allowedValues.map(\.text)
    guard let value = field.allowedValues.first(where: { $0.text == text }) else {
      return note(.notAllowed(text, allowed: texts, suggestion: Spelling.closest(to: text, in: texts)), path, origin)
    }
    if let since = value.since, since > server.flux { note(.valueUnavailable(text, since: since), path, origin) }
  }

  private mutating func checkCount(_ count: Int, _ field: FieldSchema, _ path: String, _ origin: Origin) {
    if let minimum = field.minimumLength, count < minimum { note(.tooShort(minimum: minimum), path, origin) }
    if let maximum = field.maximumLength, count > maximum { note(.tooLong(maximum: maximum), path, origin) }
  }

  private mutating func wrongType(_ wanted: String, _ node: Node, _ path: String) {
    note(.wrongType(wanted: wanted, found: node.typeName), path, node.origin)
  }

  /// The regular expressions of all fields; each is understood once.
  private static let patterns: [String: Pattern] = {
    var found: [String: Pattern] = [:]
    for kind in FluxKind.allCases {
      for source in kind.schema.fields.values.compactMap(\.pattern) where found[source] == nil {
        found[source] = try? Pattern(source)
      }
    }
    return found
  }()

  /// A text that is too long for the matcher does not match.
  private static func matches(_ text: String, _ source: String) -> Bool {
    guard let pattern = patterns[source] else { return false }
    do { return try pattern.matches(text) } catch { return false }
  }
}

extension Node {
  /// Where the first key stands: what to point at when an item of a list lacks something.
  fileprivate var firstKeyOrigin: Origin? { mapping?.entries.first?.keyOrigin }
}
