import Rules
import TestSupport
import Testing

/// The table that tells which question of a design review which rule answers.
@Suite struct DesignReviewTests {
  private struct Row {
    var question: String
    var rules: [String]
    var commands: [String]
  }

  private func rows() throws -> [Row] {
    let lines = try Repository.text("docs/design-review.md").split(separator: "\n").filter { $0.hasPrefix("| ") }
    return lines.dropFirst().map { line in
      let cells = line.split(separator: "|").map(String.init)
      return Row(question: cells[0], rules: Self.codes(in: cells[1]), commands: Self.codes(in: cells[2]))
    }
  }

  private static func codes(in cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
      .map { String($0.element) }
  }

  @Test func everyRuleExists() throws {
    let ids = Set(Rule.catalogue.map(\.id))
    for row in try rows() {
      #expect(!row.rules.isEmpty, "\(row.question)")
      #expect(row.rules.filter { !ids.contains($0) } == [], "\(row.question)")
    }
  }

  @Test func everyCommandExists() throws {
    let commands: Set = ["check", "render", "graph", "trace"]
    for command in try rows().flatMap(\.commands) {
      let words = command.split(separator: " ")
      #expect(words.first == "sluice" && words.count > 1 && commands.contains(String(words[1])), "\(command)")
    }
  }

  @Test func everyQuestionIsAnswered() throws {
    #expect(try rows().count == 20)
  }
}
