import Diagnostics

/// Numbers in words that several formats share.
enum Counting {
  /// `1 error`, `2 errors`.
  static func phrase(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
  }

  /// `2 errors`, `1 info`.
  static func phrase(_ count: Int, _ severity: Severity) -> String {
    phrase(count, severity.rawValue, plural: severity == .info ? severity.rawValue : nil)
  }

  /// `2 errors, 1 warning, 3 suppressed, 1 known, 2 gaps`; `no findings` in place of the first part where there is none.
  static func verdict(_ report: Report) -> String {
    var parts: [String] = []
    for severity in Severity.allCases.reversed() {
      let count = report.findings.count { $0.isActive && $0.severity == severity }
      if count > 0 { parts.append(phrase(count, severity)) }
    }
    if parts.isEmpty { parts.append("no findings") }
    let suppressed = report.findings.count { $0.suppression != nil }
    if suppressed > 0 { parts.append("\(suppressed) suppressed") }
    let known = report.findings.count { $0.suppression == nil && $0.baseline == .unchanged }
    if known > 0 { parts.append("\(known) known") }
    if !report.gaps.isEmpty { parts.append(phrase(report.gaps.count, "gap")) }
    return parts.joined(separator: ", ")
  }

  /// What was looked at.
  static func analysed(_ summary: Summary) -> String {
    let kustomizations = coverage(summary.kustomizations, "Kustomization", "built")
    let releases = coverage(summary.helmReleases, "HelmRelease", "rendered")
    let unreached =
      summary.unreached == 0 ? [] : ["\(phrase(summary.unreached, "Flux object")) in no cluster (see `sluice graph`)"]
    let parts = [
      "analysed \(phrase(summary.files, "file")) (\(size(summary.bytes)))", phrase(summary.clusters, "cluster"),
      kustomizations, releases, phrase(summary.sources, "source"), phrase(summary.objects, "object"),
      phrase(summary.rules, "rule"),
    ]
    return (parts + unreached).joined(separator: ", ")
  }

  private static func coverage(_ coverage: Summary.Coverage, _ noun: String, _ verb: String) -> String {
    coverage.analysed == coverage.total
      ? phrase(coverage.total, noun) : "\(coverage.analysed) of \(phrase(coverage.total, noun)) \(verb)"
  }

  private static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1_000: "\(bytes) bytes"
    case ..<1_000_000: "\(bytes / 1_000) kB"
    default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    }
  }

  /// The gaps by kind, kinds by name, in the order given within a kind.
  static func byKind(_ gaps: [Gap]) -> [(kind: String, gaps: [Gap])] {
    Dictionary(grouping: gaps, by: \.kind).sorted { $0.key < $1.key }.map { (kind: $0.key, gaps: $0.value) }
  }
}
