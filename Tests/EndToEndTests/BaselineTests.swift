import Analysis
import Diagnostics
import Testing

@Suite struct BaselineTests {
  private func finding(_ path: String, rule: String = "image-tag-mutable", _ fingerprint: String = "f") -> Finding {
    Finding(
      rule: rule, severity: .error, message: "", help: "",
      location: Location(file: SourceFile(path: path, text: "a: 1\n")), fingerprint: fingerprint)
  }

  /// A cluster that is added beside another, whose files come first in the report.
  @Test func whatStandsWhereItStoodIsKnownBeforeWhatIsLikeIt() {
    let known = Baseline(of: [finding("clusters/prod/apps.yaml")])
    let findings = [finding("clusters/prod-b/apps.yaml"), finding("clusters/prod/apps.yaml")]
    let marked = OnlyNew.marked(findings, known: known)
    #expect(marked.map(\.baseline) == [.new, .unchanged])
  }

  @Test func whatHasMovedIsKnown() {
    let known = Baseline(of: [finding("a/x.yaml"), finding("b/x.yaml")])
    let marked = OnlyNew.marked([finding("c/x.yaml"), finding("b/x.yaml"), finding("d/x.yaml")], known: known)
    #expect(marked.map(\.baseline) == [.unchanged, .unchanged, .new])
  }

  @Test func pruningDropsWhatIsGoneAndKeepsWhatNobodyLookedFor() {
    let baseline = Baseline(of: [
      finding("a.yaml"), finding("a.yaml"), finding("b.yaml", "gone"), finding("c.yaml", rule: "force-enabled", "g"),
    ])
    let pruned = baseline.pruned(to: [finding("moved.yaml")]) { $0 != "force-enabled" }
    #expect(pruned.entries.map(\.fingerprint) == ["f", "g"] && pruned.count == 2)
  }

  @Test func updatingKeepsWhatNobodyLookedFor() {
    let baseline = Baseline(of: [finding("a.yaml"), finding("c.yaml", rule: "force-enabled", "g")])
    let updated = baseline.updated(to: [finding("a.yaml", "new")]) { $0 != "force-enabled" }
    #expect(updated.entries.map(\.fingerprint) == ["new", "g"])
  }

  @Test(arguments: [
    ("{\"version\": 2, \"findings\": []}", "has version 2, and this program reads version 1"),
    ("# notes", "this is no baseline"), ("[1]", "this is no baseline"),
    ("{\"version\": 1, \"findings\": [{\"count\": 1}]}", "an entry needs a fingerprint and a count"),
    ("{\"version\": 1, \"findings\": [{\"fingerprint\": \"f\", \"count\": 9223372036854775807}]}", "a count from 1 to"),
  ])
  func saysWhyAFileIsNone(_ text: String, _ message: String) throws {
    let error = #expect(throws: BaselineError.self) {
      try Baseline(reading: SourceFile(path: "baseline.json", text: text))
    }
    #expect(error?.message.contains(message) == true)
  }
}
