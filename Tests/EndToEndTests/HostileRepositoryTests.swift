import Foundation
import Testing

/// Files that somebody has made to do harm end with a clear error, quickly.
@Suite struct HostileRepositoryTests {
  /// What a release build must take less than a second for; tests run as debug builds on busy machines.
  private static let patience = Duration.seconds(60)

  /// A repository that harms, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var files: [String: String]
    /// What the report says.
    var message: String
    /// Where; a part of the line under the message.
    var place: String

    var testDescription: String { name }
  }

  private static let kustomization = """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: apps, namespace: flux-system}
    spec:
      interval: 10m
      path: ./apps
      prune: true
      sourceRef: {kind: GitRepository, name: flux-system}

    """

  private static let settings = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings, namespace: apps}
    data: {colour: blue}

    """

  private static func repository(adding texts: [String: String]) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(kustomization, to: "clusters/dev/apps.yaml")
    for (path, text) in texts { try scratch.write(text, to: path) }
    return scratch
  }

  private static func check(_ scratch: ScratchDirectory) throws -> Program.Run {
    let start = ContinuousClock.now
    let run = try Program.run(["check"], in: scratch.url)
    #expect(ContinuousClock.now - start < patience)
    return run
  }

  // MARK: Files that ask too much

  private static let bomb =
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + (1..<12).map { level in
      "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }.joined()

  private static let documents: [Case] = [
    Case(
      name: "aliases that multiply", files: ["apps/bomb.yaml": bomb], message: "aliases expand", place: "apps/bomb.yaml"
    ),
    Case(
      name: "a hundred thousand brackets", files: ["apps/deep.yaml": String(repeating: "[", count: 100_000)],
      message: "nested", place: "apps/deep.yaml"),
    Case(
      name: "a NUL byte", files: ["apps/nul.yaml": "a: b\u{0}c\n"], message: "control characters",
      place: "apps/nul.yaml:1:5"),
  ]

  private static func patched(_ lines: String) -> [String: String] {
    ["apps/settings.yaml": settings, "apps/kustomization.yaml": "resources: [settings.yaml]\n" + lines]
  }

  private static let kustomizations: [Case] = [
    Case(
      name: "kustomizations in a circle",
      files: ["apps/kustomization.yaml": "resources: [../b]\n", "b/kustomization.yaml": "resources: [../apps]\n"],
      message: "cycle detected", place: "b/kustomization.yaml:1:13"),
    Case(
      name: "two thousand bases, each on the next",
      files: Dictionary(
        uniqueKeysWithValues: (0..<2_000).map { level in
          ((level == 0 ? "apps" : "b\(level)") + "/kustomization.yaml", "resources: [../b\(level + 1)]\n")
        }), message: "more than 100 levels deep", place: "b99/kustomization.yaml:1:13"),
    Case(
      name: "two bases on each level, each on the next two",
      files: doublingBases, message: "visits more than 10000 directories", place: "/kustomization.yaml:"),
    Case(
      name: "a prefix from three thousand components",
      files: patched("components:\n" + String(repeating: "- ../prefix\n", count: 3_000)).merging(
        ["prefix/kustomization.yaml": "kind: Component\nnamePrefix: \(String(repeating: "p", count: 5_000))\n"]) { $1 },
      message: "a name of more than 16384 bytes", place: "prefix/kustomization.yaml"),
    Case(
      name: "a selector that backtracks",
      files: [
        "apps/settings.yaml": settings.replacingOccurrences(
          of: "settings", with: String(repeating: "a", count: 200) + "!"),
        "apps/kustomization.yaml": """
        resources: [settings.yaml]
        patches:
        - target: {kind: ConfigMap, name: "(a+)+$"}
          patch: '[{"op": "add", "path": "/data/x", "value": "y"}]'
        """,
      ], message: "match takes too many steps", place: "apps/kustomization.yaml:3:11"),
    Case(
      name: "a patch that copies an object into itself",
      files: patched(
        "patches:\n- target: {kind: ConfigMap}\n  patch: |-\n"
          + (0..<60).map { "    - {op: copy, from: /data, path: /data/c\($0)}\n" }.joined()),
      message: "copied until they are larger", place: "apps/kustomization.yaml:"),
    Case(
      name: "replacements that put a value into itself",
      files: patched(
        "replacements:\n"
          + (0..<60).map { number in
            """
            - source: {kind: ConfigMap, name: settings, fieldPath: data}
              targets: [{select: {kind: ConfigMap}, fieldPaths: [data.c\(number)], options: {create: true}}]

            """
          }.joined()), message: "copied until they are larger", place: "apps/"),
  ]

  /// A tree of bases that doubles with each level; each has a prefix of its own, so that no two objects meet.
  private static var doublingBases: [String: String] {
    var files = ["apps/kustomization.yaml": "resources: [../b1, ../c1]\n"]
    for level in 1...40 {
      for name in ["b", "c"] {
        files["\(name)\(level)/kustomization.yaml"] =
          level == 40 ? "namespace: apps\n" : "resources: [../b\(level + 1), ../c\(level + 1)]\n"
      }
    }
    return files
  }

  @Test(arguments: documents + kustomizations) func asksTooMuch(_ one: Case) throws {
    let scratch = try Self.repository(adding: one.files)
    let run = try Self.check(scratch)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains(one.message), "\(run.output.prefix(2_000))")
    #expect(run.output.contains(" --> \(one.place)") || run.output.contains(one.place), "\(run.output.prefix(2_000))")
  }

  // MARK: Variables

  private static func substituting(_ value: String, into files: [String: String]) throws -> ScratchDirectory {
    let scratch = try repository(adding: files)
    try scratch.write(
      kustomization + "  postBuild: {substituteFrom: [{kind: ConfigMap, name: variables}]}\n",
      to: "clusters/dev/apps.yaml")
    try scratch.write(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: variables, namespace: flux-system}
      data: {a: '\(value)'}
      """, to: "clusters/dev/variables.yaml")
    return scratch
  }

  private static let long = String(repeating: "x", count: 10_000_000)

  @Test func aLongValueUsedAThousandTimesInOneText() throws {
    let text = settings(String(repeating: "${a}", count: 1_000))
    let run = try Self.check(try Self.substituting(Self.long, into: ["apps/settings.yaml": text]))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("variable substitution failed: the result is longer than 4194304 bytes"))
    #expect(run.output.contains(" --> apps/settings.yaml:4:16"), "\(run.output.prefix(1_000))")
    #expect(run.output.utf8.count < 10_000, "a report does not repeat long lines")
  }

  @Test func aLongValueInAThousandFields() throws {
    let fields = (0..<1_000).map { "  v\($0): '${a}'\n" }.joined()
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: apps}\ndata:\n\(fields)"
    let run = try Self.check(try Self.substituting(Self.long, into: ["apps/settings.yaml": text]))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("the result is longer than 4194304 bytes"))
    #expect(run.output.contains(" --> apps/settings.yaml:5:7"), "\(run.output.prefix(1_000))")
  }

  @Test func aLongValueInAThousandObjects() throws {
    let value = String(repeating: "x", count: 1_000_000)
    let text = (0..<1_000).map {
      settings("${a}").replacingOccurrences(of: "name: settings", with: "name: s\($0)")
    }.joined(separator: "---\n")
    let run = try Self.check(try Self.substituting(value, into: ["apps/settings.yaml": text]))
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("after substitution the objects of the build are longer than 33554432 bytes"))
  }

  @Test func aVariableIsNotExpandedAgain() throws {
    let scratch = try Self.substituting("${a}${a}", into: ["apps/settings.yaml": Self.settings("${a}")])
    let run = try Program.run(["render", "--kustomization", "flux-system/apps"], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("colour: ${a}${a}"), "\(run.output)")
  }

  private static func settings(_ value: String) -> String {
    settings.replacingOccurrences(of: "blue", with: "'\(value)'")
  }

  private func settings(_ value: String) -> String { Self.settings(value) }

  // MARK: Values of releases

  @Test func aliasesThatMultiplyInTheValuesOfARelease() throws {
    let values = Self.bomb.split(separator: "\n").map { "    \($0)\n" }.joined()
    let release = """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: HelmRepository
      metadata: {name: charts, namespace: apps}
      spec: {interval: 1h, url: https://charts.example.com}
      ---
      apiVersion: helm.toolkit.fluxcd.io/v2
      kind: HelmRelease
      metadata: {name: web, namespace: apps}
      spec:
        interval: 1h
        chart: {spec: {chart: web, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
        valuesFrom: [{kind: ConfigMap, name: values}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: values, namespace: apps}
      data:
        values.yaml: |

      """
    let run = try Self.check(try Self.repository(adding: ["apps/web.yaml": release + values]))
    #expect(run.status <= 1, "\(run.errors)")
    #expect(run.output.contains("1 HelmRelease"), "\(run.output)")
  }

  // MARK: Size

  @Test func tenThousandDocumentsInOneFile() throws {
    let namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n---\n"
    let text =
      namespace
      + (0..<9_999).map {
        Self.settings.replacingOccurrences(of: "name: settings", with: "name: s\($0)")
      }.joined(separator: "---\n")
    let run = try Self.check(try Self.repository(adding: ["apps/settings.yaml": text]))
    #expect(run.status == 0, "\(run.output.prefix(1_000))\(run.errors)")
    #expect(run.output.contains("10003 objects"), "\(run.output.suffix(1_000))")
  }
}
