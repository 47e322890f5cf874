import Diagnostics
import Policies
import Testing
import YAML

@Suite struct SuppressionSyntaxTests {
  @Test(
    arguments: [
      ("dependency-cycle -- known", ["dependency-cycle"], "known", nil),
      ("a, b,c -- two  reasons (until 2027-01-31)", ["a", "b", "c"], "two reasons", "2027-01-31"),
      ("a -- b until: 2027-01-31", ["a"], "b", "2027-01-31"), ("a -- b until 2027-01-31", ["a"], "b", "2027-01-31"),
      ("a -- b (until: 2027-01-31)", ["a"], "b", "2027-01-31"),
      ("a -- b until tomorrow", ["a"], "b until tomorrow", nil),
      ("a -- b -- c", ["a"], "b -- c", nil), ("a -- (see ticket 7)", ["a"], "(see ticket 7)", nil),
    ] as [(String, [String], String, String?)])
  func reads(_ text: String, _ rules: [String], _ reason: String, _ until: String?) throws {
    let statement = try SuppressionSyntax.read(text)
    #expect(statement.rules == rules && statement.reason == reason && statement.until?.description == until)
  }

  @Test(arguments: [
    ("", SuppressionSyntax.Mistake.ruleMissing), ("a", .reasonMissing), ("a --", .reasonMissing),
    ("-- why", .ruleMissing), ("a b -- why", .badRule("a b")), ("A -- why", .badRule("A")),
    ("a -- why (until 2026-02-30)", .badDate("2026-02-30")), ("a -- (until 2027-01-31)", .reasonMissing),
    ("a -- why (until tomorrow)", .badDate("tomorrow")),
    ("a -- why until: 2027", .badDate("2027")),
    ("a -- (until 2027-01-31) why", .dayNotLast), ("a--why", .reasonMissing),
  ])
  func refuses(_ text: String, _ mistake: SuppressionSyntax.Mistake) {
    #expect(throws: mistake) { try SuppressionSyntax.read(text) }
  }
}

@Suite struct SuppressionCommentTests {
  private func found(_ text: String) throws -> [Result<Suppression, SuppressionProblem>] {
    let file = SourceFile(path: "a.yaml", text: text)
    return SuppressionComments.find(in: file, documents: try YAMLReader.read(file))
  }

  private func lines(_ text: String) throws -> [UInt32] {
    try found(text).flatMap { result -> [UInt32] in
      guard case .success(let found) = result, case .lines(_, let lines) = found.target else { return [] }
      return Array(lines)
    }
  }

  @Test(
    arguments: [
      ("a: 1 # sluice:ignore x -- y", [1]), ("# sluice:ignore x -- y\na: 1", [2]),
      ("# sluice:ignore x -- y\n# and more\na: 1", [3]), ("#sluice:ignore x -- y\r\na: 1\r\n", [2]),
      ("a: 'b # sluice:ignore x -- y'", []), ("a: b#sluice:ignore x -- y", []),
      ("a: |\n  # sluice:ignore x -- y\n  text\n# sluice:ignore x -- y\nb: 1", [3, 5]),
      ("a: >- # sluice:ignore x -- y\n  text\n  more\nb: 1", [1, 2, 3]),
      ("# sluice:ignore x -- y\na: |\n  text\nb: 1", [2, 3]), ("#\tsluice:ignore x -- y\na: 1", [2]),
      ("a: \"text\n  # sluice:ignore x -- y\n  text\"", []), ("# sluice:ignored x -- y\na: 1", []),
    ] as [(String, [UInt32])])
  func coverTheirLine(_ text: String, _ wanted: [UInt32]) throws {
    #expect(try lines(text) == wanted)
  }

  @Test(arguments: [
    ("a: 1 # sluice:ignore: x -- y", "sluice:ignore:"), ("# sluice:ignore[x] -- y", "sluice:ignore[x]"),
    ("# Sluice:Ignore x -- y", "Sluice:Ignore"), ("# sluice:ignore-file x -- y", "sluice:ignore-file"),
  ])
  func whatIsNotQuiteTheKeywordIsReported(_ text: String, _ word: String) throws {
    let problems = try found(text).compactMap { if case .failure(let problem) = $0 { problem.code } else { nil } }
    #expect(problems == [.malformed(.badKeyword(word))])
  }

  @Test(arguments: [
    ("data:\n  run.sh: |\n    # sluice:ignore x -- y\n    ls", true),
    ("patches:\n  - patch: |\n      # sluice:ignore x -- y\n      a: 1", false),
  ])
  func whatMayBeTextIsKnownAsThat(_ text: String, _ wanted: Bool) throws {
    #expect(try found(text).map { try $0.get().isPossiblyText } == [wanted])
  }
}

@Suite struct SuppressionSetTests {
  private let file = SourceFile(path: "apps/web.yaml", text: "")
  private let web = ObjectReference(
    apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", namespace: "apps", name: "web")

  private func place(_ line: UInt32) -> Location {
    let start = SourcePosition(line: line, column: 3)
    return Location(file: file, span: SourceSpan(start: start, end: SourcePosition(line: line, column: 9)))
  }

  private func finding(_ rule: String, line: UInt32, clusters: [String] = ["prod"]) -> Finding {
    Finding(
      rule: rule, severity: .error, message: "", help: "", location: place(line), object: web, clusters: clusters)
  }

  private func policy(today: String, isWhole: Bool = true) throws -> Policy {
    Policy(
      configuration: Configuration(),
      selection: Selection.resolve(Configuration(), signatures: testRules, available: testPacks).selection,
      signatures: testRules, today: try #require(CalendarDate(today)), isWhole: isWhole)
  }

  private func suppression(_ target: Suppression.Target, rule: String = "dependency-cycle", until: String? = nil)
    -> Suppression
  {
    Suppression(
      rules: [rule], reason: "known", until: until.flatMap { CalendarDate($0) }, target: target, location: place(1))
  }

  @Test(arguments: [
    (Suppression.Target.lines(path: "apps/web.yaml", 4...4), true), (.lines(path: "apps/web.yaml", 5...5), false),
    (.lines(path: "apps/api.yaml", 4...4), false),
    (.matching(object: Glob("HelmRelease/apps/*"), path: nil), true),
    (.matching(object: nil, path: Glob("apps/**")), true),
    (.matching(object: Glob("HelmRelease/apps/*"), path: Glob("infra/**")), false),
    (
      .object(
        ObjectReference(
          apiVersion: "helm.toolkit.fluxcd.io/v2beta2", kind: "HelmRelease", namespace: "apps", name: "web"),
        cluster: "prod"), true
    ),
    (
      .object(
        ObjectReference(apiVersion: "apps/v1", kind: "HelmRelease", namespace: "apps", name: "web"), cluster: "prod"),
      false
    ),
  ])
  func coverWhatTheySay(_ target: Suppression.Target, _ wanted: Bool) throws {
    var set = SuppressionSet()
    set.add(suppression(target))
    let (found, problems) = set.apply(to: [finding("dependency-cycle", line: 4)], try policy(today: "2026-01-01"))
    #expect((found[0].suppression != nil) == wanted)
    #expect(problems.isEmpty == wanted)
  }

  @Test func anotherRuleIsNotCovered() throws {
    var set = SuppressionSet()
    set.add(suppression(.lines(path: "apps/web.yaml", 4...4)))
    let (found, _) = set.apply(to: [finding("chart-version-unpinned", line: 4)], try policy(today: "2026-01-01"))
    #expect(found[0].suppression == nil)
  }

  @Test(arguments: [("2026-05-31", true), ("2026-06-01", false)])
  func lastsThroughItsLastDay(_ today: String, _ holds: Bool) throws {
    var set = SuppressionSet()
    set.add(suppression(.lines(path: "apps/web.yaml", 4...4), until: "2026-05-31"))
    let (found, problems) = set.apply(to: [finding("dependency-cycle", line: 4)], try policy(today: today))
    #expect((found[0].suppression != nil) == holds)
    #expect(problems.isEmpty == holds)
  }

  @Test func whatFitsNothingIsReportedInAWholeRunOnly() throws {
    var set = SuppressionSet()
    set.add(suppression(.lines(path: "apps/web.yaml", 4...4)))
    set.add(suppression(.lines(path: "apps/web.yaml", 4...4)))
    set.add(suppression(.lines(path: "apps/web.yaml", 4...4), rule: "source-unused"))
    let whole = set.apply(to: [], try policy(today: "2026-01-01")).problems
    #expect(whole.map(\.code) == [.unused(rules: ["dependency-cycle"])])
    #expect(set.apply(to: [], try policy(today: "2026-01-01", isWhole: false)).problems.isEmpty)
  }

  /// Each covers all of the block; what that costs may not grow with its lines.
  @Test(.timeLimit(.minutes(1))) func manyCommentsOverALongBlockAreCheap() throws {
    var set = SuppressionSet()
    for line in UInt32(1)...2000 {
      var one = suppression(.lines(path: "apps/web.yaml", 3000...4_000_000))
      one.location = place(line)
      set.add(one)
    }
    let (found, _) = set.apply(to: [finding("dependency-cycle", line: 3500)], try policy(today: "2026-01-01"))
    #expect(found[0].suppression != nil)
  }

  @Test func aStatementForSeveralObjectsIsUsedWhereItServesOne() throws {
    var set = SuppressionSet()
    var other = web
    other.name = "api"
    for object in [web, other] { set.add(annotation: "dependency-cycle -- why", of: object, in: "prod", at: place(2)) }
    #expect(set.apply(to: [finding("dependency-cycle", line: 4)], try policy(today: "2026-01-01")).problems.isEmpty)
  }

  @Test func anAnnotationInOneClusterAcceptsNothingInAnother() throws {
    var set = SuppressionSet()
    set.add(annotation: "dependency-cycle -- why", of: web, in: "prod", at: place(2))
    let both = finding("dependency-cycle", line: 4, clusters: ["prod", "staging"])
    let (found, problems) = set.apply(to: [both], try policy(today: "2026-01-01"))
    #expect(found.map(\.clusters) == [["staging"]] && found[0].suppression == nil)
    #expect(problems.isEmpty)
  }

  @Test func unknownRulesAreReportedWithTheNearest() throws {
    var set = SuppressionSet()
    set.add(annotation: "dependency-cylce -- why\nno reason", of: web, in: "prod", at: place(1))
    let problems = set.apply(to: [], try policy(today: "2026-01-01")).problems
    #expect(
      problems.map(\.code) == [
        .malformed(.reasonMissing), .unknownRule("dependency-cylce", suggestion: "dependency-cycle"),
      ])
  }
}
