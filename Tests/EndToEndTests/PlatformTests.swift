import Analysis
import Diagnostics
import Files
import Foundation
import Policies
import Reports
import Rules
import Testing
import Workers

/// The sample company's repository, as it is and with one fault planted at a time.
@Suite struct PlatformTests {
  private static let packs = ["recommended", "production", "multi-tenant", "regulated"]

  private static func findings(in files: [String: String]) throws -> [Finding] {
    var options = AnalysisOptions(today: try #require(CalendarDate("2026-11-21")))
    options.packs = packs
    let workers = Workers(jobs: 2)
    let workspace = try Workspace.load(try MemoryTree(texts: files), workers: workers)
    let analysis = try Analysis(of: workspace, options: options, workers: workers)
    return analysis.report(toolVersion: "test", workers: workers).findings.filter(\.isActive)
  }

  private static func line(_ finding: Finding) -> String {
    let object = finding.object?.description ?? "-"
    return "\(finding.severity.rawValue) \(finding.rule) \(finding.location) \(object)"
  }

  /// A fault can break rules of later versions too.
  private static func isOfAKnownRule(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    return words.count > 1 && Rule.named(String(words[1])) != nil
  }

  @Test func isCleanUnderEveryPack() throws {
    let found = try Self.findings(in: Repository.texts(below: "testdata/platform"))
    #expect(found.isEmpty, "\(found.map { "\(Self.line($0)): \($0.message)" }.joined(separator: "\n"))")
  }

  @Test(arguments: Rule.catalogue.map(\.id).filter { Repository.isDirectory("testdata/faults/\($0)") })
  func findsThePlantedFault(_ rule: String) throws {
    let diff = try UnifiedDiff(Repository.text("testdata/faults/\(rule)/fault.patch"))
    let files = try diff.apply(to: Repository.texts(below: "testdata/platform"))
    let wanted = try Repository.text("testdata/faults/\(rule)/expected.txt")
      .split(separator: "\n").map(String.init).filter(Self.isOfAKnownRule).sorted()
    let found = try Self.findings(in: files)
    #expect(
      found.map(Self.line).sorted() == wanted,
      "\(found.map { "\(Self.line($0)): \($0.message)" }.joined(separator: "\n"))")
  }

  /// Rules about the statements of suppressions are tested where those are.
  @Test func everyRuleHasAFault() {
    let missing = Rule.catalogue.filter { $0.chapter != .suppressions }.map(\.id)
      .filter { !Repository.isDirectory("testdata/faults/\($0)") }
    #expect(missing.isEmpty)
  }
}
