import Diagnostics
import Documents
import Files
import Kubernetes
import YAML

/// An object of `generators`, `transformers` or `validators` that configures one of kustomize's own plugins.
struct Plugin {
  let kind: BuiltInKind
  let reader: FieldReader
  /// What the annotations of `buildMetadata` say of what it does; nil where nobody asks.
  let provenance: Provenance?
}

extension BuildSession {
  /// The plugins that entries name: objects written inline first, then those of files and of whole kustomizations.
  mutating func plugins(
    _ entries: [Node], of target: Target, what: String
  ) throws(KustomizeError) -> [Plugin] {
    var gathered = Accumulator()
    var paths: [Placed<String>] = []
    for entry in entries {
      guard let inline = try? ManifestReader.manifests(in: entry.embeddedDocuments()) else {
        paths.append(Placed(entry.scalar?.text ?? "", at: entry.origin))
        continue
      }
      for manifest in inline {
        var resource = Resource(
          node: manifest.node, schema: schema, trace: target.trace(of: entry.origin),
          layers: target.loader.visited.count)
        resource.duplicateKey = manifest.duplicateKey
        resource.provenance = target.provenance?.appending(target.file.path.name)
        try gathered.resources.append(resource)
      }
    }
    try takeIn(paths, of: target, into: &gathered)
    var found: [Plugin] = []
    for resource in gathered.resources.items { found.append(try plugin(resource, what: what)) }
    return found
  }

  private func plugin(_ resource: Resource, what: String) throws(KustomizeError) -> Plugin {
    let id = resource.identity
    guard id.type.apiVersion == "builtin", let kind = BuiltInKind(rawValue: id.type.kind) else {
      let text =
        id.type.apiVersion == "builtin"
        ? "there is no built-in \(what) '\(id.type.kind)'"
        : "external plugins are not run; '\(id.type.apiVersion) \(id.type.kind)' is no built-in \(what)"
      let place = resource.node["kind"]?.origin.location ?? resource.location
      throw KustomizeError(.generator, text, at: place, trace: resource.trace)
    }
    if let repeated = resource.duplicateKey {
      throw KustomizeError(.field, repeated.message, at: repeated.place, trace: repeated.trace + resource.trace)
    }
    let provenance = resource.provenance.map { origin in
      Provenance(
        configuredIn: origin.path,
        maker: Provenance.Maker(
          apiVersion: id.type.apiVersion, kind: id.type.kind, name: id.name, namespace: id.namespace))
    }
    return Plugin(
      kind: kind, reader: try FieldReader(resource.node, name: "", mode: .configuration), provenance: provenance)
  }
}
