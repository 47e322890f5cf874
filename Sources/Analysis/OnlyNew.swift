import Diagnostics

/// Tells findings that a change brings from those that were there before.
public enum OnlyNew {
  /// `findings`, each marked as new or as known from `earlier`.
  public static func marked(_ findings: [Finding], since earlier: [Finding]) -> [Finding] {
    marked(findings, known: Baseline(of: earlier))
  }

  /// `findings`, each marked as new or as known. What occurs more often than is known is new as often as it was added:
  /// what stands where it stood before is known first, then what has moved, in the order of the report.
  public static func marked(_ findings: [Finding], known: Baseline) -> [Finding] {
    var left = BaselineCounts(known.entries)
    var marked = findings
    let counting = findings.indices.filter { findings[$0].suppression == nil }
    for index in counting where left.takeHere(findings[index]) { marked[index].baseline = .unchanged }
    for index in counting where marked[index].baseline != .unchanged {
      marked[index].baseline = left.takeAnywhere(findings[index]) ? .unchanged : .new
    }
    return marked
  }
}

/// How many findings of each kind are known and not met yet.
struct BaselineCounts {
  private struct Place: Hashable {
    var fingerprint: String
    var path: String
  }

  private var here: [Place: Int] = [:]
  private var anywhere: [String: Int] = [:]

  init(_ entries: [Baseline.Entry]) {
    for entry in entries {
      here[Place(fingerprint: entry.fingerprint, path: entry.path), default: 0] += entry.count
      anywhere[entry.fingerprint, default: 0] += entry.count
    }
  }

  /// Takes one that is known in the file of `finding`; false when there is none left.
  mutating func takeHere(_ finding: Finding) -> Bool {
    takeHere(finding.commonFingerprint, finding.location.file.path, atMost: 1) == 1
  }

  /// Takes one that is known from another file.
  mutating func takeAnywhere(_ finding: Finding) -> Bool {
    takeAnywhere(finding.commonFingerprint, atMost: 1) == 1
  }

  mutating func takeHere(_ fingerprint: String, _ path: String, atMost wanted: Int) -> Int {
    let place = Place(fingerprint: fingerprint, path: path)
    let taken = min(wanted, here[place] ?? 0)
    here[place]? -= taken
    anywhere[fingerprint]? -= taken
    return taken
  }

  mutating func takeAnywhere(_ fingerprint: String, atMost wanted: Int) -> Int {
    let taken = min(wanted, anywhere[fingerprint] ?? 0)
    anywhere[fingerprint]? -= taken
    return taken
  }
}
