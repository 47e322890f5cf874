import Analysis
import Diagnostics
import Policies
import Reports

/// A state of the repository compared with an earlier one.
struct Comparison {
  private let analysis: Analysis
  private let report: Report
  private let revision: String

  init(_ analysis: Analysis, _ report: Report, since revision: String) {
    (self.analysis, self.report, self.revision) = (analysis, report, revision)
  }

  /// The findings, each marked as new or as known.
  /// - Throws: ``UsageFailure`` when the earlier state cannot be read in full: what it holds would count as new.
  func marked(_ earlier: () throws -> (Analysis, Report)) throws -> [Finding] {
    let (before, known) = try earlier()
    let gaps = known.gaps.filter { gap in !report.gaps.contains { $0.isLike(gap) } }
    let unreadable = gaps.filter { $0.kind == "file-unreadable" }
    if let first = unreadable.first {
      let more = unreadable.count > 1 ? ", and \(unreadable.count - 1) more" : ""
      throw UsageFailure(
        message: "the base '\(revision)' cannot be read in full: \(first.message)\(more). A partial clone must fetch "
          + "them first, for example with 'git fetch --refetch --no-filter'")
    }
    if let first = gaps.first {
      let more = gaps.count > 1 ? " (and \(gaps.count - 1) more)" : ""
      Console.error(
        "sluice: what could not be analysed in the base '\(revision)' counts as new: \(first.message)\(more)")
    }
    let isSameConfiguration = analysis.hasSameConfiguration(as: before)
    let findings = known.findings.filter { finding in
      // Both are judged by today's configuration: what is wrong in it was there before only if it was the same file.
      isSameConfiguration || finding.location.file.path != Configuration.path
    }
    return OnlyNew.marked(report.findings, since: findings)
  }
}

extension Gap {
  /// Whether another state lacks the same.
  fileprivate func isLike(_ other: Gap) -> Bool {
    kind == other.kind && object == other.object && location?.file.path == other.location?.file.path
  }
}
