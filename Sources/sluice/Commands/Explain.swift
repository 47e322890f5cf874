import ArgumentParser
import Diagnostics
import Policies
import Rules

/// `sluice explain`
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a rule: what it finds, why that matters, what to do, what can be set.")

  @Argument(help: "The id of the rule, such as dependency-cycle.")
  var rule: String

  func run() throws {
    guard let found = Rule.named(rule) else {
      let nearest = Suggestion.nearest(to: rule, among: Rule.catalogue.map(\.id))
      let hint = nearest.map { "; did you mean '\($0)'?" } ?? "; `sluice rules` lists them"
      throw UsageFailure(message: "there is no rule '\(rule)'\(hint)")
    }
    let packs = Pack.builtIn.filter { pack in pack.entries.contains { $0.rule == found.id } }.map(\.name)
    Console.write(
      """
      \(found.id)
        chapter   \(found.chapter.rawValue)
        severity  \(found.severity.rawValue)
        packs     \(packs.isEmpty ? "none" : packs.joined(separator: ", "))

      \(found.helpMarkdown)
      """)
  }
}
