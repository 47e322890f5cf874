import Kubernetes
import YAML

/// What the paths of a swagger document say of the types.
enum SwaggerPaths {
  /// A type in `x-kubernetes-group-version-kind`.
  static func type(_ node: Node) -> GroupVersionKind? {
    guard let version = node["version"]?.scalar?.text, let kind = node["kind"]?.scalar?.text else { return nil }
    return GroupVersionKind(group: node["group"]?.scalar?.text ?? "", version: version, kind: kind)
  }

  /// Each type that can be read, and whether in a namespace: kustomize's own way to tell, subresources included.
  static func scopes(_ swagger: Node) -> [GroupVersionKind: Bool] {
    var found: [GroupVersionKind: Bool] = [:]
    for (path, type) in reads(swagger) {
      let isNamespaced = path.contains("namespaces") && path.contains("{namespace}")
      found[type] = isNamespaced || found[type] ?? false
    }
    return found
  }

  /// Each type that is a resource of its own, with the plural its path uses.
  static func resources(_ swagger: Node) -> [GroupVersionKind: (plural: String, isNamespaced: Bool)] {
    var found: [GroupVersionKind: (plural: String, isNamespaced: Bool)] = [:]
    for (path, type) in reads(swagger) where path.last == "{name}" && !path.contains("watch") {
      found[type] = (path[path.count - 2], path.contains("{namespace}"))
    }
    return found
  }

  private static func reads(_ swagger: Node) -> [(path: [String], type: GroupVersionKind)] {
    (swagger["paths"]?.mapping?.entries ?? []).compactMap { entry in
      entry.value[path: "get", "x-kubernetes-group-version-kind"].flatMap(type).map {
        (entry.key.text.split(separator: "/").map(String.init), $0)
      }
    }
  }
}
