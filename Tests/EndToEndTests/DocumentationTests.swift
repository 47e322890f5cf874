import Foundation
import Testing

/// What the documentation shows is what the program prints.
@Suite struct DocumentationTests {
  /// A command of a page with what it is shown to print.
  struct Example: Sendable, CustomTestStringConvertible {
    var page: String
    var command: String
    var output: [String]

    var testDescription: String { "\(page): \(command)" }
  }

  /// The blocks of console output that begin with a run of the program.
  private static let examples: [Example] = {
    let pages = (try? FileManager.default.contentsOfDirectory(atPath: Repository.root.path + "/docs")) ?? []
    return pages.filter { $0.hasSuffix(".md") }.sorted().flatMap { examples(in: "docs/\($0)") }
  }()

  private static func examples(in page: String) -> [Example] {
    var found: [Example] = []
    var isInside = false
    for line in ((try? Repository.text(page)) ?? "").components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ sluice ") {
        found.append(Example(page: page, command: String(line.dropFirst("$ sluice ".count)), output: []))
      } else if isInside, !found.isEmpty {
        found[found.count - 1].output.append(line)
      }
    }
    return found
  }

  @Test func thereAreExamples() {
    #expect(
      Self.examples.contains { $0.page == "docs/trace.md" } && Self.examples.contains { $0.page == "docs/graph.md" })
  }

  /// A line `…` in a page stands for any number of lines.
  @Test(arguments: examples) func printsWhatThePageShows(_ example: Example) throws {
    let run = try Program.run(example.command.split(separator: " ").map(String.init))
    let printed = (run.output + run.errors).components(separatedBy: "\n")
    var next = 0
    var maySkip = false
    for line in example.output {
      if line.trimmingCharacters(in: .whitespaces) == "…" {
        maySkip = true
        continue
      }
      if maySkip { while next < printed.count, printed[next] != line { next += 1 } }
      maySkip = false
      guard next < printed.count, printed[next] == line else {
        Issue.record("the page shows: \(line)\nprinted: \(next < printed.count ? printed[next] : "nothing more")")
        return
      }
      next += 1
    }
    let rest = printed[next...].allSatisfy(\.isEmpty)
    #expect(maySkip || rest, "more is printed: \(printed[next...].joined(separator: "\n"))")
  }
}
