import Pattern
import Testing

@Suite struct MatchingTests {
  /// Pattern, subject, template, result of Go's ReplaceAllString.
  static let replacements: [(String, String, String, String)] = [
    ("a(x*)b", "-ab-axxb-", "$1", "--xx-"),
    ("a(x*)b", "-ab-axxb-", "${1}W", "-W-xxW-"),
    ("a(x*)b", "-ab-axxb-", "$1W", "---"),
    ("a(?P<n>x*)b", "-axxb-", "<$n>", "-<xx>-"),
    ("b", "abc", "$$1", "a$1c"),
    ("b", "abc", "[${", "a[${c"),
    ("b", "abc", "$", "a$c"),
    ("b*", "abc", "x", "xaxcx"),
    ("", "äb", "-", "-ä-b-"),
    ("(?m)^", "a\nb", "> ", "> a\n> b"),
    ("x", "abc", "y", "abc"),
    ("(a)|(b)", "ab", "[$1$2]", "[a][b]"),
    ("b", "abc", "$01", "ac"),
  ]

  @Test(arguments: replacements)
  func replacesAsGoDoes(_ source: String, _ subject: String, _ template: String, _ want: String) throws {
    #expect(try Pattern(source).replaceAll(in: subject, with: template) == want)
  }

  @Test func replacesLiterally() throws {
    #expect(try Pattern("b+").replaceAll(in: "abbc", withLiteral: "$1") == "a$1c")
  }

  @Test(arguments: [
    ("a*", "baac", [0..<0, 1..<3, 4..<4]),
    ("", "äb", [0..<0, 2..<2, 3..<3]),
    ("[a-z]+", "ab 1 cd", [0..<2, 5..<7]),
    ("x", "", []),
  ])
  func findsAll(_ source: String, _ subject: String, _ want: [Range<Int>]) throws {
    #expect(try Pattern(source).allMatches(in: subject).map(\.range) == want)
  }

  @Test func stopsAtTheLimitOfMatches() throws {
    #expect(try Pattern("a").allMatches(in: "aaaa", limit: 2).map(\.range) == [0..<1, 1..<2])
  }

  @Test(arguments: [
    ("a|ab", "ab", true), ("a", "ab", false), ("b", "ab", false), ("a.*", "a\n", false), ("", "", true),
  ])
  func matchesTheWhole(_ source: String, _ subject: String, _ want: Bool) throws {
    #expect(try Pattern(source).matchesWhole(subject) == want)
  }

  @Test func survivesBytesThatAreNoText() throws {
    #expect(try Pattern("b+").firstMatch(in: [0xFF, 0x62, 0x62, 0xC3])?.range == 1..<3)
    #expect(try Pattern("").allMatches(in: [0xFF, 0xC3]).count == 3)
  }

  @Test func givesUpOnExponentialBacktracking() throws {
    let hostile = String(repeating: "a", count: 60) + "!"
    let error = #expect(throws: PatternError.self) { _ = try Pattern("(a+)+$").firstMatch(in: hostile) }
    #expect(error?.code == .matchLimit)
  }

  @Test func givesUpOnMemory() throws {
    let pattern = try Pattern("(a|b)*c", limits: MatchLimits(steps: .max, kibibytes: 64))
    let subject = String(repeating: "ab", count: 50_000) + "!c"
    let error = #expect(throws: PatternError.self) { _ = try pattern.firstMatch(in: subject) }
    #expect(error?.code == .heapLimit)
  }

  @Test(arguments: [Pattern.nestingLimit + 1, 100_000])
  func refusesDeepNesting(_ depth: Int) {
    let source = String(repeating: "(", count: depth) + String(repeating: ")", count: depth)
    let error = #expect(throws: PatternError.self) { _ = try Pattern(source) }
    #expect(error?.code == .tooDeep)
  }

  @Test func isSharedBetweenTasks() async throws {
    let pattern = try Pattern("(\\d+)-(\\d+)")
    let counts = await withTaskGroup(of: Int.self) { group in
      for number in 0..<8 {
        group.addTask { (try? pattern.allMatches(in: "1-2 3-4 \(number)-9").count) ?? 0 }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(counts == Array(repeating: 3, count: 8))
  }
}
