import Foundation
import Glibc
import Testing

/// Directories whose entries are no plain files with plain names.
@Suite struct HostileDirectoryTests {
  private func repository(_ texts: [String: String] = [:]) throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: apps, namespace: flux-system}
      spec: {interval: 10m, path: ./apps, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
      """, to: "clusters/dev/apps.yaml")
    try scratch.write(settings("settings"), to: "apps/settings.yaml")
    for (path, text) in texts { try scratch.write(text, to: path) }
    return scratch
  }

  private func settings(_ name: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name), namespace: apps}\n"
  }

  private func link(_ path: String, to target: String, in scratch: ScratchDirectory) throws {
    try FileManager.default.createSymbolicLink(
      atPath: scratch.url.appendingPathComponent(path).path, withDestinationPath: target)
  }

  @Test func aLinkOutOfTheRepositoryIsNotFollowed() throws {
    let scratch = try repository(["apps/kustomization.yaml": "resources: [hosts.yaml]\n"])
    try link("apps/hosts.yaml", to: "/etc/hosts", in: scratch)
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("no file 'apps/hosts.yaml'"), "\(run.output)")
    #expect(!run.output.contains("127.0.0.1"))
  }

  @Test func linksInACircleLeadNowhere() throws {
    let scratch = try repository(["apps/kustomization.yaml": "resources: [settings.yaml, a.yaml]\n"])
    try link("apps/a.yaml", to: "b.yaml", in: scratch)
    try link("apps/b.yaml", to: "a.yaml", in: scratch)
    try link("apps/self", to: ".", in: scratch)
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("no file 'apps/a.yaml'"), "\(run.output)")
  }

  @Test func aPipeIsNotRead() throws {
    let scratch = try repository(["apps/kustomization.yaml": "resources: [pipe.yaml]\n"])
    #expect(mkfifo(scratch.url.appendingPathComponent("apps/pipe.yaml").path, 0o644) == 0)
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("no file 'apps/pipe.yaml'"), "\(run.output)")
  }

  @Test(arguments: [
    ("new\nline.yaml", #"new\nline.yaml"#), ("tab\t.yaml", "tab .yaml"),
    ("esc\u{1B}[31m.yaml", #"esc\u{1b}[31m.yaml"#),
    ("co:lon.yaml", "co:lon.yaml"), ("per%cent%2e.yaml", "per%cent%2e.yaml"), ("emoji😀.yaml", "emoji😀.yaml"),
    ("quote\"'.yaml", "quote\"'.yaml"), ("\u{202E}lmay.yaml", #"\u{202e}lmay.yaml"#),
  ]) func anOddName(_ name: String, _ shown: String) throws {
    let scratch = try repository(["apps/\(name)": "a: [\n"])
    let run = try Program.run(["check", "--rule", "yaml-invalid"], in: scratch.url)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains(" --> apps/\(shown):2:1"), "\(run.output)")
    for format in ["json", "sarif", "junit", "gitlab", "github", "markdown"] {
      let other = try Program.run(["check", "--rule", "yaml-invalid", "--format", format], in: scratch.url)
      #expect(other.status == 1)
      #expect(!other.output.utf8.contains(0x1B), "\(format) writes an escape sequence")
    }
  }

  @Test func aNameThatIsNotTextIsAGap() throws {
    let scratch = try repository()
    let bytes =
      Array(scratch.url.appendingPathComponent("apps/").path.utf8) + Array("/bad".utf8) + [0xFF] + Array(".yaml".utf8)
    let file = open(bytes.map { CChar(bitPattern: $0) } + [0], O_CREAT | O_WRONLY, 0o644)
    #expect(file >= 0)
    close(file)
    let run = try Program.run(["check", "--rule", "yaml-invalid", "--strict"], in: scratch.url)
    #expect(run.status == 3, "\(run.output)\(run.errors)")
    #expect(run.output.contains("its name is not UTF-8"), "\(run.output)")
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func aDirectoryWithoutPermissionIsAGap() throws {
    let scratch = try repository(["apps/closed/settings.yaml": settings("other")])
    let closed = scratch.url.appendingPathComponent("apps/closed").path
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: closed)
    defer { try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: closed) }
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 1, "\(run.output)\(run.errors)")
    #expect(run.output.contains("cannot read 'apps/closed': permission denied"), "\(run.output)")
  }

  @Test func readersThatGoAwayAreNoError() throws {
    let scratch = try repository(["apps/bad.yaml": "a: [\n"])
    let command = "'\(Program.executable.path)' check --fail-on never | true; echo ${PIPESTATUS[0]}"
    let run = try Program.run(
      URL(fileURLWithPath: "/bin/bash"), ["-c", command], in: scratch.url, environment: [:])
    #expect(run.output == "0\n", "\(run.output)\(run.errors)")
    #expect(run.errors.isEmpty, "\(run.errors)")
  }

  @Test func aReportThatCannotBeWrittenIsAnError() throws {
    let scratch = try repository()
    let run = try Program.run(["check", "--format", "json=missing/out.json"], in: scratch.url)
    #expect(run.status == 2)
    #expect(run.errors.contains("cannot write 'missing/out.json': No such file or directory"), "\(run.errors)")
    let device = try Program.run(["check", "--format", "json=/proc/out.json"], in: scratch.url)
    #expect(device.status == 2)
    #expect(device.errors.contains("cannot write '/proc/out.json'"), "\(device.errors)")
  }
}

/// What a command that analyses must never do.
@Suite struct ConfinementTests {
  private static let strace = "/usr/bin/strace"

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: strace), "strace is not installed"))
  func checkingUsesNoNetworkAndStartsNoProgram() throws {
    let log = FileManager.default.temporaryDirectory.appendingPathComponent("sluice-\(UUID().uuidString).strace")
    defer { try? FileManager.default.removeItem(at: log) }
    let arguments = [
      "-f", "-e", "trace=network,execve", "-o", log.path, Program.executable.path, "check", "testdata/platform",
    ]
    let run = try Program.run(
      URL(fileURLWithPath: Self.strace), arguments, in: Repository.root, environment: [:])
    #expect(run.output.contains("analysed"), "\(run.output)\(run.errors)")
    let calls = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").filter { $0.contains("(") }
    #expect(calls.count == 1, "\(calls)")
    #expect(calls.first?.contains("execve(\"\(Program.executable.path)\"") == true, "\(calls)")
  }
}
