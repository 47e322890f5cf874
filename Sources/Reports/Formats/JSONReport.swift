import Diagnostics

/// The report for programs. `docs/schemas/report-v1.json` describes it; lines and columns count from 1, columns in
/// Unicode scalars, ends are behind the last character.
struct JSONReport {
  /// Grows when a member changes its meaning or goes; new members may come at any time.
  private static let version = 1
  private static let schema = "https://sluice.dev/schemas/report-v1.json"

  private let report: Report

  init(_ report: Report) {
    self.report = report
  }

  func bytes() -> [UInt8] {
    JSONValue.object([
      ("$schema", .string(Self.schema)),
      ("version", .number(Self.version)),
      ("tool", .object([("name", .string("sluice")), ("version", .string(report.toolVersion))])),
      ("summary", summary),
      ("findings", .array(report.findings.map(finding))),
      ("gaps", .array(report.gaps.map(gap))),
      ("rules", .array(report.rules.map(rule))),
    ]).bytes()
  }

  private var summary: JSONValue {
    let summary = report.summary
    let active = report.findings.filter(\.isActive)
    let bySeverity = Severity.allCases.reversed().map { severity in
      (severity.rawValue, JSONValue.number(active.count { $0.severity == severity }))
    }
    return .object([
      ("findings", .object(bySeverity)),
      ("suppressed", .number(report.findings.count { $0.suppression != nil })),
      ("known", .number(report.findings.count { $0.suppression == nil && $0.baseline == .unchanged })),
      ("gaps", .object(Counting.byKind(report.gaps).map { ($0.kind, .number($0.gaps.count)) })),
      ("files", .number(summary.files)),
      ("bytes", .number(summary.bytes)),
      ("clusters", .number(summary.clusters)),
      ("kustomizations", coverage(summary.kustomizations)),
      ("helmReleases", coverage(summary.helmReleases)),
      ("sources", .number(summary.sources)),
      ("objects", .number(summary.objects)),
      ("unreached", .number(summary.unreached)),
      ("rules", .number(summary.rules)),
    ])
  }

  private func coverage(_ coverage: Summary.Coverage) -> JSONValue {
    .object([("analysed", .number(coverage.analysed)), ("total", .number(coverage.total))])
  }

  private func finding(_ finding: Finding) -> JSONValue {
    .members([
      ("rule", .string(finding.rule)),
      ("severity", .string(finding.severity.rawValue)),
      ("message", .string(finding.message)),
      ("help", .string(finding.help)),
      ("location", location(finding.location)),
      ("related", related(finding.related)),
      ("object", finding.object.map(object)),
      ("clusters", .strings(finding.clusters)),
      ("fingerprint", .string(finding.fingerprint)),
      ("suppression", finding.suppression.map(suppression)),
      ("baseline", finding.baseline.map { .string($0.rawValue) }),
    ])
  }

  private func gap(_ gap: Gap) -> JSONValue {
    .members([
      ("kind", .string(gap.kind)),
      ("message", .string(gap.message)),
      ("help", .string(gap.help)),
      ("location", gap.location.map(location)),
      ("related", related(gap.related)),
      ("object", gap.object.map(object)),
      ("clusters", .strings(gap.clusters)),
    ])
  }

  private func rule(_ rule: RuleDescription) -> JSONValue {
    .members([
      ("id", .string(rule.id)),
      ("chapter", .string(rule.chapter)),
      ("severity", .string(rule.severity.rawValue)),
      ("title", .string(rule.title)),
      ("why", .string(rule.why)),
      ("remedy", .string(rule.remedy)),
      ("documentation", rule.documentation.map { .string($0) }),
      ("tags", .strings(rule.tags)),
      ("precision", .string(rule.precision.rawValue)),
    ])
  }

  private func location(_ location: Location) -> JSONValue {
    .object([
      ("path", .string(location.file.path)), ("start", position(location.span.start)),
      ("end", position(location.span.end)),
    ])
  }

  private func position(_ position: SourcePosition) -> JSONValue {
    .object([("line", .number(Int(position.line))), ("column", .number(Int(position.column)))])
  }

  private func related(_ related: [RelatedLocation]) -> JSONValue {
    .array(related.map { .object([("message", .string($0.message)), ("location", location($0.location))]) })
  }

  private func object(_ object: ObjectReference) -> JSONValue {
    .object([
      ("apiVersion", .string(object.apiVersion)), ("kind", .string(object.kind)),
      ("namespace", .string(object.namespace)), ("name", .string(object.name)),
    ])
  }

  private func suppression(_ suppression: Finding.Suppression) -> JSONValue {
    .members([
      ("kind", .string(suppression.kind.rawValue)), ("reason", .string(suppression.reason)),
      ("location", suppression.location.map(location)),
    ])
  }
}
