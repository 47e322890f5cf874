import Versions

/// How much freedom a version or range leaves.
public enum VersionConstraintKind: Sendable, Hashable, Comparable {
  /// One version: `1.2.3`.
  case exact
  /// Versions that differ in the patch number: `~1.2.3`, `1.2.x`, `^0.2.3`.
  case patchRange
  /// Versions of one major version: `^1.2.3`, `1.x`, `>=1.2 <1.9`.
  case minorRange
  /// Versions up to a bound in a later major version: `>=1.0 <3.0`.
  case majorRange
  /// Versions without an upper bound: `>=1.2.3`.
  case open
  /// Everything: `*`, `x`, `>=0.0.0`.
  case wildcard
}

/// What rules ask about the version or range of a source or a chart.
public enum VersionConstraint {
  /// The freedom that `text` leaves: that of its freest alternative, and more where alternatives lie apart.
  /// Nil when it is no range.
  public static func kind(of text: String) -> VersionConstraintKind? {
    let constraint: Constraint
    do { constraint = try Constraint(text) } catch { return nil }
    guard var whole = constraint.ranges.first else { return nil }
    for range in constraint.ranges.dropFirst() { whole.widen(to: range) }
    return whole.kind
  }
}

extension VersionRange {
  fileprivate mutating func widen(to other: VersionRange) {
    lower = min(lower, other.lower)
    guard let ours = upper, let theirs = other.upper else {
      upper = nil
      return
    }
    if ours.compare(theirs) == 0 {
      includesUpper = includesUpper || other.includesUpper
    } else if ours < theirs {
      (upper, includesUpper) = (theirs, other.includesUpper)
    }
  }

  fileprivate var kind: VersionConstraintKind {
    guard let upper else {
      return lower.major == 0 && lower.minor == 0 && lower.patch == 0 ? .wildcard : .open
    }
    if includesUpper, upper.compare(lower) == 0 { return .exact }
    let last = includesUpper ? upper : upper.lastBelow
    if last.major != lower.major { return .majorRange }
    return last.minor != lower.minor ? .minorRange : .patchRange
  }
}

extension Version {
  /// A version just below this one, as far as its major and minor numbers go.
  fileprivate var lastBelow: Version {
    if patch > 0 || !prerelease.isEmpty { return Version(major, minor, patch) }
    if minor > 0 { return Version(major, minor - 1, .max) }
    return major > 0 ? Version(major - 1, .max, .max) : self
  }
}
