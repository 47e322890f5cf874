import Diagnostics

/// Tells findings that a change brings from those that were there before.
public enum OnlyNew {
  /// `findings`, each marked as new or as known from `earlier`.
  public static func marked(_ findings: [Finding], since earlier: [Finding]) -> [Finding] {
    marked(findings, known: Baseline(of: earlier).counts)
  }

  /// `findings`, each marked as new or as known. A fingerprint that occurs more often than is known is new as often as it
  /// was added; the last ones in the order of the report are taken to be those.
  public static func marked(_ findings: [Finding], known: [String: Int]) -> [Finding] {
    var known = known
    return findings.map { finding in
      var finding = finding
      guard finding.suppression == nil else { return finding }
      let left = known[finding.fingerprint] ?? 0
      known[finding.fingerprint] = left - 1
      finding.baseline = left > 0 ? .unchanged : .new
      return finding
    }
  }
}
