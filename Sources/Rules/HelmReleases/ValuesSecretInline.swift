import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let valuesSecretInline = Rule(
    id: "values-secret-inline", chapter: .helmReleases, severity: .error,
    title: "a credential stands in values or in a ConfigMap in plain text",
    why: """
      Values are readable to everybody who reads the repository or the HelmRelease in the cluster, and ConfigMaps are not \
      guarded as Secrets are.
      """,
    remedy: "Replace the credential, keep the new one in an encrypted Secret, and take it in by `valuesFrom` or by the "
      + "chart's reference to an existing Secret.",
    tags: ["security"], precision: .high, securitySeverity: "8.0",
    check: .object { object, context, report in
      guard !context.cluster.reconciliations[object.reconciliation].isRelease,
        object.manifest.sopsMetadata == nil
      else { return }
      var search = CredentialSearch(unknown: object.unknownPaths)
      switch object.flux {
      case .helmRelease(let release):
        if let values = release.values { search.look(in: values, key: "", path: "spec.values", depth: 0) }
      case nil where object.id.kind == "ConfigMap" && object.id.group.isEmpty:
        if let data = object.manifest.node["data"] { search.look(in: data, key: "", path: "data", depth: 0) }
      default: return
      }
      for found in search.found {
        report.add(.inline(object.id, found.path), at: found.origin, about: object, field: found.path)
      }
    })
}

/// Looks for credentials in a tree of values.
private struct CredentialSearch {
  private static let depthLimit = 64

  let unknown: [String]
  var found: [(path: String, origin: Origin)] = []

  init(unknown: [String]) {
    self.unknown = unknown
  }

  mutating func look(in node: Node, key: String, path: String, depth: Int) {
    guard depth < Self.depthLimit else { return }
    switch node.value {
    case .scalar(let scalar):
      if key.hasSuffix(".yaml") || key.hasSuffix(".yml"), !node.origin.isSubstituted {
        // A file of values in a ConfigMap.
        for document in (try? node.embeddedDocuments()) ?? [] where document.root.mapping != nil {
          look(in: document.root, key: "", path: path, depth: depth + 1)
        }
        return
      }
      guard case .string(let text) = scalar.resolved, !node.origin.isSubstituted, !unknown.contains(path),
        Credentials.isToken(text) || Credentials.isCredential(text, under: key)
      else { return }
      found.append((path, node.origin))
    case .sequence(let items):
      for (index, item) in items.enumerated() {
        let name = item["name"]?.scalar?.text ?? String(index)
        look(in: item, key: key, path: "\(path)[\(name)]", depth: depth + 1)
      }
    case .mapping(let mapping):
      // An entry of a container's environment says by its name what its value is.
      let name = mapping["name"]?.scalar?.text
      for entry in mapping.entries {
        let own = entry.key.text == "value" ? name ?? "value" : entry.key.text
        look(in: entry.value, key: own, path: "\(path).\(entry.key.text)", depth: depth + 1)
      }
    }
  }
}

extension Message {
  fileprivate static func inline(_ id: ObjectID, _ path: String) -> Self {
    Message("\(path) of \(id) holds a credential in plain text")
  }
}
