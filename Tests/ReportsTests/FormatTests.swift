import Diagnostics
import Foundation
import Testing

@testable import Reports

@Suite struct FormatTests {
  private func many(_ count: Int, _ severity: Severity) -> [Finding] {
    (0..<count).map { number in
      var finding = SampleReport.note
      finding.severity = severity
      finding.message = "number \(number)"
      return finding
    }
  }

  @Test func gitHubGetsNoMoreThanItShows() {
    let findings = many(15, .error) + many(3, .warning) + many(12, .info)
    let text = ReportFormat.github.render(Report(findings: findings, toolVersion: "1")).text
    let lines = text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error") } == 10)
    #expect(lines.count { $0.hasPrefix("::warning") } == 3)
    #expect(lines.count { $0.hasPrefix("::notice") } == 10)
    #expect(lines.last == "::notice title=Sluice::and 8 more, which GitHub would not show here")
  }

  /// A hundred charts that are not at hand must not push the findings off the screen, but who fails for them sees all.
  @Test func textListsSomeGapsOfAKindAndAllWhereTheyFailTheRun() {
    let gaps = (0..<13).map { Gap(kind: "chart-unavailable", message: "chart \($0)", help: "pull chart \($0)") }
    let report = Report(gaps: gaps, toolVersion: "1")
    let text = ReportFormat.text.render(report).text
    #expect(text.contains("chart-unavailable (13)\n    chart 0\n"))
    let rest = "    and 3 more, which `--strict` and the other formats list\n"
    #expect(text.contains("    chart 9\n\(rest)    help: pull chart 0\n"))
    #expect(!text.contains("pull chart 10"))
    let strict = ReportFormat.text.render(report, options: RenderOptions(isStrict: true)).text
    #expect(strict.contains("    chart 12\n    help: pull chart 0\n") && strict.contains("pull chart 12"))
  }

  @Test func gitHubShowsNewOnesFirst() {
    var findings = many(12, .error)
    findings[11].baseline = .new
    let text = ReportFormat.github.render(Report(findings: findings, toolVersion: "1")).text
    #expect(text.split(separator: "\n").first?.contains("number 11%0A") == true)
  }

  @Test func theSchemaDescribesEveryMember() throws {
    let schema = try String(
      contentsOf: repositoryRoot.appendingPathComponent("docs/schemas/report-v1.json"), encoding: .utf8)
    var pending = [try JSONSerialization.jsonObject(with: Data(ReportFormat.json.render(SampleReport.full)))]
    var names: Set<String> = []
    while let next = pending.popLast() {
      if let members = next as? [String: Any] {
        names.formUnion(members.keys)
        pending += members.values
      }
      pending += next as? [Any] ?? []
    }
    for name in names.subtracting(SampleReport.gaps.map(\.kind)) { #expect(schema.contains("\"\(name)\""), "\(name)") }
  }

  @Test func gitHubTakesColumnsOfOneLineOnly() {
    var finding = SampleReport.cycle
    finding.location.span.end = SourcePosition(line: 12, column: 1)
    let text = ReportFormat.github.render(Report(findings: [finding], toolVersion: "1")).text
    #expect(text.contains("line=9,endLine=12,title="))
  }

  @Test func gitLabGetsEachFingerprintOnce() throws {
    let report = Report(findings: Array(repeating: SampleReport.cycle, count: 3), toolVersion: "1")
    let parsed = try JSONSerialization.jsonObject(with: Data(ReportFormat.gitlab.render(report)))
    let prints = try #require(parsed as? [[String: Any]]).compactMap { $0["fingerprint"] as? String }
    #expect(Set(prints).count == 3)
    #expect(prints[0] == Fingerprint.hex(SampleReport.cycle.fingerprint))
    #expect(Fingerprint.hex("") == "6c62272e07bb014262b821756295c58d", "the offset of FNV-1a")
    #expect(Fingerprint.hex("a") == "d228cb696f1a8caf78912b704e4a8964", "a published value")
  }

  @Test func aFindingFailsItsCaseFromTheGivenSeverityOn() {
    let report = Report(
      findings: many(1, .warning), summary: Summary(files: 1, bytes: 1, clusters: 1, objects: 1, rules: 1),
      toolVersion: "1")
    for (failOn, failures) in [(Severity.error, 0), (.warning, 1), (.info, 1), (nil, 0)] as [(Severity?, Int)] {
      let text = ReportFormat.junit.render(report, options: RenderOptions(failOn: failOn)).text
      #expect(text.contains("<testsuites name=\"sluice\" tests=\"1\" failures=\"\(failures)\""))
    }
  }

  @Test func aRunThatFoundNoClusterIsNoCleanOne() {
    let report = Report(findings: [], toolVersion: "1")
    let junit = ReportFormat.junit.render(report).text
    #expect(junit.contains("failures=\"1\"") && junit.contains("no cluster found: nothing was analysed"))
    #expect(ReportFormat.sarif.render(report).text.contains("\"executionSuccessful\": false"))
  }

  @Test func onlyOneDialectOfJUnitNamesFiles() {
    #expect(!ReportFormat.junit.render(SampleReport.full).text.contains(" file=\""))
    #expect(ReportFormat.junitGitlab.render(SampleReport.full).text.contains(" file=\"apps/web/secret.yaml\""))
  }

  @Test func junitHoldsNoLineNumbersInNames() {
    var moved = SampleReport.full
    for index in moved.findings.indices { moved.findings[index].location.span = SampleReport.span(1, 1, 2) }
    func names(_ report: Report) -> [Substring] {
      ReportFormat.junit.render(report).text.split(separator: "\n").filter { $0.contains("<testcase") }
    }
    #expect(names(moved) == names(SampleReport.full))
  }

  @Test func markdownStaysShortEnoughForAComment() {
    let report = Report(findings: many(5_000, .error), toolVersion: "1")
    let bytes = ReportFormat.markdown.render(report)
    #expect(bytes.count < 65_536)
    #expect(bytes.text.contains("more, which do not fit here"))
    #expect(bytes.text.hasSuffix("0 rules\n"))
  }

  @Test func coloursOnlyWhenAsked() {
    #expect(!ReportFormat.text.render(SampleReport.full).contains(0x1B))
    #expect(ReportFormat.text.render(SampleReport.full, options: RenderOptions(color: true)).contains(0x1B))
  }

  @Test func jsonKeepsWhatItSays() throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(ReportFormat.json.render(SampleReport.full)))
    let findings = try #require((parsed as? [String: Any])?["findings"] as? [[String: Any]])
    #expect(findings.map { $0["message"] as? String } == SampleReport.full.findings.map(\.message))
    #expect((findings[3]["location"] as? [String: Any])?["path"] as? String == SampleReport.hostile.path)
    #expect(findings.compactMap { $0["suppression"] }.count == 1)
  }
}
