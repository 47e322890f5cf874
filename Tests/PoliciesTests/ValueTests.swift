import Policies
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("prod-*", "prod-us", true), ("prod-*", "staging", false), ("prod-*", "prod-", true),
    ("apps/*", "apps/web", true), ("apps/*", "apps/web/api", false), ("apps/**", "apps/web/api", true),
    ("apps/**", "apps", false), ("**/deploy", "deploy", true), ("**/deploy", "a/b/deploy", true),
    ("**/deploy", "a/mydeploy", false), ("a/**/z", "a/z", true), ("a/**/z", "a/b/c/z", true),
    ("HelmRelease/apps/*", "HelmRelease/apps/web", true), ("HelmRelease/*", "HelmRelease/apps/web", false),
    ("https://git.example.com/payments/*", "https://git.example.com/payments/deploy", true),
    ("https://git.example.com/payments/*", "https://git.example.com/risk/deploy", false),
    ("?", "é", true), ("??", "é", false), ("*", "", true), ("", "", true), ("", "a", false), ("a.c", "abc", false),
  ])
  func matches(_ pattern: String, _ text: String, _ wanted: Bool) {
    #expect(Glob(pattern).matches(text) == wanted, "\(pattern) on \(text)")
  }

  /// A pattern that makes backtracking matchers take for ever.
  @Test func takesNoExponentialTime() {
    let pattern = Glob(String(repeating: "*a", count: 40) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 4_000)))
  }
}

@Suite struct CalendarDateTests {
  @Test(arguments: ["2026-01-31", "2024-02-29", "2000-02-29", "2026-12-01"])
  func readsDays(_ text: String) {
    #expect(CalendarDate(text)?.description == text)
  }

  @Test(arguments: [
    "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "20260101", "", "tomorrow",
  ])
  func refusesWhatTheCalendarDoesNotHave(_ text: String) {
    #expect(CalendarDate(text) == nil)
  }

  @Test func ordersDays() throws {
    let days = try ["2026-12-01", "2027-01-01", "2026-02-28"].map { try #require(CalendarDate($0)) }.sorted()
    #expect(days.map(\.description) == ["2026-02-28", "2026-12-01", "2027-01-01"])
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("dependency-cylce", "dependency-cycle"), ("pack", "packs"), ("enviroments", "environments"), ("xyz", nil),
    ("", nil),
  ])
  func findsWhatWasMeant(_ word: String, _ wanted: String?) {
    let candidates = ["dependency-cycle", "dependency-not-found", "packs", "environments", "tenants"]
    #expect(Suggestion.nearest(to: word, among: candidates) == wanted)
  }
}
