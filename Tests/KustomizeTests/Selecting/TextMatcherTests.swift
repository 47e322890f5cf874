import Diagnostics
import Testing

@testable import Kustomize

/// What the fields of a selector match: plain texts, which need no expression compiled, as expressions would.
@Suite struct TextMatcherTests {
  @Test(arguments: [
    ("", "anything", true), ("apps", "apps", true), ("apps", "apps.io", false),
    ("apps.io", "apps.io", true), ("apps.io", "apps-io", true), ("apps.io", "appséio", true),
    ("apps.io", "apps\nio", false), ("apps.io", "appsio", false), ("apps.io", "apps.io.x", false),
    ("a..", "a.", false), (".*", "web", true), ("web|api", "api", true), ("web|api", "apis", false),
  ])
  func matches(_ wanted: String, _ text: String, _ isMatch: Bool) throws {
    let place = Location(file: SourceFile(path: "kustomization.yaml", bytes: []))
    #expect(try TextMatcher(wanted, at: place).matches(text) == isMatch)
  }
}
