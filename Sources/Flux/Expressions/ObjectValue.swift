import CEL
import Kubernetes
import YAML

/// One of Flux's objects as its controller hands it to an expression, as far as files tell: read from the API server into
/// the typed object, and written out again.
struct ObjectValue {
  private let kind: FluxKind
  private let unknownPaths: [String]

  /// The value of `manifest`. What stands at `unknownPaths` is not known.
  static func of(
    _ manifest: Manifest, kind: FluxKind, namespace: String, unknownPaths: [String], status: Value = .anything
  ) -> Value {
    let converter = ObjectValue(kind: kind, unknownPaths: unknownPaths)
    var object = MapValue()
    // Clients leave these out of typed objects, or not.
    for name in ["apiVersion", "kind"] { object[name] = .anything }
    object["status"] = status
    object["metadata"] = converter.metadata(of: manifest, namespace: namespace)
    object["spec"] =
      manifest.node["spec"].map { converter.value(of: $0, path: "spec", schemaPath: "spec") } ?? .anything
    return .map(object)
  }

  /// The API server adds much to the metadata, and people annotate objects by hand.
  private func metadata(of manifest: Manifest, namespace: String) -> Value {
    var metadata = MapValue(isOpen: true)
    metadata["name"] = .string(manifest.name)
    metadata["namespace"] = .string(namespace)
    metadata["labels"] = labels(manifest.node[path: "metadata", "labels"])
    metadata["annotations"] = annotations(manifest.node[path: "metadata", "annotations"])
    return .map(metadata)
  }

  /// What the controllers put on objects that they apply; whether and how depends on who does.
  private static let ownerLabels = [
    "kustomize.toolkit.fluxcd.io/name", "kustomize.toolkit.fluxcd.io/namespace", "helm.toolkit.fluxcd.io/name",
    "helm.toolkit.fluxcd.io/namespace", "app.kubernetes.io/managed-by", "resourceset.fluxcd.controlplane.io/name",
    "resourceset.fluxcd.controlplane.io/namespace", "fluxcd.controlplane.io/name", "fluxcd.controlplane.io/namespace",
  ]

  private func labels(_ node: Node?) -> Value {
    var labels = MapValue()
    for name in Self.ownerLabels { labels[name] = .anything }
    for entry in node?.mapping?.entries ?? [] {
      labels[entry.key.text] = isUnknown("metadata.labels.\(entry.key.text)") ? .anything : text(entry.value)
    }
    return isUnknown("metadata.labels") ? .anything : .map(labels)
  }

  private func annotations(_ node: Node?) -> Value {
    guard let mapping = node?.mapping, !isUnknown("metadata.annotations") else { return .anything }
    var annotations = MapValue(isOpen: true)
    for entry in mapping.entries {
      let path = "metadata.annotations.\(entry.key.text)"
      annotations[entry.key.text] = isUnknown(path) ? .anything : text(entry.value)
    }
    return .map(annotations)
  }

  private func text(_ node: Node) -> Value { node.string.map(Value.string) ?? .anything }

  private func isUnknown(_ path: String) -> Bool { unknownPaths.contains(path) }

  /// A value of the spec. Defaults are filled in, so any mapping may have more; and what is empty may be left out on the
  /// way through the typed object, so it may be there or not.
  private func value(of node: Node, path: String, schemaPath: String) -> Value {
    if isUnknown(path) { return .anything }
    switch node.value {
    case .mapping(let mapping):
      guard !mapping.entries.isEmpty else { return .anything }
      var map = MapValue(isOpen: true)
      for entry in mapping.entries {
        let name = entry.key.text
        map[name] = value(of: entry.value, path: "\(path).\(name)", schemaPath: "\(schemaPath).\(name)")
      }
      return .map(map)
    case .sequence(let items):
      guard !items.isEmpty else { return .anything }
      return .list(
        items.enumerated().map { value(of: $1, path: "\(path)[\($0)]", schemaPath: "\(schemaPath)[]") })
    case .scalar:
      // A duration is written out in another way than it was read.
      if kind.schema.fields[schemaPath]?.pattern?.contains("ms|s|m|h") ?? false { return .anything }
      if let text = node.string { return text.isEmpty ? .anything : .string(text) }
      if node.boolean == true { return .bool(true) }
      if let number = node.integer, number != 0 { return .int(Int64(number)) }
      return .anything
    }
  }
}
