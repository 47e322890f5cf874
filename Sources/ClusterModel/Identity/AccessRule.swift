import Kubernetes
import YAML

/// One rule of a Role or ClusterRole: these verbs on these resources.
public struct AccessRule: Sendable, Hashable {
  /// API groups; `*` for all.
  public var apiGroups: [String]
  /// Resources in the plural, some with a subresource; `*` for all.
  public var resources: [String]
  /// The only names it holds for; empty for all.
  public var resourceNames: [String]
  /// Verbs; `*` for all.
  public var verbs: [String]

  /// A rule of its parts.
  public init(apiGroups: [String], resources: [String], verbs: [String], resourceNames: [String] = []) {
    self.apiGroups = apiGroups
    self.resources = resources
    self.verbs = verbs
    self.resourceNames = resourceNames
  }

  /// The rule that an entry of `rules` says. What it says of paths outside of the API does not count.
  public init(_ node: Node) {
    func texts(_ key: String) -> [String] { node[key]?.sequence?.compactMap { $0.scalar?.text } ?? [] }
    self.init(
      apiGroups: texts("apiGroups"), resources: texts("resources"), verbs: texts("verbs"),
      resourceNames: texts("resourceNames"))
  }

  /// Whether it lets somebody do everything to everything.
  public var allowsEverything: Bool {
    apiGroups.contains("*") && resources.contains("*") && verbs.contains("*") && resourceNames.isEmpty
  }

  /// Whether it lets somebody do `verb` to an object (Kubernetes: `rbac.RuleAllows`).
  func allows(_ verb: String, _ target: AccessTarget) -> Bool {
    (verbs.contains("*") || verbs.contains(verb))
      && (apiGroups.contains("*") || apiGroups.contains(target.group))
      && (resources.contains("*") || resources.contains(target.resource))
      && (resourceNames.isEmpty || resourceNames.contains(target.name))
  }
}

/// What somebody wants to do something to.
public struct AccessTarget: Sendable, Hashable {
  /// The API group; empty for the core group.
  public var group: String
  /// The resource in the plural.
  public var resource: String
  /// Empty in the cluster scope.
  public var namespace: String
  /// The object's name.
  public var name: String

  /// An object as the API names it.
  public init(group: String, resource: String, namespace: String, name: String) {
    self.group = group
    self.resource = resource
    self.namespace = namespace
    self.name = name
  }
}
