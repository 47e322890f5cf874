/// A version as Masterminds/semver reads it, the library of Helm and Flux.
public struct SemanticVersion: Sendable, Hashable {
  /// The first number.
  public var major: UInt64
  /// The second number.
  public var minor: UInt64
  /// The third number.
  public var patch: UInt64
  /// What stands behind `-`; empty for a release.
  public var prerelease: String
  /// What stands behind `+`; does not count in comparisons.
  public var build: String

  /// A version by its numbers.
  public init(_ major: UInt64, _ minor: UInt64, _ patch: UInt64, prerelease: String = "", build: String = "") {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
    self.build = build
  }

  /// Reads a version, also one with a leading `v` or with missing numbers (`1.2` is `1.2.0`); nil for anything else.
  public init?(_ text: String) {
    guard let partial = PartialVersion(text), !partial.holdsWildcard else { return nil }
    self = partial.filled
  }

  /// Reads a version with all three numbers and without a leading `v`, as SemVer 2 demands; nil for anything else.
  public init?(strict text: String) {
    guard let partial = PartialVersion(text), partial.numbers.count == 3, partial.isStrict else { return nil }
    self = partial.filled
  }
}

extension SemanticVersion: Comparable, CustomStringConvertible {
  /// In the order of SemVer 2: a prerelease comes before its release.
  public static func < (left: SemanticVersion, right: SemanticVersion) -> Bool { left.order(right) < 0 }

  /// Whether neither comes before the other; build metadata does not count.
  public func isEquivalent(to other: SemanticVersion) -> Bool { order(other) == 0 }

  private func order(_ other: SemanticVersion) -> Int {
    for (one, two) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where one != two {
      return one < two ? -1 : 1
    }
    if prerelease == other.prerelease { return 0 }
    if prerelease.isEmpty { return 1 }
    if other.prerelease.isEmpty { return -1 }
    return Self.prereleaseOrder(prerelease, other.prerelease)
  }

  private static func prereleaseOrder(_ left: String, _ right: String) -> Int {
    let (ours, theirs) = (left.split(separator: "."), right.split(separator: "."))
    for (one, two) in zip(ours, theirs) where one != two {
      switch (UInt64(one), UInt64(two)) {
      case (let one?, let two?): return one < two ? -1 : 1
      case (_?, nil): return -1
      case (nil, _?): return 1
      case (nil, nil): return Array(one.utf8).lexicographicallyPrecedes(Array(two.utf8)) ? -1 : 1
      }
    }
    return ours.count - theirs.count
  }

  /// `1.2.3-rc.1+build`.
  public var description: String {
    "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-\(prerelease)") + (build.isEmpty ? "" : "+\(build)")
  }
}
