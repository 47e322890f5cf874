import Diagnostics

/// Tells findings that a change brings from those that were there before.
public enum OnlyNew {
  /// `findings`, each marked as new or as known from `earlier`. A fingerprint that stands there more often than before is
  /// new as often as it was added; the last ones in the order of the report are taken to be those.
  public static func marked(_ findings: [Finding], since earlier: [Finding]) -> [Finding] {
    var known = Dictionary(earlier.filter { $0.suppression == nil }.map { ($0.fingerprint, 1) }, uniquingKeysWith: +)
    return findings.map { finding in
      var finding = finding
      let left = known[finding.fingerprint] ?? 0
      known[finding.fingerprint] = left - 1
      finding.baseline = left > 0 ? .unchanged : .new
      return finding
    }
  }
}
