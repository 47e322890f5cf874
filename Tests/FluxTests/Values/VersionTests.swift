import Flux
import Testing

@Suite struct VersionTests {
  @Test(arguments: [("2.9", 9), ("v2.9.4", 9), ("2.10.x", 10), ("v2.8.0-rc.1", 8)])
  func fluxVersionsAreReadInAllForms(_ text: String, minor: Int) {
    #expect(FluxVersion(text) == FluxVersion(minor: minor))
  }

  @Test(arguments: ["", "2", "latest", "2.x", "-2.1"])
  func otherTextsAreNoFluxVersion(_ text: String) {
    #expect(FluxVersion(text) == nil)
  }

  @Test(arguments: ["", "latest", "1.2.3.4", ">=1.2<2", "1.2 ||", "^^1", "1.2.3-", "1.2 -1.4 -"])
  func otherTextsHaveNoKind(_ text: String) {
    #expect(VersionConstraint.kind(of: text) == nil)
  }

  @Test(arguments: [
    ("1.2.3", VersionConstraintKind.exact), ("=v1.2.3", .exact), ("1.2.3-rc.1", .exact), (">=1.2.3 <=1.2.3", .exact),
    ("1.2.3 || 1.2.3", .exact), ("1.2", .patchRange), ("~1.2.3", .patchRange), ("1.2.x", .patchRange),
    ("^0.2.3", .patchRange),
    (">=1.2.0 <1.3.0", .patchRange), ("1.2.3 || 1.2.5", .patchRange), ("^0.0.3", .exact), ("1", .minorRange),
    ("^1.2.3", .minorRange), ("1.x", .minorRange), (">=1.2 <2.0.0", .minorRange), ("1.2 - 1.4", .minorRange),
    (">=1.0 <3.0", .majorRange), ("1.x || 2.x", .majorRange), ("<3", .majorRange), (">=1.2.3", .open), (">1", .open),
    ("!=1.2.3", .wildcard), ("*", .wildcard), ("x", .wildcard), (">=0.0.0", .wildcard), (">0.0.0-0", .wildcard),
  ])
  func rangesAreToldApartByTheirFreedom(_ range: String, kind: VersionConstraintKind) {
    #expect(VersionConstraint.kind(of: range) == kind)
  }
}
