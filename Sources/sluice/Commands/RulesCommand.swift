import ArgumentParser
import Diagnostics
import Rules
import YAML

/// `sluice rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rules", abstract: "List all rules.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Option(name: .long, help: "text, json or markdown.")
  var format: Format = .text

  func run() {
    switch format {
    case .text: Console.write(text)
    case .json: Console.write(json)
    case .markdown: Console.write(markdown)
    }
  }

  private var text: String {
    let width = Rule.catalogue.map(\.id.utf8.count).max() ?? 0
    return Rule.catalogue.map { rule in
      let padding = String(repeating: " ", count: width - rule.id.utf8.count)
      let severity = rule.severity.rawValue
      return
        "\(rule.id)\(padding)  \(severity)\(String(repeating: " ", count: 7 - severity.utf8.count))  \(rule.title)\n"
    }.joined()
  }

  private var json: String {
    let rules = Rule.catalogue.map { rule in
      "    {\"id\": \(quoted(rule.id)), \"chapter\": \(quoted(rule.chapter.rawValue)), "
        + "\"severity\": \(quoted(rule.severity.rawValue)), \"title\": \(quoted(rule.title)), "
        + "\"why\": \(quoted(rule.why)), \"remedy\": \(quoted(rule.remedy))}"
    }
    return "{\n  \"rules\": [\n\(rules.joined(separator: ",\n"))\n  ]\n}\n"
  }

  private var markdown: String {
    let rows = Rule.catalogue.map {
      "| `\($0.id)` | \($0.severity.rawValue) | \($0.chapter.rawValue) | \($0.title) |\n"
    }
    return "| Rule | Severity | Chapter | Finds |\n|---|---|---|---|\n" + rows.joined()
  }

  private func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONString.append(text, to: &bytes, escapesHTML: false)
    return String(decoding: bytes, as: UTF8.self)
  }
}
