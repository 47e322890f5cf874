import Diagnostics
import Policies
import Testing

@testable import Rules

@Suite struct FindingMergerTests {
  private let file = SourceFile(path: "base/web.yaml", bytes: Array("a: 1\n".utf8))

  @Test func howFarAFactReachesInAClusterMakesNoOtherFindingOfIt() {
    let findings = merged([("dev", draft("x takes from y", ", as 3 more do")), ("live", draft("x takes from y", ""))])
    #expect(findings.map(\.message) == ["x takes from y, as 3 more do"])
    #expect(findings.map(\.clusters) == [["dev", "live"]])
  }

  @Test func whatElseOneClusterHasToTellIsToldAlong() {
    let places = [RelatedLocation("a prunes", at: place(2)), RelatedLocation("b prunes", at: place(4))]
    let findings = merged([
      ("hub", draft("Flux deletes x as soon as", " a drops it", [places[0]])),
      ("hub", draft("Flux deletes x as soon as", " b drops it", [places[1]])),
    ])
    #expect(findings.map(\.related) == [places])
  }

  @Test func anotherFactIsAnotherFinding() {
    #expect(merged([("dev", draft("x is wrong", "")), ("dev", draft("x is late", ""))]).count == 2)
  }

  private func merged(_ drafts: [(String, Draft)]) -> [Finding] {
    var merger = FindingMerger()
    for (cluster, draft) in drafts {
      merger.add(SettledDraft(draft, Selection.Activation(severity: .error)), of: .yamlInvalid, in: cluster)
    }
    return merger.findings
  }

  private func draft(_ fact: String, _ extent: String, _ related: [RelatedLocation] = []) -> Draft {
    Draft(
      message: Message(fact, extent: extent), location: place(1), related: related, object: nil, field: "spec",
      severity: nil, clusters: [])
  }

  private func place(_ column: UInt32) -> Location {
    let position = SourcePosition(line: 1, column: column)
    return Location(file: file, span: SourceSpan(start: position, end: position))
  }
}
