import Testing
import Versions

@Suite struct ConstraintTests {
  @Test func versionsAreOrderedAsSemVerSays() throws {
    let texts = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
    ]
    let versions = try texts.map { try Version($0) }
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
    let constraint = try Constraint(range)
    #expect(constraint.allows(try Version(version)) == isIn)
  }

  @Test(arguments: ["", "latest", "1.2.3.4", ">=1.2<2", "1.2 ||", "^^1", "1.2.3-", "1.2 -1.4 -"])
  func otherTextsAreNoRange(_ text: String) {
    #expect(throws: VersionError.self) { try Constraint(text) }
  }
}
