/// A range of versions as Masterminds/semver reads it: `~1.2`, `^1.2.0`, `>=1.2 <2`, `1.x || 3.x`, `1.2 - 1.4`.
public struct VersionConstraint: Sendable, Hashable {
  /// How a version is compared.
  enum Comparison: String, Sendable, Hashable {
    case equal = "="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case tilde = "~"
    case caret = "^"
  }

  /// One comparison.
  struct Condition: Sendable, Hashable {
    var comparison: Comparison
    var version: PartialVersion
  }

  /// Alternatives, each of which is a list of conditions that must all hold.
  let alternatives: [[Condition]]

  /// Reads a range; nil when it is none. An empty text is none either, as in the library.
  public init?(_ text: String) {
    var alternatives: [[Condition]] = []
    var parser = ConstraintParser(text)
    repeat {
      guard let conditions = parser.conditions() else { return nil }
      alternatives.append(conditions)
    } while parser.takeAlternativeMark()
    guard parser.isAtEnd else { return nil }
    self.alternatives = alternatives
  }

  /// Whether `version` is in the range. A prerelease is only where a condition beside it names one.
  public func allows(_ version: SemanticVersion) -> Bool {
    alternatives.contains { conditions in
      let takesPrereleases = conditions.contains { !$0.version.prerelease.isEmpty }
      return conditions.allSatisfy { $0.allows(version, takesPrereleases: takesPrereleases) }
    }
  }

  /// The highest of `versions` in the range; nil when none is.
  public func highest(of versions: some Sequence<SemanticVersion>) -> SemanticVersion? {
    versions.filter(allows).max()
  }
}

extension VersionConstraint.Condition {
  fileprivate func allows(_ candidate: SemanticVersion, takesPrereleases: Bool) -> Bool {
    let isOutside = !candidate.prerelease.isEmpty && !takesPrereleases
    if isOutside, comparison != .notEqual || version.isDirty { return false }
    let bound = version.filled
    switch comparison {
    case .equal: return version.isDirty ? isInTilde(candidate, bound) : candidate.isEquivalent(to: bound)
    case .notEqual: return differs(candidate, bound)
    case .greater: return isAbove(candidate, bound)
    case .greaterOrEqual: return candidate >= bound
    case .less: return candidate < bound
    case .lessOrEqual: return isAtMost(candidate, bound)
    case .tilde: return isInTilde(candidate, bound)
    case .caret: return isInCaret(candidate, bound)
    }
  }

  private func differs(_ candidate: SemanticVersion, _ bound: SemanticVersion) -> Bool {
    switch version.numbers.count {
    case 1: candidate.major != bound.major
    case 2: candidate.major != bound.major || candidate.minor != bound.minor
    default: !candidate.isEquivalent(to: bound)
    }
  }

  /// `>1` starts at 2, `>1.2` at 1.3.
  private func isAbove(_ candidate: SemanticVersion, _ bound: SemanticVersion) -> Bool {
    switch version.numbers.count {
    case 1: candidate.major > bound.major
    case 2: (candidate.major, candidate.minor) > (bound.major, bound.minor)
    default: candidate > bound
    }
  }

  /// `<=1` takes all of 1, `<=1.2` all of 1.2.
  private func isAtMost(_ candidate: SemanticVersion, _ bound: SemanticVersion) -> Bool {
    switch version.numbers.count {
    case 1: candidate.major <= bound.major
    case 3: candidate <= bound
    default: (candidate.major, candidate.minor) <= (bound.major, bound.minor)
    }
  }

  private func isInTilde(_ candidate: SemanticVersion, _ bound: SemanticVersion) -> Bool {
    guard candidate >= bound else { return false }
    let hasAllOrNone = version.numbers.isEmpty || version.numbers.count == 3
    // `~0.0.0` and `*` take everything.
    if hasAllOrNone, bound.major == 0, bound.minor == 0, bound.patch == 0 { return true }
    return candidate.major == bound.major && (candidate.minor == bound.minor || version.numbers.count == 1)
  }

  private func isInCaret(_ candidate: SemanticVersion, _ bound: SemanticVersion) -> Bool {
    guard candidate >= bound, candidate.major == bound.major else { return false }
    if bound.major > 0 || version.numbers.count == 1 { return true }
    if candidate.minor != bound.minor { return false }
    return bound.minor > 0 || version.numbers.count == 2 || candidate.patch == bound.patch
  }
}
