/// The description of `.sluice.yaml`.
public enum ConfigurationSchema {
  /// The version of the format that this program reads.
  public static let version = "1"
  /// The word that switches a rule off.
  public static let off = "off"

  /// All that the file can say, given the rules there are.
  public static func shape(rules: [RuleSignature], packs: [String]) -> ConfigShape {
    .record([
      ConfigField("version", .text(.oneOf([version])), "The version of this format."),
      ConfigField(
        "packs", .list(of: .text(.oneOf(packs))),
        "The packs of rules that apply. Without it: `recommended`. Every pack contains `recommended`."),
      ConfigField(
        "fluxVersion", .text(.version(major: 2)),
        "The Flux minor version to judge by, where the repository does not say which one it installs."),
      ConfigField("kubernetesVersion", .text(.version(major: 1)), "The Kubernetes minor version to judge by."),
      ConfigField(
        "entryPoints", .list(of: .record(entryPoint)),
        "Folders that a cluster reconciles, where the repository does not show it itself."),
      ConfigField(
        "environments", .list(of: .record(environment)),
        "Which clusters, folders and namespaces are production. Without it a cluster is production when its name or "
          + "path says so (`prod`, `production`, `prd`, `live`)."),
      ConfigField(
        "tenants", .list(of: .record(tenant)),
        "Which namespaces belong to which tenant. Without it the label `toolkit.fluxcd.io/tenant` decides."),
      ConfigField("externals", .record(externals), "What exists in the clusters although no file creates it."),
      ConfigField(
        "sources", .list(of: .record(source)), "Folders that hold the content of sources outside this repository."),
      ConfigField(
        "charts", .list(of: .text(.path)), "Folders with Helm charts (folders or `.tgz` archives) to render with."),
      ConfigField("rules", .record(rules.map(ruleField)), "Severity, scope and parameters of rules, by their ids."),
      ConfigField("suppressions", .list(of: .record(suppression)), "Findings that are accepted, each with a reason."),
    ])
  }

  private static let globs = ConfigShape.list(of: .text(.any))

  private static let entryPoint = [
    ConfigField("cluster", .text(.any), "The name of the cluster.", isRequired: true),
    ConfigField("path", .text(.path), "The folder that its root Kustomization reconciles.", isRequired: true),
  ]

  private static let environment = [
    ConfigField("name", .text(.any), "The name of the environment.", isRequired: true),
    ConfigField(
      "class", .text(.oneOf(Environment.Class.allCases.map(\.rawValue))),
      "What kind of environment it is: rules of scope `production` look at class `production` only.", isRequired: true),
    ConfigField("clusters", globs, "Patterns of cluster names."),
    ConfigField("paths", globs, "Patterns of the folders that clusters reconcile, such as `clusters/prod-*`."),
    ConfigField("namespaces", globs, "Patterns of namespaces; they go before clusters and paths."),
  ]

  private static let tenant = [
    ConfigField("name", .text(.any), "The name of the tenant.", isRequired: true),
    ConfigField("namespaces", globs, "Patterns of its namespaces.", isRequired: true),
    ConfigField(
      "allowedSources", .list(of: .record(sourcePattern)),
      "The only sources it may use. Without it every source is allowed that `deniedSources` does not name."),
    ConfigField("deniedSources", .list(of: .record(sourcePattern)), "Sources it may not use."),
    ConfigField("pathPrefixes", .list(of: .text(.any)), "Where the `spec.path` of its Kustomizations must lie."),
  ]

  private static let sourcePattern = [
    ConfigField("kind", .text(.any), "The kind of the source, such as `GitRepository`; any when left out."),
    ConfigField("url", .text(.any), "A pattern for its address, such as `https://git.example.com/team/**`."),
    ConfigField("namespace", .text(.any), "A pattern for its namespace."),
    ConfigField("name", .text(.any), "A pattern for its name."),
  ]

  private static let externals = [
    ConfigField("secrets", .list(of: .record(namespacedName)), "Secrets, such as those an operator creates."),
    ConfigField("configMaps", .list(of: .record(namespacedName)), "ConfigMaps."),
    ConfigField("serviceAccounts", .list(of: .record(namespacedName)), "ServiceAccounts."),
    ConfigField("namespaces", globs, "Patterns of namespaces."),
    ConfigField("crds", globs, "Patterns of CustomResourceDefinitions, such as `*.cert-manager.io`."),
  ]

  private static let namespacedName = [
    ConfigField("namespace", .text(.any), "A pattern for the namespace.", isRequired: true),
    ConfigField("name", .text(.any), "A pattern for the name.", isRequired: true),
  ]

  private static let source = [
    ConfigField("url", .text(.any), "The address of the source, or a pattern for it."),
    ConfigField("kind", .text(.any), "The kind of the source object."),
    ConfigField("namespace", .text(.any), "The namespace of the source object."),
    ConfigField("name", .text(.any), "The name of the source object."),
    ConfigField("path", .text(.path), "The folder with its content.", isRequired: true),
  ]

  private static let suppression = [
    ConfigField("rule", .text(.any), "The rule.", isRequired: true),
    ConfigField("object", .text(.any), "A pattern for `Kind/namespace/name` (`Kind/name` in the cluster scope)."),
    ConfigField("path", .text(.any), "A pattern for the path of the file."),
    ConfigField("reason", .text(.any), "Why the findings are accepted.", isRequired: true),
    ConfigField("until", .text(.date), "The last day on which they are."),
  ]

  /// The severities and `off`, as a rule's setting names them.
  static let levels = ["error", "warning", "info"]

  /// The parameters of a rule, as a mapping sets them.
  static func parameters(of rule: RuleSignature) -> ConfigShape {
    .record(rule.parameters.map { ConfigField($0.name, $0.shape, $0.summary) })
  }

  private static func ruleField(_ rule: RuleSignature) -> ConfigField {
    let fields = [
      ConfigField("severity", .text(.oneOf(levels + [off])), "How bad its findings are, or `off`."),
      ConfigField(
        "scope", .text(.oneOf(RuleScope.allCases.map(\.rawValue))), "Where it applies, instead of what its pack says."),
      ConfigField("parameters", parameters(of: rule), "Its parameters."),
    ]
    return ConfigField(rule.id, .keywordOrRecord(levels + [off], fields), rule.title)
  }
}
