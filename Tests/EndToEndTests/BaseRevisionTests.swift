import Foundation
import Testing

/// `sluice check --base`: what a branch brings, read from the git database.
@Suite(.enabled(if: Tool.isInstalled("git"), "git is not installed"))
struct BaseRevisionTests {
  @Test func aDeletedFileBreaksWhatNeedsItElsewhere() throws {
    let fleet = try fleet()
    try FileManager.default.removeItem(at: fleet.url.appendingPathComponent("clusters/dev/infra.yaml"))
    let run = try Program.run(["check", "--base", "HEAD"], in: fleet.url)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("apps depends on Kustomization/flux-system/infra, which is not in the cluster"))
    #expect(!run.output.contains("from nowhere"), "what was wrong before is no news")
  }

  @Test func whatWasThereBeforeDoesNotCount() throws {
    let fleet = try fleet()
    try fleet.write("# a remark\n", to: "clusters/dev/notes.yaml")
    let run = try Program.run(["check", "--base", "HEAD"], in: fleet.url)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(run.output.contains("2 known"), "\(run.output)")
  }

  /// Both states are judged by the later configuration: a broken one can be mended, and a further pack is no flood.
  @Test(arguments: ["pakcs: [production]\n", "version: 1\n"])
  func theLaterConfigurationJudgesBoth(_ before: String) throws {
    let fleet = try fleet(configuration: before)
    try fleet.write("packs: [production]\n", to: ".sluice.yaml")
    let run = try Program.run(["check", "--base", "HEAD"], in: fleet.url)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test func whatIsWrongInAChangedConfigurationIsNew() throws {
    let fleet = try fleet(configuration: "version: 1\n")
    try fleet.write("suppressions: [{rule: force-enabled, reason: by hand}]\npacks: [production]\n", to: ".sluice.yaml")
    let run = try Program.run(["check", "--base", "HEAD", "--fail-on", "info"], in: fleet.url)
    #expect(run.status == 1 && run.output.contains("suppression-unused"), "\(run.output)\(run.errors)")
  }

  @Test(arguments: [
    ("origin/main", "git fetch origin main"), ("HEAD~7", "'HEAD~7' names no commit of this clone\n"),
    ("ma\u{1B}[31m", "\\u{1b}"),
  ])
  func aRevisionThatIsNotThereIsUsage(_ revision: String, _ words: String) throws {
    let fleet = try fleet()
    let run = try Program.run(["check", "--base", revision], in: fleet.url)
    #expect(run.status == 2 && run.errors.contains(words), "\(run.errors)")
    #expect(!run.errors.contains("\u{1B}"))
  }

  /// A clone without the contents of earlier commits, as `--filter=blob:none` makes it.
  @Test func aBaseThatCannotBeReadIsAnErrorAndNotAFloodOfNews() throws {
    let fleet = try fleet()
    let name = try git(["rev-parse", "HEAD:clusters/dev/infra.yaml"], fleet.url)
    try fleet.write(kustomization("infra", source: "flux-system"), to: "clusters/dev/infra.yaml")
    let object = name.trimmingCharacters(in: .whitespacesAndNewlines)
    let path = ".git/objects/\(object.prefix(2))/\(object.dropFirst(2))"
    try FileManager.default.removeItem(at: fleet.url.appendingPathComponent(path))
    let run = try Program.run(["check", "--base", "HEAD"], in: fleet.url)
    #expect(run.status == 2 && run.errors.contains("the base 'HEAD' cannot be read in full"), "\(run.errors)")
  }

  /// A repository with one fault in its first commit: a source that is not there.
  private func fleet(configuration: String? = nil) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(kustomization("infra", source: "nowhere"), to: "clusters/dev/infra.yaml")
    try scratch.write(
      kustomization("apps", source: "flux-system") + "  dependsOn: [{name: infra}]\n", to: "clusters/dev/apps.yaml")
    for folder in ["infra", "apps"] {
      try scratch.write(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: \(folder)}\n", to: "\(folder)/a.yaml")
    }
    if let configuration { try scratch.write(configuration, to: ".sluice.yaml") }
    try git(["init", "-q"], scratch.url)
    try git(["add", "-A"], scratch.url)
    try git(["-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "Start"], scratch.url)
    return scratch
  }

  private func kustomization(_ name: String, source: String) -> String {
    """
    apiVersion: kustomize.toolkit.fluxcd.io/v1
    kind: Kustomization
    metadata: {name: \(name), namespace: flux-system}
    spec:
      interval: 10m
      path: ./\(name)
      prune: true
      wait: true
      timeout: 5m
      sourceRef: {kind: GitRepository, name: \(source)}

    """
  }

  @discardableResult private func git(_ arguments: [String], _ directory: URL) throws -> String {
    let run = try Tool.run("git", arguments, in: directory)
    try #require(run.status == 0, "\(run.errors)")
    return run.output
  }
}
