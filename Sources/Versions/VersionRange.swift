/// The versions between two bounds.
public struct VersionRange: Sendable, Hashable {
  /// The lowest version, as far as that is a version (`>1.2` starts right behind it).
  public var lower = Version(0, 0, 0)
  /// The upper bound; nil where there is none.
  public var upper: Version?
  /// Whether the upper bound is in the range.
  public var includesUpper = false

  mutating func raise(to bound: Version) {
    if bound > lower { lower = bound }
  }

  mutating func cap(at bound: Version, including isIncluded: Bool) {
    if let upper, upper < bound || (upper.compare(bound) == 0 && !includesUpper) { return }
    upper = bound
    includesUpper = isIncluded
  }
}

extension Constraint {
  /// The bounds of each alternative. What `!=` leaves out lies within them.
  public var ranges: [VersionRange] {
    alternatives.map { comparators in
      var range = VersionRange()
      for comparator in comparators { comparator.narrow(&range) }
      return range
    }
  }
}

extension Comparator {
  fileprivate func narrow(_ range: inout VersionRange) {
    switch operation {
    case "!=": break
    case ">", ">=", "=>": range.raise(to: version)
    case "<": range.cap(at: version, including: false)
    case "<=", "=<":
      if isPartial { capBehind(&range) } else { range.cap(at: version, including: true) }
    default:
      range.raise(to: version)
      let isExact = (operation.isEmpty || operation == "=") && !isPartial
      if isExact { range.cap(at: version, including: true) } else { capBehind(&range) }
    }
  }

  /// Caps at the first version that a tilde, a caret or a wildcard leaves out.
  private func capBehind(_ range: inout VersionRange) {
    if isPartial, !lacksMinor, !lacksPatch { return }  // a lone wildcard
    if lacksMinor || (operation == "^" && version.major > 0) {
      range.cap(at: Version(version.major &+ 1, 0, 0), including: false)
    } else if operation == "^", !lacksPatch, version.minor == 0 {
      range.cap(at: Version(0, 0, version.patch), including: true)
    } else {
      range.cap(at: Version(version.major, version.minor &+ 1, 0), including: false)
    }
  }
}
