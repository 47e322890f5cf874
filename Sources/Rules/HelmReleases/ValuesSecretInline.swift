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
      var search = CredentialSearch(unknown: object.unknownPaths, variables: context.plainVariables(of: object))
      switch object.flux {
      case .helmRelease(let release):
        if let values = release.values { search.look(in: values, key: "", path: "spec.values", depth: 0) }
      case nil where object.id.kind == "ConfigMap" && object.id.group.isEmpty:
        if let data = object.manifest.node["data"] { search.look(in: data, key: "", path: "data", depth: 0) }
      default: return
      }
      for found in search.found {
        let use = RelatedLocation("used here", at: found.origin.location)
        report.add(
          .inline(object.id, found.path), at: found.place, about: object.reference, field: found.path,
          related: (found.place == use.location ? [] : [use]) + found.origin.trace.filter { $0.location != found.place }
            + object.trace)
      }
    })
}

extension Scalar {
  /// The text, also of a number: a password can be one. Nil for what is neither.
  fileprivate var written: String? {
    switch resolved {
    case .string(let text): text
    case .int: text
    default: nil
    }
  }
}

extension RuleContext {
  /// Where the Kustomization that applies an object writes the variables that it sets itself.
  fileprivate func plainVariables(of object: AppliedObject) -> Set<Location> {
    guard case .kustomization(let value) = cluster.reconciliations[object.reconciliation].definition else { return [] }
    return Set((value.postBuild?.value.substitute ?? []).map(\.value.origin.location))
  }
}

/// Looks for credentials in a tree of values.
private struct CredentialSearch {
  private static let depthLimit = 64

  let unknown: [String]
  /// The places of variables whose values stand in plain text.
  let variables: Set<Location>
  var found: [(path: String, origin: Origin, place: Location)] = []

  init(unknown: [String], variables: Set<Location>) {
    self.unknown = unknown
    self.variables = variables
  }

  /// Where a value is written: itself, or the variable that it is made of; nil for one that comes from elsewhere.
  private func place(of origin: Origin) -> Location? {
    guard origin.isSubstituted else { return origin.location }
    let definitions = origin.definitions
    // The default of a variable that nothing sets stands in the value itself.
    guard definitions.allSatisfy({ variables.contains($0) || $0 == origin.location }) else { return nil }
    return definitions.last
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
      guard let text = scalar.written, !unknown.contains(path), let place = place(of: node.origin),
        Credentials.isToken(text) || Credentials.isCredential(text, under: key)
      else { return }
      found.append((path, node.origin, place))
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
