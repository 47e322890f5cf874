/// A semantic version, read as leniently as Helm and sprig do: a leading `v`, missing minor and patch numbers and
/// leading zeros are accepted.
public struct Version: Sendable, Hashable {
  /// The first number.
  public var major: UInt64
  /// The second number, 0 when absent.
  public var minor: UInt64
  /// The third number, 0 when absent.
  public var patch: UInt64
  /// What follows the hyphen.
  public var prerelease: String
  /// What follows the plus sign; it does not count in comparisons.
  public var metadata: String
  /// As it was written.
  public var original: String

  /// A version from its parts.
  public init(_ major: UInt64, _ minor: UInt64, _ patch: UInt64, prerelease: String = "", metadata: String = "") {
    self.major = major
    self.minor = minor
    self.patch = patch
    self.prerelease = prerelease
    self.metadata = metadata
    original = ""
    original = description
  }

  /// Reads a version.
  public init(_ text: String) throws(VersionError) {
    var scanner = VersionScanner(text)
    scanner.skip("v")
    guard let first = scanner.digits() else { throw .invalid }
    var numbers = [first]
    while numbers.count < 3, let next = scanner.dottedDigits() { numbers.append(next) }
    prerelease = scanner.identifiers(after: "-") ?? ""
    metadata = scanner.identifiers(after: "+") ?? ""
    guard scanner.isAtEnd else { throw .invalid }
    major = try Version.number(numbers[0])
    minor = numbers.count > 1 ? try Version.number(numbers[1]) : 0
    patch = numbers.count > 2 ? try Version.number(numbers[2]) : 0
    original = text
    try checkPrerelease()
  }

  /// Reads a version that has all three numbers and nothing else in front.
  public init(strict text: String) throws(VersionError) {
    guard !text.isEmpty else { throw .empty }
    let core = text.prefix { $0 != "-" && $0 != "+" }.split(separator: ".", omittingEmptySubsequences: false)
    guard core.count == 3 else { throw .invalid }
    for number in core {
      guard !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .invalidCharacters }
      guard number.utf8.count == 1 || number.first != "0" else { throw .startsWithZero }
    }
    try self.init(text)
  }

  private static func number(_ digits: String) throws(VersionError) -> UInt64 {
    guard let value = UInt64(digits) else { throw .outOfRange(digits) }
    return value
  }

  private func checkPrerelease() throws(VersionError) {
    for part in prerelease.split(separator: ".") where part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      guard part.utf8.count == 1 || part.first != "0" else { throw .startsWithZero }
    }
  }

  /// The next patch release: of a prerelease, the release itself.
  public var incrementedPatch: Version {
    prerelease.isEmpty ? Version(major, minor, patch &+ 1) : Version(major, minor, patch)
  }

  /// The next minor release.
  public var incrementedMinor: Version { Version(major, minor &+ 1, 0) }

  /// The next major release.
  public var incrementedMajor: Version { Version(major &+ 1, 0, 0) }

  /// -1, 0 or 1, as `Compare` of the Go library.
  public func compare(_ other: Version) -> Int {
    for (left, right) in [(major, other.major), (minor, other.minor), (patch, other.patch)] where left != right {
      return left < right ? -1 : 1
    }
    return Version.comparePrerelease(prerelease, other.prerelease)
  }

  static func comparePrerelease(_ left: String, _ right: String) -> Int {
    if left == right { return 0 }
    if left.isEmpty { return 1 }
    if right.isEmpty { return -1 }
    let (first, second) = (left.split(separator: "."), right.split(separator: "."))
    for index in 0..<max(first.count, second.count) {
      guard index < first.count else { return -1 }
      guard index < second.count else { return 1 }
      let order = compareIdentifier(String(first[index]), String(second[index]))
      if order != 0 { return order }
    }
    return 0
  }

  /// Numbers are less than words and compare as numbers.
  private static func compareIdentifier(_ left: String, _ right: String) -> Int {
    if left == right { return 0 }
    switch (UInt64(left), UInt64(right)) {
    case (let first?, let second?): return first < second ? -1 : first > second ? 1 : 0
    case (nil, nil): return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
    case (nil, _): return 1
    case (_, nil): return -1
    }
  }
}

extension Version: Comparable, CustomStringConvertible {
  /// `major.minor.patch-prerelease+metadata`
  public var description: String {
    "\(major).\(minor).\(patch)" + (prerelease.isEmpty ? "" : "-\(prerelease)")
      + (metadata.isEmpty ? "" : "+\(metadata)")
  }

  /// By precedence; metadata does not count.
  public static func < (left: Version, right: Version) -> Bool { left.compare(right) < 0 }
}

/// Why a text is no version or constraint, worded as the Go library does.
public enum VersionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The text does not look like a version.
  case invalid
  /// The text is empty.
  case empty
  /// A number has other characters than digits.
  case invalidCharacters
  /// A number starts with a zero.
  case startsWithZero
  /// A number is too large.
  case outOfRange(String)
  /// The text is no constraint.
  case improperConstraint(String)

  /// What is wrong.
  public var description: String {
    switch self {
    case .invalid: "invalid semantic version"
    case .empty: "version string empty"
    case .invalidCharacters: "invalid characters in version"
    case .startsWithZero: "version segment starts with 0"
    case .outOfRange(let digits):
      "error parsing version segment: strconv.ParseUint: parsing \"\(digits)\": value out of range"
    case .improperConstraint(let text): "improper constraint: \"\(text)\""
    }
  }
}
