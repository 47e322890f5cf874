import Diagnostics

/// A team that shares a cluster with others.
public struct Tenant: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// Patterns of its namespaces.
  public var namespaces: [Glob]
  /// The only sources it may use; nil when that is not limited.
  public var allowedSources: [SourcePattern]?
  /// Sources it may not use.
  public var deniedSources: [SourcePattern]
  /// Where the `spec.path` of its Kustomizations must lie; empty when that is not limited.
  public var pathPrefixes: [String]
  /// The place that declares it.
  public var location: Location

  /// A tenant.
  public init(
    name: String, namespaces: [Glob], allowedSources: [SourcePattern]? = nil, deniedSources: [SourcePattern] = [],
    pathPrefixes: [String] = [], location: Location
  ) {
    self.name = name
    self.namespaces = namespaces
    self.allowedSources = allowedSources
    self.deniedSources = deniedSources
    self.pathPrefixes = pathPrefixes
    self.location = location
  }
}

/// Which sources are meant. What is left out stands for any.
public struct SourcePattern: Sendable, Hashable {
  /// The kind.
  public var kind: String?
  /// A pattern for the address.
  public var url: Glob?
  /// A pattern for the namespace.
  public var namespace: Glob?
  /// A pattern for the name.
  public var name: Glob?
  /// The place that says so.
  public var location: Location

  /// A pattern by its parts.
  public init(kind: String?, url: Glob?, namespace: Glob?, name: Glob?, location: Location) {
    self.kind = kind
    self.url = url
    self.namespace = namespace
    self.name = name
    self.location = location
  }

  /// Whether a source is meant; nil when that cannot be told because its address is not known.
  public func matches(kind: String, namespace: String, name: String, url: String?) -> Bool? {
    if let wanted = self.kind, wanted != kind { return false }
    if let wanted = self.namespace, !wanted.matches(namespace) { return false }
    if let wanted = self.name, !wanted.matches(name) { return false }
    guard let wanted = self.url else { return true }
    guard let url else { return nil }
    return wanted.matches(url) || url.hasSuffix(".git") && wanted.matches(String(url.dropLast(4)))
  }

  /// The pattern in words, such as `GitRepository https://git.example.com/payments/*`.
  public var words: String {
    var parts = [kind ?? "any source"]
    if let name { parts.append("named \(name)") }
    if let namespace { parts.append("in namespace \(namespace)") }
    if let url { parts.append("at \(url)") }
    return parts.joined(separator: " ")
  }
}

/// The namespace and the label by which Flux's own tools tell tenants from the platform.
public enum Tenancy {
  /// What `flux create tenant` puts on the objects of a tenant; the value is its name.
  public static let label = "toolkit.fluxcd.io/tenant"
  /// Where Flux itself runs: never a tenant's.
  public static let platformNamespace = "flux-system"
}

extension Configuration {
  /// The name of the tenant that a namespace belongs to; nil when it is the platform's.
  ///
  /// - Parameter label: the tenant that the namespace, or the object that creates it, is labelled with. It counts only
  ///   where the configuration declares no tenants.
  public func tenant(ofNamespace namespace: String, labelled label: String?) -> String? {
    guard !namespace.isEmpty, namespace != Tenancy.platformNamespace else { return nil }
    return tenants.isEmpty ? label : declaredTenant(ofNamespace: namespace)?.name
  }

  /// The tenant that the configuration gives a namespace to.
  public func declaredTenant(ofNamespace namespace: String) -> Tenant? {
    guard namespace != Tenancy.platformNamespace else { return nil }
    return tenants.first { $0.namespaces.match(namespace) }
  }
}
