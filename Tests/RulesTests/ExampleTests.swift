import ClusterModel
import Diagnostics
import Rules
import TestSupport
import Testing

@Suite struct ExampleTests {
  @Test(arguments: Rule.catalogue.map(\.id))
  func everyRuleHasBadAndGoodExamples(_ id: String) throws {
    let page = try LiteratePage(Repository.text("testdata/rules/\(id).md"))
    #expect(page.title == id)
    #expect(page.examples.contains { !$0.isGood } && page.examples.contains(where: \.isGood))
    for example in page.examples {
      #expect(example.title.hasPrefix(example.isGood ? "Good:" : "Bad:"), "\(example.title)")
    }
  }

  @Test(arguments: Rule.catalogue.map(\.id))
  func examplesBehaveAsMarked(_ id: String) throws {
    let page = try LiteratePage(Repository.text("testdata/rules/\(id).md"))
    var report = "# \(id)\n"
    for example in page.examples {
      let found = try findings(in: example, of: id)
      report += "\n## \(example.title)\n\n" + found.map(\.story).joined()
      let wanted = example.expectations
      #expect(found.count == wanted.count, "\(example.title):\n\(found.map(\.story).joined())")
      for expectation in wanted {
        #expect(
          found.contains(where: expectation.fits), "\(example.title): \(expectation)\n\(found.map(\.story).joined())")
      }
    }
    try expectGolden(report, at: "testdata/goldens/rules/\(id).txt")
  }

  private func findings(in example: LiterateExample, of id: String) throws -> [Finding] {
    let rules = Set(example.expectations.map(\.rule) + [id])
    let policy = try policy(example.files[".sluice.yaml"], extra: Array(rules))
    let model = try exampleModel(example, policy)
    return RulesTests.findings(model, policy).filter { rules.contains($0.rule) && $0.suppression == nil }
  }
}

extension LiterateExpectation {
  fileprivate func fits(_ finding: Finding) -> Bool {
    finding.rule == rule && finding.location.file.path == path && Int(finding.location.span.start.line) == line
      && finding.message.contains(message) && (text.map { $0 == finding.location.text } ?? true)
  }
}

extension Location {
  /// The text that the location covers.
  var text: String {
    let lines = String(decoding: file.bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    var covered = ""
    for number in span.start.line...max(span.start.line, span.end.line) where Int(number) <= lines.count {
      let line = Array(lines[Int(number) - 1].unicodeScalars)
      let first = number == span.start.line ? Int(span.start.column) - 1 : 0
      let last = number == span.end.line ? Int(span.end.column) - 1 : line.count
      var part = String.UnicodeScalarView()
      part.append(contentsOf: line[min(first, line.count)..<min(max(first, last), line.count)])
      covered += (number == span.start.line ? "" : "\n") + String(part)
    }
    return covered
  }
}

extension Finding {
  /// The finding as a reader of a report gets to know it.
  fileprivate var story: String {
    var text = "\(location): \(severity.rawValue) [\(rule)] \(message)\n"
    if !location.text.isEmpty { text += "  at: \(location.text)\n" }
    for place in related { text += "  \(place.location): \(place.message)\n" }
    if let object { text += "  object: \(object)\n" }
    text += "  clusters: \(clusters.joined(separator: ", "))\n  help: \(help)\n"
    return text
  }
}
