import Diagnostics
import Reports

/// A made-up run over a made-up repository, with one of everything, and with names chosen by somebody who wants to
/// break out of the report.
enum SampleReport {
  static let apps = SourceFile(
    path: "clusters/prod/apps.yaml",
    text: """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: web
        namespace: flux-system
      spec:
        path: ./apps/wéb-🚀  # with an emoji before what counts
        dependsOn:
          - name: api
      """)

  static let api = SourceFile(
    path: "clusters/prod/api.yaml",
    text: """
      kind: Kustomization
      metadata:
        name: api
      spec:
        dependsOn: [{name: web}]
      """)

  static let secret = SourceFile(
    path: "apps/web/secret.yaml",
    text: """
      apiVersion: v1
      kind: Secret
      metadata:
        name: web
      stringData:
        password: correct-horse-battery-staple
      """)

  /// A name made to be read as a command, a path from another place, markup and more.
  static let hostile = SourceFile(
    path: "apps/a,b:c%d|e <f>`g`\n::error::h.yaml",
    text:
      "kind: ConfigMap\nname: \u{1B}[31mred\u{1B}[0m ::set-output name=x::y ##[error] \u{202E}txt.exe ]]> <script>\n")

  static func span(_ line: UInt32, _ column: UInt32, _ endColumn: UInt32) -> SourceSpan {
    SourceSpan(start: .init(line: line, column: column), end: .init(line: line, column: endColumn))
  }

  static let cycle = Finding(
    rule: "dependency-cycle", severity: .error,
    message: "Kustomization flux-system/web depends on itself through flux-system/api",
    help: "Remove one of the two dependencies",
    location: Location(file: apps, span: span(9, 13, 16)),
    related: [
      RelatedLocation("flux-system/api depends on flux-system/web", at: Location(file: api, span: span(5, 22, 25)))
    ],
    object: ObjectReference(
      apiVersion: "kustomize.toolkit.fluxcd.io/v1", kind: "Kustomization", namespace: "flux-system", name: "web"),
    clusters: ["prod", "staging"], fingerprint: "dependency-cycle Kustomization/flux-system/web spec.dependsOn",
    baseline: .new)

  static let path = Finding(
    rule: "path-not-found", severity: .error, message: "spec.path './apps/wéb-🚀' does not exist in the artifact",
    help: "Correct the path", location: Location(file: apps, span: span(7, 9, 21)), object: cycle.object,
    clusters: ["prod"], fingerprint: "path-not-found Kustomization/flux-system/web spec.path")

  static let plainSecret = Finding(
    rule: "secret-in-plain-text", severity: .warning, message: "Secret default/web holds a value in plain text",
    help: "Encrypt it with SOPS", location: Location(file: secret, span: span(6, 13, 41)),
    object: ObjectReference(apiVersion: "v1", kind: "Secret", namespace: "default", name: "web"), clusters: ["prod"],
    fingerprint: "secret-in-plain-text Secret/default/web stringData.password")

  static let injected = Finding(
    rule: "name-invalid", severity: .warning,
    message:
      "object \u{1B}[31m]]> <script>alert(1)</script> | @team #1 ](https://evil.example) ##[add-mask]x\n::error::pwned",
    help: "Choose a name of `a-z0-9-`\u{202E}", location: Location(file: hostile, span: span(2, 7, 40)),
    object: ObjectReference(
      apiVersion: "v1", kind: "ConfigMap", namespace: "", name: "\u{7}x\u{FFFF}<!--</code>\u{2028}"),
    clusters: ["prod,--|<b>"])

  static let suppressed = Finding(
    rule: "interval-out-of-range", severity: .warning, message: "interval of 10s is below 1m", help: "Raise it",
    location: Location(file: api, span: span(1, 1, 5)), object: cycle.object,
    fingerprint: "interval-out-of-range Kustomization/flux-system/api spec.interval",
    suppression: .init(
      kind: .inSource, reason: "load test until May", location: Location(file: api, span: span(1, 1, 5))))

  static let known = Finding(
    rule: "source-unused", severity: .info, message: "GitRepository flux-system/old is used by nothing",
    help: "Delete it", location: Location(file: api, span: span(3, 9, 12)),
    fingerprint: "source-unused GitRepository/flux-system/old", baseline: .unchanged)

  static let note = Finding(
    rule: "manifest-unreferenced", severity: .info, message: "no Kustomization reaches this file",
    help: "Add it to a kustomization file or delete it", location: Location(file: api))

  static let gaps = [
    Gap(
      kind: "chart-unavailable",
      message: "chart podinfo 6.x of HelmRepository flux-system/podinfo is not in the repository",
      help: "Fetch the charts first", location: Location(file: apps, span: span(2, 7, 20)),
      object: ObjectReference(
        apiVersion: "helm.toolkit.fluxcd.io/v2", kind: "HelmRelease", namespace: "web", name: "podinfo"),
      clusters: ["prod"]),
    Gap(kind: "values-encrypted", message: "values of Secret web/values are encrypted"),
  ]

  static let rules = [
    RuleDescription(
      id: "dependency-cycle", chapter: "Dependencies", severity: .error, title: "Objects that wait for each other",
      why: "Flux waits for every dependency to become ready, so none of them is ever applied.",
      remedy: "Take one dependency out of the circle.", helpMarkdown: "Flux **waits** for every dependency.\n",
      documentation: "https://sluice.dev/rules/dependency-cycle", tags: ["reliability"], precision: .veryHigh),
    RuleDescription(
      id: "secret-in-plain-text", chapter: "Secrets", severity: .warning, title: "A Secret with readable values",
      why: "Whoever reads the repository reads the secret.", remedy: "Encrypt it.", tags: ["security"],
      securitySeverity: "7.5"),
  ]

  static let full = Report(
    findings: [cycle, path, plainSecret, injected, suppressed, known, note], gaps: gaps,
    summary: Summary(
      files: 5, bytes: 1_234, clusters: 2, kustomizations: .init(analysed: 2, total: 2),
      helmReleases: .init(analysed: 0, total: 1), sources: 1, objects: 12, rules: 98),
    rules: rules, toolVersion: "1.2.0")

  static let clean = Report(
    summary: Summary(files: 1, bytes: 100, clusters: 1, objects: 1, rules: 98), rules: rules, toolVersion: "1.2.0")
}
