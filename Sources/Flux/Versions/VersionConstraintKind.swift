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

extension VersionConstraint {
  /// How much freedom the range leaves: that of its freest alternative, and more where alternatives lie apart.
  public var kind: VersionConstraintKind {
    let spans = alternatives.map(Span.init)
    guard var whole = spans.first else { return .wildcard }
    for span in spans.dropFirst() { whole.widen(to: span) }
    return whole.kind
  }

  /// The freedom that `text` leaves; nil when it is no range.
  public static func kind(of text: String) -> VersionConstraintKind? {
    VersionConstraint(text)?.kind
  }
}

/// The versions between two bounds.
private struct Span {
  var lower = SemanticVersion(0, 0, 0)
  /// Nil where there is no upper bound.
  var upper: SemanticVersion?
  var includesUpper = false

  init(_ conditions: [VersionConstraint.Condition]) {
    for condition in conditions { narrow(condition) }
  }

  mutating func widen(to other: Span) {
    lower = min(lower, other.lower)
    guard let ours = upper, let theirs = other.upper else {
      upper = nil
      return
    }
    includesUpper = ours == theirs ? includesUpper || other.includesUpper : (ours < theirs ? other : self).includesUpper
    upper = max(ours, theirs)
  }

  var kind: VersionConstraintKind {
    guard let upper else {
      let first = SemanticVersion(lower.major, lower.minor, lower.patch)
      return first == SemanticVersion(0, 0, 0) ? .wildcard : .open
    }
    if includesUpper, upper.isEquivalent(to: lower) { return .exact }
    let last = includesUpper ? upper : upper.lastBelow
    if last.major != lower.major { return .majorRange }
    return last.minor != lower.minor ? .minorRange : .patchRange
  }

  private mutating func narrow(_ condition: VersionConstraint.Condition) {
    let bound = condition.version.filled
    switch condition.comparison {
    case .notEqual: break
    case .greater, .greaterOrEqual: raise(to: bound)
    case .less: cap(at: bound, including: false)
    case .lessOrEqual:
      condition.version.isDirty ? capBehind(condition.version, caret: false) : cap(at: bound, including: true)
    case .equal where !condition.version.isDirty:
      raise(to: bound)
      cap(at: bound, including: true)
    case .equal, .tilde, .caret:
      raise(to: bound)
      capBehind(condition.version, caret: condition.comparison == .caret)
    }
  }

  private mutating func raise(to bound: SemanticVersion) { lower = max(lower, bound) }

  private mutating func cap(at bound: SemanticVersion, including: Bool) {
    if let upper, upper < bound || (upper == bound && !includesUpper) { return }
    upper = bound
    includesUpper = including
  }

  /// Caps at the first version that `~` or `^` with `version` leaves out.
  private mutating func capBehind(_ version: PartialVersion, caret: Bool) {
    let bound = version.filled
    switch version.numbers.count {
    case 0: return
    case 1: cap(at: SemanticVersion(bound.major + 1, 0, 0), including: false)
    case _ where caret && bound.major > 0: cap(at: SemanticVersion(bound.major + 1, 0, 0), including: false)
    case 3 where caret && bound.minor == 0: cap(at: SemanticVersion(0, 0, bound.patch), including: true)
    default: cap(at: SemanticVersion(bound.major, bound.minor + 1, 0), including: false)
    }
  }
}

extension SemanticVersion {
  /// A version just below this one, as far as its major and minor numbers go.
  fileprivate var lastBelow: SemanticVersion {
    if patch > 0 || !prerelease.isEmpty { return SemanticVersion(major, minor, patch) }
    if minor > 0 { return SemanticVersion(major, minor - 1, .max) }
    return major > 0 ? SemanticVersion(major - 1, .max, .max) : self
  }
}
