import Diagnostics

/// Makes one finding of what a rule says of one place about several objects: a patch or a base that all of them share is
/// the one cause, and the one thing to change.
public enum SharedPlaces {
  /// `findings` with those of one rule at one place taken together. Findings stay apart that are accepted or known where
  /// others are not.
  public static func merged(_ findings: [Finding]) -> [Finding] {
    var positions: [Key: Int] = [:]
    var merged: [Finding] = []
    var others: [Int: [ObjectReference]] = [:]
    for finding in findings {
      guard let object = finding.object, let position = positions[Key(finding)] else {
        positions[Key(finding)] = merged.count
        merged.append(finding)
        continue
      }
      // Two things that are wrong with one object are two findings, even at one place.
      if merged[position].object == object, merged[position].message != finding.message {
        merged.append(finding)
        continue
      }
      merged[position].clusters = Set(merged[position].clusters + finding.clusters).sorted()
      others[position, default: []].append(object)
    }
    for (position, objects) in others {
      let names = Set(objects).subtracting([merged[position].object].compactMap { $0 }).map(\.description).sorted()
      guard !names.isEmpty else { continue }
      merged[position].message += " (the same for \(Listing.of(names)))"
    }
    return merged
  }

  private struct Key: Hashable {
    var rule: String
    var severity: Severity
    var location: Location
    var isSuppressed: Bool
    var baseline: Finding.BaselineState?
    /// Nil for what is about no object: such findings are never taken together.
    var message: String?

    init(_ finding: Finding) {
      (rule, severity, location) = (finding.rule, finding.severity, finding.location)
      (isSuppressed, baseline) = (finding.suppression != nil, finding.baseline)
      message = finding.object == nil ? finding.message : nil
    }
  }
}
