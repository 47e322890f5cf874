import Foundation
import Testing

/// The files that users copy into their pipelines: read by the programs that will read them, where those are installed
/// (`make test` puts them on the PATH).
@Suite struct CIExamplesTests {
  @Test(
    .enabled(if: Tool.isInstalled("check-jsonschema"), "check-jsonschema is not installed"),
    arguments: [
      ("vendor.github-workflows", "ci-examples/github/sluice.yml"),
      ("vendor.gitlab-ci", "ci-examples/gitlab/.gitlab-ci.yml"),
    ])
  func holdsBeforeItsSchema(_ schema: String, _ path: String) throws {
    let run = try Tool.run("check-jsonschema", ["--builtin-schema", schema, path], in: Repository.root)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(.enabled(if: Tool.isInstalled("pre-commit"), "pre-commit is not installed"))
  func theHooksAreAValidManifest() throws {
    let run = try Tool.run("pre-commit", ["validate-manifest", ".pre-commit-hooks.yaml"], in: Repository.root)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    let example = try Tool.run(
      "pre-commit", ["validate-config", "ci-examples/pre-commit/.pre-commit-config.yaml"], in: Repository.root)
    #expect(example.status == 0, "\(example.output)\(example.errors)")
  }

  /// A commit in a repository that uses the hook: pre-commit runs the built program and stops the commit at a finding.
  @Test(.enabled(if: Tool.isInstalled("pre-commit") && Tool.isInstalled("git"), "pre-commit or git is not installed"))
  func preCommitRunsTheHook() throws {
    let scratch = try ScratchDirectory()
    let hooks = try Repository.text(".pre-commit-hooks.yaml")
    try scratch.write(hooks, to: "hooks/.pre-commit-hooks.yaml")
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec:
        interval: 10m
        path: ./apps
        prune: true
        dependsOn: [{name: infra}]
        sourceRef: {kind: GitRepository, name: flux-system}
      """, to: "fleet/clusters/dev/apps.yaml")
    try scratch.write(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: apps}\n", to: "fleet/apps/a.yaml")
    let (hookRepository, fleet) = (
      scratch.url.appendingPathComponent("hooks"), scratch.url.appendingPathComponent("fleet")
    )
    for directory in [hookRepository, fleet] {
      _ = try Tool.run("git", ["init", "-q"], in: directory)
      _ = try Tool.run("git", ["add", "-A"], in: directory)
      let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.com"]
      _ = try Tool.run("git", identity + ["commit", "-q", "-m", "Start"], in: directory)
    }
    let run = try Tool.run(
      "pre-commit", ["try-repo", hookRepository.path, "sluice", "--all-files"], in: fleet,
      environment: ["PRE_COMMIT_HOME": scratch.url.appendingPathComponent("cache").path])
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("dependency-not-found"), "\(run.output)\(run.errors)")
  }

  /// Every option and format that an example names exists.
  @Test(arguments: [
    "ci-examples/github/sluice.yml", "ci-examples/gitlab/.gitlab-ci.yml", "ci-examples/jenkins/Jenkinsfile",
    "ci-examples/pre-commit/.pre-commit-config.yaml", "README.md",
  ]) func namesRealOptions(_ path: String) throws {
    let help =
      try Program.run(["check", "--help"]).output + (try Program.run(["render", "--help"]).output)
      + (try Program.run(["graph", "--help"]).output) + (try Program.run(["--help"]).output)
    for line in try Repository.text(path).split(separator: "\n") where line.contains("sluice ") {
      for word in line.split(whereSeparator: { " `\"'[]()=,".contains($0) })
      where word.hasPrefix("--") && word.count > 2 {
        #expect(help.contains(word), "\(path) names \(word): \(line)")
      }
    }
  }
}

/// Programs of others, as they are found on the PATH of the tests.
enum Tool {
  private static var searchPath: [String] {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return [Repository.root.appendingPathComponent(".venv/bin").path] + path.split(separator: ":").map(String.init)
  }

  private static func find(_ name: String) -> String? {
    searchPath.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  static func isInstalled(_ name: String) -> Bool {
    find(name) != nil
  }

  static func run(
    _ name: String, _ arguments: [String], in directory: URL, environment: [String: String] = [:]
  ) throws -> Program.Run {
    let executable = try #require(find(name))
    // The program under test is found before any other of its name.
    let path = ([Program.executable.deletingLastPathComponent().path] + searchPath).joined(separator: ":")
    // No configuration of git's lies there.
    let home = FileManager.default.temporaryDirectory.path
    return try Program.run(
      URL(fileURLWithPath: executable), arguments, in: directory,
      environment: ["PATH": path, "HOME": home, "GIT_CONFIG_NOSYSTEM": "1"].merging(environment) { $1 })
  }
}
