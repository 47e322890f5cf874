import Diagnostics

/// The rules of a run as SARIF describes them. Every finding must have one: a reader rejects an index without a rule.
struct SARIFRules {
  /// What GitHub keeps of a rule's tags.
  private static let maximumTags = 10
  /// The longest description it takes.
  private static let maximumDescription = 1_024

  private let rules: [RuleDescription]
  private let indices: [String: Int]

  init(_ report: Report) {
    var known = Dictionary(report.rules.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for finding in report.findings where known[finding.rule] == nil {
      known[finding.rule] = RuleDescription(
        id: finding.rule, chapter: "", severity: finding.severity, title: finding.rule, why: finding.rule,
        remedy: "")
    }
    rules = known.values.sorted { $0.id < $1.id }
    indices = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($1.id, $0) })
  }

  func index(of rule: String) -> Int? {
    indices[rule]
  }

  var json: JSONValue {
    .array(rules.map(describe))
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  private func describe(_ rule: RuleDescription) -> JSONValue {
    let help = [rule.why, rule.remedy].filter { !$0.isEmpty }.joined(separator: "\n\n")
    let markdown = rule.helpMarkdown.isEmpty ? nil : rule.helpMarkdown
    return .members([
      ("id", .string(rule.id)),
      ("name", .string(Self.name(rule.id))),
      ("shortDescription", text(rule.title, else: rule.id)),
      ("fullDescription", text(rule.why, else: rule.title.isEmpty ? rule.id : rule.title)),
      (
        "help",
        .members([("text", .string(help.isEmpty ? rule.id : help)), ("markdown", markdown.map { .string($0) })])
      ),
      ("helpUri", rule.documentation.map { .string($0) }),
      ("defaultConfiguration", .object([("level", .string(Self.level(rule.severity)))])),
      ("properties", properties(rule)),
    ])
  }

  /// `dependency-cycle` as `DependencyCycle`, the form SARIF asks of a name.
  private static func name(_ id: String) -> String {
    id.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }

  private func text(_ text: String, else other: String) -> JSONValue {
    let chosen = text.isEmpty ? other : text
    let short =
      chosen.unicodeScalars.count > Self.maximumDescription
      ? String(String.UnicodeScalarView(chosen.unicodeScalars.prefix(Self.maximumDescription - 1))) + "…" : chosen
    return .object([("text", .string(short))])
  }

  private func properties(_ rule: RuleDescription) -> JSONValue {
    var tags = rule.chapter.isEmpty ? [] : [rule.chapter.lowercased()]
    for tag in rule.tags where !tags.contains(tag) { tags.append(tag) }
    return .members([
      ("tags", .strings(Array(tags.prefix(Self.maximumTags)))),
      ("precision", .string(rule.precision.rawValue)),
      ("problem.severity", .string(rule.severity == .info ? "recommendation" : rule.severity.rawValue)),
      ("security-severity", rule.securitySeverity.map { .string($0) }),
    ])
  }
}
