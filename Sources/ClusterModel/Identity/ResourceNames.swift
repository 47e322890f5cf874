import Kubernetes
import YAML

/// The names by which access rules know kinds: `deployments` for Deployment.
struct ResourceNames: Sendable {
  private struct Kind: Hashable {
    var group: String
    var kind: String
  }

  private var custom: [Kind: String] = [:]

  /// The names that the CustomResourceDefinitions of a cluster give, beside the built-in ones.
  init(_ cluster: Cluster) {
    for object in cluster.objects where object.id.kind == "CustomResourceDefinition" {
      let spec = object.manifest.node["spec"]
      guard let group = spec?["group"]?.scalar?.text, let kind = spec?[path: "names", "kind"]?.scalar?.text,
        let plural = spec?[path: "names", "plural"]?.scalar?.text
      else { continue }
      custom[Kind(group: group, kind: kind)] = plural
    }
  }

  /// The plural name of an object's kind; for one that nothing defines, as Kubernetes would guess it.
  func plural(of id: ObjectID) -> String {
    custom[Kind(group: id.group, kind: id.kind)] ?? BuiltInKinds.kind(group: id.group, kind: id.kind)?.plural
      ?? Self.guessed(id.kind)
  }

  /// Kubernetes: `meta.UnsafeGuessKindToResource`.
  private static func guessed(_ kind: String) -> String {
    let name = kind.lowercased()
    if name.hasSuffix("s") { return name + "es" }
    if name.hasSuffix("y") { return name.dropLast() + "ies" }
    return name + "s"
  }
}
