import Diagnostics
import Kubernetes
import YAML

/// Finds out from the OpenAPI definitions in a file of `crds` which fields of custom resources hold names, labels and annotations.
struct CustomResourceFields {
  private let definitions: Mapping
  private var tables = FieldTables()

  /// The fields that `document` teaches.
  static func read(_ document: Node) throws(KustomizeError) -> FieldTables {
    guard let definitions = document.mapping else {
      throw KustomizeError(
        .field, "a file of 'crds' maps names of types to OpenAPI definitions", at: document.origin.location)
    }
    var reader = CustomResourceFields(definitions: definitions)
    for entry in definitions.entries {
      guard entry.value.mapping != nil else {
        throw KustomizeError(
          .field, "'\(entry.key.text)' must be an OpenAPI definition with a 'Schema'; a manifest goes into 'resources'",
          at: entry.value.origin.location)
      }
      guard let properties = reader.properties(of: entry.key.text),
        ["kind", "apiVersion", "metadata"].allSatisfy({ properties[$0] != nil })
      else { continue }
      // There is no group in the name of a definition, so that the kind alone must do.
      let kind = entry.key.text.split(separator: ".", omittingEmptySubsequences: false).last.map(String.init) ?? ""
      try reader.read(
        entry.key.text, of: GroupVersionKind(group: "", version: "", kind: kind), path: [], place: entry.keyOrigin)
    }
    return reader.tables
  }

  private init(definitions: Mapping) {
    self.definitions = definitions
  }

  private func properties(of name: String) -> Mapping? {
    let definition = definitions[name]?.mapping
    let schema = definition?.entries.last { $0.key.text.lowercased() == "schema" }?.value
    return schema?["properties"]?.mapping
  }

  private mutating func read(
    _ name: String, of type: GroupVersionKind, path: [String], place: Origin
  ) throws(KustomizeError) {
    guard path.count <= Self.depthLimit else {
      throw KustomizeError(
        .limit, "definitions refer to each other more than \(Self.depthLimit) levels deep", at: place.location)
    }
    for entry in properties(of: name)?.entries ?? [] {
      let property = entry.value
      let here = path + [entry.key.text]
      let spec = { (parts: [String]) in FieldSpec(parts.joined(separator: "/"), kind: type.kind) }
      if property.hasText("x-kubernetes-annotation") { try tables.add(.commonAnnotations, spec(here)) }
      if property.hasText("x-kubernetes-label-selector") { try tables.add(.commonLabels, spec(here)) }
      if property.hasText("x-kubernetes-identity") { try tables.add(.namePrefix, spec(here)) }
      if let version = property.text("x-kubernetes-object-ref-api-version"),
        let kind = property.text("x-kubernetes-object-ref-kind")
      {
        let key = property.text("x-kubernetes-object-ref-name-key") ?? "name"
        try tables.add(
          NameReference(
            target: GroupVersionKind(group: "", version: version, kind: kind), referrers: [spec(here + [key])]))
      }
      if let reference = property["$ref"]?.scalar?.text {
        try read(reference, of: type, path: here, place: entry.keyOrigin)
      }
    }
  }

  /// How deep definitions may refer to each other.
  static let depthLimit = 64
}

extension Node {
  fileprivate func text(_ field: String) -> String? {
    guard case .string(let text)? = self[field]?.scalar?.resolved else { return nil }
    return text
  }

  fileprivate func hasText(_ field: String) -> Bool { text(field) != nil }
}
