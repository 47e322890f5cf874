import Diagnostics
import Policies

extension Rule {
  /// What a reader of a report needs to know of the rule in one run.
  public func description(in selection: Selection) -> RuleDescription {
    RuleDescription(
      id: id, chapter: chapter.rawValue, severity: selection.severity(of: id) ?? severity, title: title, why: why,
      remedy: remedy, helpMarkdown: helpMarkdown, tags: tags, precision: precision, securitySeverity: securitySeverity)
  }

  /// The rule as Markdown, without its examples: those are on its page in `docs/rules/`.
  public var helpMarkdown: String {
    var text = "**\(title)**\n\n\(why)\n\n**What to do:** \(remedy)\n"
    if !parameters.isEmpty {
      text += "\n| Parameter | Default | Meaning |\n|---|---|---|\n"
      for parameter in parameters {
        text += "| `\(parameter.name)` | `\(parameter.defaultValue.words)` | \(parameter.summary) |\n"
      }
    }
    return text
  }
}

extension ParameterValue {
  /// The value as the configuration would write it.
  public var words: String {
    switch self {
    case .boolean(let flag): flag ? "true" : "false"
    case .integer(let number): String(number)
    case .text(let text): text.isEmpty ? "\"\"" : text
    case .list(let items): "[\(items.joined(separator: ", "))]"
    case .table(let entries):
      "{\(entries.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
    }
  }
}
