import Diagnostics
import Foundation
import Testing

@testable import Reports

@Suite struct LineHashTests {
  /// The values that GitHub's own implementation is tested with.
  @Test func agreesWithGitHub() {
    func hashes(_ text: String) -> [String] {
      let hashes = LineHashes(Array(text.utf8))
      return (1...100).compactMap { hashes.hash(ofLine: $0) }
    }
    #expect(hashes("") == ["c129715d7a2bc9a3:1"])
    #expect(
      hashes(" a\nb\n  \t\tc\n d") == [
        "271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1",
      ])
    let lorem = hashes(String(repeating: "Lorem ipsum dolor sit amet.\n", count: 10))
    #expect(Array(lorem.prefix(7)) == (1...6).map { "a7f2ff13bc495cf2:\($0)" } + ["a7f2ff1481e87703:1"])
    #expect(lorem.count == 11, "the empty line at the end counts")
  }

  @Test func lineEndsMakeNoDifference() {
    let texts = ["a\nb\nc", "a\r\nb\r\nc", "a\rb\rc"].map { LineHashes(Array($0.utf8)) }
    for line in 1...3 { #expect(Set(texts.map { $0.hash(ofLine: line) }).count == 1) }
    #expect(texts[0].hash(ofLine: 0) == nil)
    #expect(texts[0].hash(ofLine: 4) == nil)
  }
}

@Suite struct SARIFTests {
  private func run(_ report: Report, _ options: RenderOptions = .init()) throws -> [String: Any] {
    let parsed = try JSONSerialization.jsonObject(with: Data(ReportFormat.sarif.render(report, options: options)))
    let top = try #require(parsed as? [String: Any])
    return try #require((top["runs"] as? [[String: Any]])?.first)
  }

  private func results(_ report: Report, _ options: RenderOptions = .init()) throws -> [[String: Any]] {
    try #require(run(report, options)["results"] as? [[String: Any]])
  }

  private func uri(_ result: [String: Any]) -> String? {
    let location = (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    return (location?["artifactLocation"] as? [String: Any])?["uri"] as? String
  }

  @Test(arguments: [
    ("apps/web.yaml", "apps/web.yaml"), ("a b%.yaml", "a%20b%25.yaml"), ("ö.yaml", "%C3%B6.yaml"),
    ("c:d#e?f", "c%3Ad%23e%3Ff"), ("a\nb[1]|<>\"\\^`{}", "a%0Ab%5B1%5D%7C%3C%3E%22%5C%5E%60%7B%7D"),
  ]) func pathsAreEncoded(_ path: String, _ encoded: String) {
    #expect(PercentEncoding.path(path) == encoded)
  }

  @Test func pathsCountFromTheRootOfTheRepository() throws {
    let report = Report(findings: [SampleReport.cycle], toolVersion: "1.0.0")
    for (root, uri) in [("", "clusters/prod/apps.yaml"), ("./fleet/", "fleet/clusters/prod/apps.yaml")] {
      #expect(try self.uri(results(report, RenderOptions(sourceRoot: root))[0]) == uri)
    }
  }

  @Test func columnsCountScalars() throws {
    let region = try #require(
      ((results(SampleReport.full)[1]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])?[
        "region"] as? [String: Int])
    #expect(region == ["startLine": 7, "startColumn": 9, "endLine": 7, "endColumn": 21])
    #expect(try run(SampleReport.full)["columnKind"] as? String == "unicodeCodePoints")
  }

  @Test func everyResultHasItsRule() throws {
    let run = try run(SampleReport.full)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(rules == rules.sorted())
    for result in try results(SampleReport.full) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
    }
  }

  @Test func suppressionsAndTheBaselineAreMarkedNotDropped() throws {
    let results = try results(SampleReport.full)
    #expect(results.count == SampleReport.full.findings.count)
    #expect(results.map { ($0["suppressions"] as? [Any])?.count } == [0, 0, 0, 0, 1, 0, 0])
    #expect(results.map { $0["baselineState"] as? String } == ["new", nil, nil, nil, nil, "unchanged", nil])
  }

  @Test func relatedPlacesAreLinkedAndFormAFlow() throws {
    let result = try results(SampleReport.full)[0]
    let message = try #require((result["message"] as? [String: Any])?["text"] as? String)
    #expect(message.contains("[clusters/prod/api.yaml:5:22](1)"))
    #expect((result["relatedLocations"] as? [[String: Any]])?.first?["id"] as? Int == 1)
    let flows = try #require((result["codeFlows"] as? [[String: Any]])?.first?["threadFlows"] as? [[String: Any]])
    #expect((flows.first?["locations"] as? [Any])?.count == 2)
  }

  @Test func textFromTheRepositoryMakesNoLinks() throws {
    var finding = SampleReport.cycle
    finding.message = "see [here](https://evil.example)"
    finding.related[0].message = "and [there](https://evil.example)"
    let bytes = ReportFormat.sarif.render(Report(findings: [finding], toolVersion: "1.0.0"))
    #expect(!bytes.text.contains("](https"))
  }

  @Test func gapsAreNotifications() throws {
    let invocations = try #require(run(SampleReport.full)["invocations"] as? [[String: Any]])
    let notes = try #require(invocations.first?["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notes.count == 2)
    #expect(invocations.first?["executionSuccessful"] as? Bool == true)
  }

  @Test func aCleanRunHasResultsAllTheSame() throws {
    #expect(try results(Report(toolVersion: "1.0.0")).isEmpty)
  }

  @Test func tooManyResultsAreCutByGravity() throws {
    var findings = Array(repeating: SampleReport.note, count: 5)
    findings.insert(SampleReport.injected, at: 2)
    findings.append(SampleReport.cycle)
    let report = Report(findings: findings, toolVersion: "1.0.0")
    let bytes = SARIFReport(report, RenderOptions(), maximumResults: 3).bytes()
    let ids = bytes.text.split(separator: "\n").filter { $0.contains("\"ruleId\"") }.map {
      $0.split(separator: "\"")[3]
    }
    #expect(ids == ["manifest-unreferenced", "name-invalid", "dependency-cycle"])
    #expect(bytes.text.contains("4 findings were left out"))
  }
}
