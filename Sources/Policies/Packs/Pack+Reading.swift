import Diagnostics
import YAML

extension Pack {
  /// Reads a pack's file, as they lie in `policies/`.
  /// - Returns: the pack, and everything that is wrong with the file.
  public static func read(_ file: SourceFile, rules: [RuleSignature]) -> (pack: Pack, problems: [PolicyError]) {
    let nothing = Pack(name: "", title: "", extends: [], entries: [])
    let root: Node
    do {
      guard let document = try YAMLReader.read(file).first else { return (nothing, []) }
      root = document.root
    } catch {
      return (nothing, [PolicyError(.unreadable(error.message), at: error.location, trace: error.trace)])
    }
    var problems = shape(rules: rules).problems(in: root, key: "")
    var entries: [Entry] = []
    for (index, node) in (root["rules"]?.sequence ?? []).enumerated() {
      guard let id = node.text("rule"), let rule = rules.first(where: { $0.id == id }) else { continue }
      let key = "rules[\(index)].parameters"
      if let parameters = node["parameters"] {
        problems += ConfigurationSchema.parameters(of: rule).problems(in: parameters, key: key)
      }
      entries.append(
        Entry(
          id, node.text("severity").flatMap(Severity.init(rawValue:)) ?? rule.severity,
          scope: node.text("scope").flatMap(RuleScope.init(rawValue:)) ?? .all,
          parameters: ParameterValue.values(of: rule.parameters, in: node["parameters"])))
    }
    let extends = (root["extends"]?.sequence ?? []).compactMap { $0.scalar?.text }
    let pack = Pack(name: root.text("name") ?? "", title: root.text("title") ?? "", extends: extends, entries: entries)
    return (pack, problems)
  }

  private static func shape(rules: [RuleSignature]) -> ConfigShape {
    let entry = [
      ConfigField("rule", .text(.oneOf(rules.map(\.id))), "The rule.", isRequired: true),
      ConfigField("severity", .text(.oneOf(ConfigurationSchema.levels)), "Its severity."),
      ConfigField("scope", .text(.oneOf(RuleScope.allCases.map(\.rawValue))), "Where it applies."),
      ConfigField("parameters", .anything, "Its parameters."),
    ]
    return .record([
      ConfigField("name", .text(.any), "The name.", isRequired: true),
      ConfigField("title", .text(.any), "Whom it is for.", isRequired: true),
      ConfigField("extends", .list(of: .text(.any)), "Packs it contains."),
      ConfigField("rules", .list(of: .record(entry)), "Its rules.", isRequired: true),
    ])
  }
}
