import ClusterModel
import Kubernetes
import YAML

/// Which kinds live in namespaces: Kubernetes' and Flux's own, and those whose definitions are in the repository.
struct Scopes: Sendable {
  private struct Kind: Hashable {
    var group: String
    var kind: String
  }

  private var custom: [Kind: Bool] = [:]

  /// The scopes that the CustomResourceDefinitions among `files` give.
  init(definitionsIn files: [AnalysedFile]) {
    for file in files {
      for manifest in file.documents.flatMap(\.root.manifests) where manifest.kind == "CustomResourceDefinition" {
        let spec = manifest.node["spec"]
        guard let group = spec?["group"]?.scalar?.text, let kind = spec?[path: "names", "kind"]?.scalar?.text else {
          continue
        }
        custom[Kind(group: group, kind: kind)] = spec?["scope"]?.scalar?.text == "Namespaced"
      }
    }
  }

  /// Whether objects of this kind live in a namespace; nil where nothing tells.
  func isNamespaced(_ type: GroupVersionKind) -> Bool? {
    if let known = BuiltInKinds.kind(group: type.group, kind: type.kind) { return known.scope == .namespaced }
    if FluxGroups.contains(type.group) { return true }
    return custom[Kind(group: type.group, kind: type.kind)]
      ?? CommonKinds.scope(group: type.group, kind: type.kind).map { $0 == .namespaced }
  }

  /// The identity of an object in a cluster: a namespaced one that names no namespace lands in `defaultNamespace`.
  func identity(of manifest: Manifest, defaultNamespace: String = "default") -> ObjectID {
    var id = manifest.id
    switch isNamespaced(manifest.type) {
    case true where id.namespace.isEmpty: id.namespace = defaultNamespace
    case false: id.namespace = ""
    default: break
    }
    return id
  }
}
