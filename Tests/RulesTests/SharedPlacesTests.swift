import Diagnostics
import Rules
import Testing

@Suite struct SharedPlacesTests {
  private let file = SourceFile(path: "base/web.yaml", bytes: Array("interval: 1s\n".utf8))

  private func finding(_ name: String, _ message: String = "too short", clusters: [String] = ["prod"]) -> Finding {
    Finding(
      rule: "interval-out-of-range", severity: .warning, message: message, help: "", location: Location(file: file),
      object: ObjectReference(apiVersion: "v1", kind: "Widget", namespace: "apps", name: name), clusters: clusters)
  }

  @Test func onePlaceOfSeveralObjectsIsOneFinding() {
    let merged = SharedPlaces.merged([finding("a"), finding("b", clusters: ["dev"]), finding("c")])
    #expect(merged.count == 1)
    #expect(merged[0].message == "too short (the same for Widget/apps/b and Widget/apps/c)")
    #expect(merged[0].clusters == ["dev", "prod"])
  }

  @Test func twoThingsWrongWithOneObjectStayApart() {
    let merged = SharedPlaces.merged([finding("a"), finding("a", "too long"), finding("b")])
    #expect(merged.map(\.message) == ["too short (the same for Widget/apps/b)", "too long"])
  }

  @Test func anotherRuleIsAnotherFinding() {
    var other = finding("b")
    other.rule = "timeout-missing"
    #expect(SharedPlaces.merged([finding("a"), other]).count == 2)
  }
}
