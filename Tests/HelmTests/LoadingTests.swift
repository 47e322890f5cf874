import ArchiveSamples
import Diagnostics
import Files
import Testing

@testable import Helm

@Suite struct LoadingTests {
  @Test(arguments: [
    ("*.bak", ["a.bak", "x/b.bak"]), ("x/", ["x/b.bak", "x/y/c.txt"]), ("/top.txt", ["top.txt"]),
    ("x/*.bak", ["x/b.bak"]),
    ("# comment", []), ("y", ["x/y/c.txt"]), ("?op.txt", ["top.txt"]), ("[t-z]op.txt", ["top.txt"]),
  ])
  func helmignore(_ rule: String, _ ignored: [String]) throws {
    let all = ["a.bak", "top.txt", "x/b.bak", "x/y/c.txt"]
    var files = Dictionary(uniqueKeysWithValues: all.map { ($0, "text") })
    files[".helmignore"] = rule
    let names = Set(try chart(files).files.map(\.name))
    #expect(all.filter { !names.contains($0) } == ignored)
  }

  @Test func doubleStarsAreRefused() {
    #expect(complaint { _ = try chart([".helmignore": "a/**"]) } == "double-star (**) syntax is not supported")
  }

  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "d/a.txt", false), ("**.txt", "d/a.txt", true), ("d/*", "d/a", true),
    ("d/**", "d/e/f", true),
    ("{a,b}.txt", "b.txt", true), ("{a,{b,c}}.txt", "c.txt", true), ("[ab]?", "bx", true), ("[!a]x", "ax", false),
    ("a\\*", "a*", true),
    ("", "a", false),
  ])
  func globs(_ pattern: String, _ name: String, _ matches: Bool) {
    #expect(GlobPattern(pattern)?.matches(name) == matches)
  }

  /// A pattern that would take exponential time with plain backtracking.
  @Test func globsAreLinear() {
    let pattern = String(repeating: "*a", count: 40) + "b"
    #expect(GlobPattern(pattern)?.matches(String(repeating: "a", count: 5_000)) == false)
  }

  // MARK: Archives

  private func file(_ entries: [(String, String)]) -> SourceFile {
    SourceFile(path: "app-1.0.0.tgz", bytes: Archive.gzip(Archive.tar(entries)))
  }

  @Test func archives() throws {
    let chart = try ChartLoader.load(
      archive: file([
        ("app/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n"), ("app/templates/a.yaml", "kind: A\n"),
        ("app/charts/sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 2.0.0\n"),
      ]))
    #expect(chart.metadata.name == "app" && chart.subcharts.map(\.metadata.version) == ["2.0.0"])
    #expect(chart.templates.map(\.name) == ["templates/a.yaml"])
    #expect(chart.templates.map(\.source.path) == ["app-1.0.0.tgz/app/templates/a.yaml"])
  }

  @Test func archivesInArchivesShareOneBudget() throws {
    var budget = LoadBudget()
    try budget.take(files: LoadBudget.mostFiles, bytes: LoadBudget.mostBytes)
    #expect(throws: HelmError.self) { try budget.take(files: 1) }
    var other = LoadBudget()
    let inner = Archive.gzip(Archive.tar([("sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 2.0.0\n")]))
    let outer = SourceFile(path: "a.tgz", bytes: inner)
    _ = try ChartArchive.files(in: outer, &other)
    try other.take(files: LoadBudget.mostFiles - 1)
    #expect(throws: HelmError.self) { _ = try ChartArchive.files(in: outer, &other) }
  }

  @Test(arguments: [
    ("dependencies: [null]", "dependencies must not contain empty or null nodes"),
    ("maintainers: [{name: a}, null]", "maintainers must not contain empty or null nodes"),
  ])
  func emptyEntries(_ line: String, _ reason: String) {
    let file = "apiVersion: v2\nname: app\nversion: 1.0.0\n\(line)\n"
    #expect(complaint { _ = try chart(["Chart.yaml": file]) }?.hasSuffix(reason) == true)
  }

  @Test func archivesWithinCharts() throws {
    let inner = Archive.gzip(Archive.tar([("sub/Chart.yaml", "apiVersion: v2\nname: sub\nversion: 2.0.0\n")]))
    var tree = try MemoryTree(texts: ["app/Chart.yaml": "apiVersion: v2\nname: app\nversion: 1.0.0\n"])
    tree.insert(
      SourceFile(path: "app/charts/sub-2.0.0.tgz", bytes: inner), at: try RepoPath("app/charts/sub-2.0.0.tgz"))
    #expect(try ChartLoader.load(try RepoPath("app"), in: tree).subcharts.map(\.metadata.name) == ["sub"])
  }

  @Test(
    arguments: [
      ([("app/../../etc/passwd", "x")], "chart illegally references parent directory"),
      ([("app//etc/passwd", "x")], "chart illegally contains absolute paths"),
      ([("Chart.yaml", "x")], "chart yaml not in base directory"),
      ([("app", "x")], "chart illegally contains content outside the base directory: \"app\""),
      ([("app/c:/x", "x")], "chart contains illegally named files"),
      ([("app/a", "x")], "unable to detect chart version, no Chart.yaml found"),
      (
        [("app/big", String(repeating: "x", count: 6 << 20))],
        "decompressed chart file \"app/big\" is larger than the maximum file size 5242880"
      ),
    ] as [([(String, String)], String)])
  func hostileArchives(_ entries: [(String, String)], _ expected: String) {
    #expect(complaint { _ = try ChartLoader.load(archive: file(entries)) } == expected)
  }

  @Test func whatIsNoArchive() {
    let text = SourceFile(path: "values.yaml", text: "a: 1\n")
    #expect(
      complaint { _ = try ChartLoader.load(archive: text) }
        == "file 'values.yaml' seems to be a YAML file, but expected a gzipped archive")
    let broken = SourceFile(path: "a.tgz", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])
    #expect(complaint { _ = try ChartLoader.load(archive: broken) }?.hasPrefix("cannot read archive: ") == true)
  }

  @Test func chartsNestNoDeeperThanTheLimit() {
    var files: [String: String] = [:]
    var path = ""
    for level in 0...ChartBuilder.deepestNesting {
      files[path + "Chart.yaml"] = "apiVersion: v2\nname: c\(level)\nversion: 1.0.0\n"
      path += "charts/c/"
    }
    let text = complaint { _ = try chart(files) }
    #expect(text?.hasSuffix("charts nest deeper than \(ChartBuilder.deepestNesting) levels") == true, "\(text ?? "")")
  }

  @Test func chartsOfVersionOne() throws {
    let chart = try chart([
      "Chart.yaml": "name: app\nversion: 1.0.0\nappVersion: 2\n",
      "requirements.yaml": "dependencies:\n- {name: db, version: 1.x, repository: 'https://example.com'}\n",
    ])
    #expect(chart.metadata.apiVersion == "v1" && chart.metadata.appVersion == "2")
    #expect(chart.metadata.dependencies.map(\.name) == ["db"])
  }
}
