import Diagnostics
import YAML

extension Configuration {
  /// Reads `.sluice.yaml`. `rules` are all rules there are: the file may name no others.
  /// - Returns: the configuration, and everything that is wrong with the file; what is wrong is left out.
  public static func read(
    _ file: SourceFile, rules: [RuleSignature], packs: [Pack] = Pack.builtIn
  ) -> (configuration: Configuration, problems: [PolicyError]) {
    let documents: [Document]
    do {
      documents = try YAMLReader.read(file)
    } catch {
      return (Configuration(), [PolicyError(.unreadable(error.message), at: error.location, trace: error.trace)])
    }
    guard documents.count <= 1 else {
      return (Configuration(), [PolicyError(.severalDocuments, at: documents[1].root.origin.location)])
    }
    guard let document = documents.first, !document.isEmpty else { return (Configuration(), []) }
    let shape = ConfigurationSchema.shape(rules: rules, packs: packs.map(\.name))
    let repeated = document.duplicateKeys.map {
      PolicyError(.unreadable($0.message), at: $0.location, trace: $0.trace)
    }
    let problems = repeated + shape.problems(in: document.root, key: "")
    return (Configuration(document.root, rules: rules), problems)
  }

  /// Takes over what has the right shape.
  private init(_ root: Node, rules: [RuleSignature]) {
    packs = root["packs"]?.sequence?.compactMap(\.placedText)
    fluxVersion = root["fluxVersion"]?.placedText
    kubernetesVersion = root["kubernetesVersion"]?.placedText
    entryPoints = root.items("entryPoints").compactMap { node in
      guard let cluster = node.text("cluster"), let path = node["path"]?.placedText else { return nil }
      return ConfiguredEntryPoint(cluster: cluster, path: path.value, location: path.location)
    }
    environments = root.items("environments").compactMap(Environment.init)
    tenants = root.items("tenants").compactMap(Tenant.init)
    externals = root["externals"].map(Externals.init) ?? Externals()
    sources = root.items("sources").compactMap(SourceMapping.init)
    charts = root.items("charts").compactMap(\.placedText)
    for entry in root["rules"]?.mapping?.entries ?? [] {
      guard let rule = rules.first(where: { $0.id == entry.key.text }) else { continue }
      self.rules.append(RuleSetting(rule, entry))
    }
    suppressions = root.items("suppressions").compactMap(Suppression.init(configured:))
  }
}

extension Environment {
  fileprivate init?(_ node: Node) {
    guard let name = node.text("name"), let kind = node.text("class").flatMap(Class.init(rawValue:)) else { return nil }
    self.init(
      name: name, class: kind, clusters: node.globs("clusters"), paths: node.globs("paths"),
      namespaces: node.globs("namespaces"))
  }
}

extension Tenant {
  fileprivate init?(_ node: Node) {
    guard let name = node.text("name") else { return nil }
    self.init(
      name: name, namespaces: node.globs("namespaces"),
      allowedSources: node["allowedSources"]?.sequence?.map(SourcePattern.init),
      deniedSources: node.items("deniedSources").map(SourcePattern.init),
      pathPrefixes: node.items("pathPrefixes").compactMap(\.placedText).map(\.value),
      location: node["name"]?.origin.location ?? node.origin.location)
  }
}

extension SourcePattern {
  fileprivate init(_ node: Node) {
    self.init(
      kind: node.text("kind"), url: node.glob("url"), namespace: node.glob("namespace"), name: node.glob("name"),
      location: node.origin.location)
  }
}

extension Externals {
  fileprivate init(_ node: Node) {
    self.init()
    secrets = Self.names(node.items("secrets"))
    configMaps = Self.names(node.items("configMaps"))
    serviceAccounts = Self.names(node.items("serviceAccounts"))
    namespaces = node.globs("namespaces")
    crds = node.globs("crds")
  }

  private static func names(_ nodes: [Node]) -> [Name] {
    nodes.compactMap { node in
      guard let namespace = node.glob("namespace"), let name = node.glob("name") else { return nil }
      return Name(namespace: namespace, name: name)
    }
  }
}

extension SourceMapping {
  fileprivate init?(_ node: Node) {
    guard let path = node["path"]?.placedText else { return nil }
    self.init(
      url: node.glob("url"), kind: node.text("kind"), namespace: node.text("namespace"), name: node.text("name"),
      path: path.value, location: path.location)
  }
}

extension RuleSetting {
  fileprivate init(_ rule: RuleSignature, _ entry: Mapping.Entry) {
    let setting = entry.value.mapping == nil ? entry.value : entry.value["severity"]
    let level = setting?.scalar?.text
    self.init(
      rule: rule.id, isOff: level == ConfigurationSchema.off || setting?.flag == false,
      severity: level.flatMap(Severity.init(rawValue:)),
      scope: entry.value.text("scope").flatMap(RuleScope.init(rawValue:)),
      parameters: ParameterValue.values(of: rule.parameters, in: entry.value["parameters"]),
      location: entry.keyOrigin.location)
  }
}

extension Suppression {
  fileprivate init?(configured node: Node) {
    guard let rule = node.text("rule"), let reason = node.text("reason") else { return nil }
    self.init(
      rules: [rule], reason: reason, until: node.text("until").flatMap(CalendarDate.init),
      target: .matching(object: node.glob("object"), path: node.glob("path")),
      location: node["rule"]?.origin.location ?? node.origin.location)
  }
}

extension ParameterValue {
  /// The values that `node` gives to parameters, each as its shape has it.
  static func values(of parameters: [ParameterSignature], in node: Node?) -> [String: ParameterValue] {
    var values: [String: ParameterValue] = [:]
    for parameter in parameters {
      if let value = node?[parameter.name].flatMap({ ParameterValue($0, as: parameter.shape) }) {
        values[parameter.name] = value
      }
    }
    return values
  }

  private init?(_ node: Node, as shape: ConfigShape) {
    switch shape {
    case .boolean:
      guard let flag = node.flag else { return nil }
      self = .boolean(flag)
    case .integer:
      guard let number = node.wholeNumber else { return nil }
      self = .integer(number)
    case .text:
      guard let text = node.scalar?.text else { return nil }
      self = .text(text)
    case .list:
      guard let items = node.sequence else { return nil }
      self = .list(items.compactMap { $0.scalar?.text })
    case .table:
      guard let mapping = node.mapping else { return nil }
      let texts = mapping.entries.compactMap { entry in entry.value.scalar.map { (entry.key.text, $0.text) } }
      self = .table(Dictionary(texts) { $1 })
    case .record, .keywordOrRecord, .anything: return nil
    }
  }
}

extension Node {
  fileprivate var placedText: Placed<String>? {
    scalar.map { Placed($0.text, at: origin.location) }
  }

  func text(_ key: String) -> String? { self[key]?.scalar?.text }
  fileprivate func glob(_ key: String) -> Glob? { text(key).map(Glob.init) }
  fileprivate func items(_ key: String) -> [Node] { self[key]?.sequence ?? [] }
  fileprivate func globs(_ key: String) -> [Glob] { items(key).compactMap { $0.scalar.map { Glob($0.text) } } }
}
