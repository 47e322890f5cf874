import Foundation
import Testing

/// What people and pipelines see: output, exit status, and what happens with bad input.
@Suite struct CommandLineTests {
  /// A repository with one cluster and one mistake: a dependency that is not there.
  private func faulty() throws -> ScratchDirectory {
    let scratch = try ScratchDirectory()
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: apps
        namespace: flux-system
      spec:
        interval: 10m
        path: ./apps
        prune: true
        dependsOn:
          - name: infra
        sourceRef:
          kind: GitRepository
          name: flux-system
      """, to: "clusters/dev/apps.yaml")
    try scratch.write(
      """
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: settings
        namespace: apps
      data:
        colour: blue
      """, to: "apps/settings.yaml")
    return scratch
  }

  @Test func aFindingIsStatusOneAndPointsAtItsLine() throws {
    let scratch = try faulty()
    let run = try Program.run(["check", "--rule", "dependency-not-found"], in: scratch.url)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("clusters/dev/apps.yaml:11:13"), "\(run.output)")
    #expect(run.output.contains("dependency-not-found"))
    #expect(!run.output.contains("\u{1B}["), "no colours without a terminal")
  }

  @Test func failOnDecidesTheStatus() throws {
    let scratch = try faulty()
    let run = try Program.run(["check", "--rule", "dependency-not-found", "--fail-on", "never"], in: scratch.url)
    #expect(run.status == 0)
    #expect(run.output.contains("dependency-not-found"))
  }

  @Test func theStatusIsTheSameForEveryFormat() throws {
    let scratch = try faulty()
    for format in ["text", "json", "sarif", "junit", "junit-gitlab", "gitlab", "github", "markdown"] {
      let run = try Program.run(["check", "--rule", "dependency-not-found", "--format", format], in: scratch.url)
      #expect(run.status == 1, "\(format): \(run.errors)")
      #expect(!run.output.isEmpty)
    }
  }

  @Test func severalReportsComeFromOneRun() throws {
    let scratch = try faulty()
    let run = try Program.run(
      ["check", "--format", "text", "--format", "sarif=out.sarif", "--format", "junit=junit.xml"], in: scratch.url)
    #expect(run.status == 1)
    for file in ["out.sarif", "junit.xml"] {
      #expect(FileManager.default.fileExists(atPath: scratch.url.appendingPathComponent(file).path))
    }
  }

  @Test func wrongUsageIsStatusTwo() throws {
    let scratch = try faulty()
    #expect(try Program.run(["check", "--no-such-flag"], in: scratch.url).status == 2)
    #expect(try Program.run(["check", "--rule", "dependency-cicle"], in: scratch.url).status == 2)
    #expect(try Program.run(["check", "--format", "pdf"], in: scratch.url).status == 2)
    let unknown = try Program.run(["explain", "dependency-cicle"], in: scratch.url)
    #expect(unknown.status == 2)
    #expect(unknown.errors.contains("did you mean 'dependency-cycle'"))
  }

  @Test func aConfigurationThatDoesNotHoldIsStatusTwo() throws {
    let scratch = try faulty()
    try scratch.write("version: 1\nenviroments: []\n", to: ".sluice.yaml")
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 2)
    #expect(run.errors.contains(".sluice.yaml:2:1"), "\(run.errors)")
    #expect(run.errors.contains("environments"))
  }

  @Test func nothingToCheckIsStatusThree() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("kind: Service\napiVersion: v1\n", to: "web.yaml")
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 3)
    #expect(run.errors.contains("no cluster found"))
  }

  @Test func aPathThatIsNotThereIsStatusTwo() throws {
    let scratch = try ScratchDirectory()
    let run = try Program.run(["check", "nowhere"], in: scratch.url)
    #expect(run.status == 2)
    #expect(run.errors.contains("nowhere"))
  }

  @Test func theBytesAreTheSameHoweverItRuns() throws {
    let scratch = try faulty()
    let formats = ["json", "sarif"]
    for format in formats {
      let one = try Program.run(["check", scratch.url.path, "-j", "1", "--format", format])
      let two = try Program.run(["check", ".", "-j", "2", "--format", format], in: scratch.url)
      let other = try Program.run(
        ["check", scratch.url.path, "--format", format], in: URL(fileURLWithPath: "/"),
        environment: ["LC_ALL": "tr_TR.UTF-8"])
      #expect(one.output == two.output)
      #expect(one.output == other.output)
    }
  }

  @Test func rendersWhatFluxWouldApply() throws {
    let scratch = try faulty()
    let run = try Program.run(["render", "--kustomization", "flux-system/apps"], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("kind: ConfigMap"))
    #expect(run.output.contains("colour: blue"))
  }

  @Test func rendersInventories() throws {
    let scratch = try faulty()
    let run = try Program.run(["render", "--inventory", "--kustomization", "flux-system/apps"], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("- id: apps_settings__ConfigMap\n  stage: 4\n  v: v1\n"))
    #expect(run.output.contains("reconciler: Kustomization/flux-system/apps\n"))
  }

  @Test func rendersSeveralClustersAsOneStream() throws {
    let scratch = try ScratchDirectory()
    for cluster in ["blue", "green"] {
      try scratch.write(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(cluster), namespace: apps}\n", to: "\(cluster)/map.yaml")
    }
    try scratch.write(
      "entryPoints: [{cluster: blue, path: blue}, {cluster: green, path: green}]\n", to: ".sluice.yaml")
    let run = try Program.run(["render"], in: scratch.url)
    #expect(run.status == 0, "\(run.errors)")
    let documents = run.output.components(separatedBy: "---\n")
    #expect(documents.contains { $0.contains("name: blue") && !$0.contains("name: green") }, "\(run.output)")
  }

  @Test func initWritesAConfigurationThatHolds() throws {
    let scratch = try faulty()
    #expect(try Program.run(["init"], in: scratch.url).status == 0)
    let run = try Program.run(["check"], in: scratch.url)
    #expect(run.status == 1, "\(run.errors)")
    let again = try Program.run(["init"], in: scratch.url)
    #expect(again.status == 2)
    #expect(again.errors.contains("is there already"))
  }

  @Test func aConfigurationThatCannotBeReadIsNotNone() throws {
    let scratch = try faulty()
    try scratch.write("packs: [production]\n", to: ".sluice.yml")
    let named = try Program.run(["check"], in: scratch.url)
    #expect(named.status == 2 && named.errors.contains("the configuration is called .sluice.yaml"), "\(named.errors)")
    try FileManager.default.createDirectory(
      at: scratch.url.appendingPathComponent(".sluice.yaml"), withIntermediateDirectories: false)
    let folder = try Program.run(["check"], in: scratch.url)
    #expect(folder.status == 2 && folder.errors.contains("the configuration cannot be read"), "\(folder.errors)")
  }

  /// A Kustomization of the whole repository without a kustomization file takes in every YAML file.
  @Test func initTellsWhereTheConfigurationWouldBeTakenForAManifest() throws {
    let scratch = try ScratchDirectory()
    try scratch.write(
      """
      apiVersion: source.toolkit.fluxcd.io/v1
      kind: GitRepository
      metadata: {name: flux-system, namespace: flux-system}
      spec: {interval: 1m, url: "https://git.example.com/fleet", ref: {branch: main}}
      ---
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: flux-system, namespace: flux-system}
      spec: {interval: 10m, path: ./, prune: true, sourceRef: {kind: GitRepository, name: flux-system}}
      """, to: "flux-system/gotk-sync.yaml")
    let run = try Program.run(["init"], in: scratch.url)
    #expect(run.errors.contains("add `/.sluice.yaml` to .sourceignore"), "\(run.errors)")
    #expect(try Program.run(["config", "verify"], in: scratch.url).status == 2)
    try scratch.write("/.sluice.yaml\n", to: ".sourceignore")
    #expect(try Program.run(["config", "verify"], in: scratch.url).status == 0)
  }

  @Test func aBaselineLeavesOutWhatIsKnown() throws {
    let scratch = try faulty()
    #expect(try Program.run(["baseline", "create"], in: scratch.url).status == 0)
    let known = try Program.run(["check", "--baseline", ".sluice-baseline.json"], in: scratch.url)
    #expect(known.status == 0, "\(known.output)\(known.errors)")
    try scratch.write(
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata: {name: web, namespace: flux-system}
      spec:
        interval: 10m
        path: ./apps
        prune: true
        sourceRef: {kind: GitRepository, name: nowhere}
      """, to: "clusters/dev/web.yaml")
    let new = try Program.run(["check", "--baseline", ".sluice-baseline.json"], in: scratch.url)
    #expect(new.status == 1)
    #expect(new.output.contains("source-not-found"), "\(new.output)")
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent("clusters/dev/apps.yaml"))
    #expect(try Program.run(["baseline", "prune"], in: scratch.url).status == 0)
    let pruned = try String(contentsOf: scratch.url.appendingPathComponent(".sluice-baseline.json"), encoding: .utf8)
    #expect(!pruned.contains("dependency-not-found"))
  }

  @Test func aBaselineSurvivesAMoveAndARename() throws {
    let scratch = try faulty()
    #expect(try Program.run(["baseline", "create"], in: scratch.url).status == 0)
    let place = "clusters/dev/apps.yaml"
    let text = try String(contentsOf: scratch.url.appendingPathComponent(place), encoding: .utf8)
    try FileManager.default.removeItem(at: scratch.url.appendingPathComponent(place))
    try scratch.write("# Moved, and written otherwise.\n\n" + text, to: "clusters/dev/tenants/shop.yaml")
    let run = try Program.run(["check", "--baseline", ".sluice-baseline.json"], in: scratch.url)
    #expect(run.status == 0, "\(run.output)")
  }

  @Test func configVerifyTellsWhatIsWrongAndWhatHasNoEffect() throws {
    let scratch = try faulty()
    try scratch.write("version: 1\npaks: [recommended]\nrules:\n  dependency-cicle: off\n", to: ".sluice.yaml")
    let wrong = try Program.run(["config", "verify"], in: scratch.url)
    #expect(wrong.status == 2)
    #expect(wrong.output.contains(".sluice.yaml:2:1: unknown key 'paks' in the configuration; did you mean 'packs'?"))
    #expect(
      wrong.output.contains(
        ".sluice.yaml:4:3: unknown key 'dependency-cicle' in rules; did you mean 'dependency-cycle'?"))
    try scratch.write(
      """
      version: 1
      charts: [vendor/charts]
      """, to: ".sluice.yaml")
    for command in [["config", "verify"], ["check"]] {
      let lost = try Program.run(command, in: scratch.url)
      #expect(lost.status == 2)
      #expect((lost.output + lost.errors).contains(".sluice.yaml:2:10: charts: there is no folder 'vendor/charts'"))
    }
    try scratch.write(
      """
      packs: []
      environments:
        - {name: production, class: production, clusters: ["prod-*"]}
      """, to: ".sluice.yaml")
    let idle = try Program.run(["config", "verify"], in: scratch.url)
    #expect(idle.status == 0)
    #expect(idle.output.contains("environment 'production': no cluster fits 'prod-*'"))
    #expect(idle.output.contains(".sluice.yaml:1:8: no pack and no rule is on: nothing is ever found"))
    try scratch.write(
      """
      fluxVersion: "2.99"
      """, to: ".sluice.yaml")
    let newer = try Program.run(["config", "verify"], in: scratch.url)
    #expect(newer.status == 2)
    #expect(
      newer.output.contains(".sluice.yaml:1:14: fluxVersion '2.99' must be one that Sluice knows: 2.0 to 2.9"))
    try scratch.write(
      """
      suppressions:
        - {rule: dependency-cicle, reason: "on purpose"}
      """, to: ".sluice.yaml")
    let unknown = try Program.run(["config", "verify"], in: scratch.url)
    #expect(unknown.status == 0)
    #expect(unknown.output.contains("there is no rule 'dependency-cicle' to suppress; did you mean 'dependency-cycle'"))
    try scratch.write("- recommended\n", to: ".sluice.yaml")
    let list = try Program.run(["config", "verify"], in: scratch.url)
    #expect(list.output.contains("the configuration must be a mapping"), "\(list.output)")
    try scratch.write("version: 1\npacks: [recommended, production]\n", to: ".sluice.yaml")
    let good = try Program.run(["config", "verify"], in: scratch.url)
    #expect(good.status == 0, "\(good.output)")
    #expect(good.output.contains("packs         recommended, production"))
  }

  @Test func helpIsThereForEveryCommand() throws {
    for command in ["check", "render", "graph", "trace", "explain", "rules", "init"] {
      let run = try Program.run([command, "--help"])
      #expect(run.status == 0)
      #expect(run.output.contains("USAGE: sluice \(command)"), "\(run.output)")
    }
    #expect(try Program.run(["--version"]).output.hasPrefix("sluice "))
  }

  @Test func completesCommandsInShells() throws {
    for shell in ["bash", "zsh", "fish"] {
      let run = try Program.run(["--generate-completion-script", shell])
      #expect(run.status == 0)
      #expect(run.output.contains("sluice"))
    }
  }
}
