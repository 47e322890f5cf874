import Diagnostics

/// What `.sluice.yaml` says, with the places that say it.
public struct Configuration: Sendable {
  /// Where the file is looked for, from the root of the repository.
  public static let path = ".sluice.yaml"

  /// The packs that apply; nil when the file does not say.
  public var packs: [Placed<String>]?
  /// The Flux minor version to judge by, such as `2.9`.
  public var fluxVersion: Placed<String>?
  /// The Kubernetes minor version to judge by, such as `1.36`.
  public var kubernetesVersion: Placed<String>?
  /// Folders that clusters reconcile.
  public var entryPoints: [ConfiguredEntryPoint] = []
  /// Which clusters, folders and namespaces belong to which environment; empty when the file does not say.
  public var environments: [Environment] = []
  /// Which namespaces belong to which tenant; empty when the file does not say.
  public var tenants: [Tenant] = []
  /// What exists although no file creates it.
  public var externals = Externals()
  /// Folders that hold the content of sources elsewhere.
  public var sources: [SourceMapping] = []
  /// Folders with charts.
  public var charts: [Placed<String>] = []
  /// What the file says about rules, in its order.
  public var rules: [RuleSetting] = []
  /// Findings that are accepted.
  public var suppressions: [Suppression] = []

  /// What holds without a configuration.
  public init() {}
}

/// A folder that a cluster reconciles, by configuration.
public struct ConfiguredEntryPoint: Sendable, Hashable {
  /// The name of the cluster.
  public var cluster: String
  /// The folder, relative to the root of the repository.
  public var path: String
  /// The place of the entry's path.
  public var location: Location

  /// An entry into a cluster.
  public init(cluster: String, path: String, location: Location) {
    self.cluster = cluster
    self.path = path
    self.location = location
  }
}

/// A folder with the content of a source elsewhere.
public struct SourceMapping: Sendable, Hashable {
  /// The source's address, or a pattern for it; nil when only its object is named.
  public var url: Glob?
  /// The kind of the source object; nil for any.
  public var kind: String?
  /// Its namespace; nil for any.
  public var namespace: String?
  /// Its name; nil for any.
  public var name: String?
  /// The folder, relative to the root of the repository.
  public var path: String
  /// The place of the path.
  public var location: Location

  /// A folder for the sources that fit.
  public init(url: Glob?, kind: String?, namespace: String?, name: String?, path: String, location: Location) {
    self.url = url
    self.kind = kind
    self.namespace = namespace
    self.name = name
    self.path = path
    self.location = location
  }

  /// Whether the folder holds the content of this source.
  public func covers(kind: String, namespace: String, name: String, url: String?) -> Bool {
    if let wanted = self.url {
      guard let url, wanted.matches(url) || wanted.matches(Self.withoutSuffix(url)) else { return false }
    }
    if let wanted = self.kind, wanted != kind { return false }
    if let wanted = self.namespace, wanted != namespace { return false }
    if let wanted = self.name, wanted != name { return false }
    return true
  }

  /// Git addresses are written with and without `.git`.
  private static func withoutSuffix(_ url: String) -> String {
    url.hasSuffix(".git") ? String(url.dropLast(4)) : url
  }
}

/// What exists in the clusters although no file creates it.
public struct Externals: Sendable, Hashable {
  /// Patterns for an object's namespace and name.
  public struct Name: Sendable, Hashable {
    /// A pattern for the namespace.
    public var namespace: Glob
    /// A pattern for the name.
    public var name: Glob

    /// Patterns for both.
    public init(namespace: Glob, name: Glob) {
      self.namespace = namespace
      self.name = name
    }
  }

  /// Secrets.
  public var secrets: [Name] = []
  /// ConfigMaps.
  public var configMaps: [Name] = []
  /// ServiceAccounts.
  public var serviceAccounts: [Name] = []
  /// Namespaces.
  public var namespaces: [Glob] = []
  /// CustomResourceDefinitions.
  public var crds: [Glob] = []

  /// Nothing.
  public init() {}

  /// Whether an object of the core group is declared to exist. `kind` is `Secret`, `ConfigMap`, `ServiceAccount` or `Namespace`.
  public func contains(kind: String, namespace: String, name: String) -> Bool {
    let names: [Name]
    switch kind {
    case "Secret": names = secrets
    case "ConfigMap": names = configMaps
    case "ServiceAccount": names = serviceAccounts
    case "Namespace": return namespaces.match(name)
    case "CustomResourceDefinition": return crds.match(name)
    default: return false
    }
    return names.contains { $0.namespace.matches(namespace) && $0.name.matches(name) }
  }
}

/// What the configuration says about one rule.
public struct RuleSetting: Sendable, Hashable {
  /// The rule's id.
  public var rule: String
  /// Whether it is switched off.
  public var isOff: Bool
  /// The severity; nil when the setting leaves it.
  public var severity: Severity?
  /// The scope; nil when the setting leaves it.
  public var scope: RuleScope?
  /// Parameters that are set.
  public var parameters: [String: ParameterValue]
  /// The place of the rule's id.
  public var location: Location

  /// A rule's setting.
  public init(
    rule: String, isOff: Bool = false, severity: Severity? = nil, scope: RuleScope? = nil,
    parameters: [String: ParameterValue] = [:], location: Location
  ) {
    self.rule = rule
    self.isOff = isOff
    self.severity = severity
    self.scope = scope
    self.parameters = parameters
    self.location = location
  }
}
