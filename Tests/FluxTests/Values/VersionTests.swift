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

  @Test func versionsAreOrderedAsSemVerSays() throws {
    let texts = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
    ]
    let versions = try texts.map { try #require(SemanticVersion($0)) }
    #expect(versions.shuffled().sorted() == versions)
  }

  @Test(arguments: [
    ("1.2.3", "1.2.3", true), ("1.2.3", "1.2.4", false), ("v1.2.3", "1.2.3", true), ("1.2", "1.2.9", true),
    ("~1.2.3", "1.2.9", true), ("~1.2.3", "1.3.0", false), ("~1", "1.9.0", true), ("~0.0.0", "9.9.9", true),
    ("^1.2.3", "1.9.0", true), ("^1.2.3", "2.0.0", false), ("^0.2.3", "0.2.9", true), ("^0.2.3", "0.3.0", false),
    ("^0.0.3", "0.0.4", false), ("^0", "0.9.0", true), (">1", "1.9.0", false), (">1", "2.0.0", true),
    ("<=1.2", "1.2.9", true), ("<=1.2", "1.3.0", false), (">=1.2, <2", "1.9.9", true), (">=1.2 <2", "2.0.0", false),
    ("1.2 - 1.4", "1.4.9", true), ("1.2 - 1.4", "1.5.0", false), ("1.x || 3.x", "3.1.0", true),
    ("1.x || 3.x", "2.0.0", false),
    ("*", "1.0.0", true), ("*", "1.0.0-rc.1", false), (">=0.0.1-0", "1.0.0-rc.1", true), ("!=1.2.x", "1.2.4", false),
    ("!=1.2.3", "1.2.4", true), (">=1.0.0-0 <2.0.0", "1.5.0-beta", true), ("~> 1.2.3", "1.2.5", true),
    ("=>1.2", "1.3.0", true),
  ])
  func rangesTakeWhatTheLibraryTakes(_ range: String, version: String, isIn: Bool) throws {
    let constraint = try #require(VersionConstraint(range))
    #expect(constraint.allows(try #require(SemanticVersion(version))) == isIn)
  }

  @Test(arguments: ["", "latest", "1.2.3.4", ">=1.2<2", "1.2 ||", "^^1", "1.2.3-", "1.2 -1.4 -"])
  func otherTextsAreNoRange(_ text: String) {
    #expect(VersionConstraint(text) == nil)
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
