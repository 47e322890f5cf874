/// A range of versions such as `>=1.2.0, <2 || 3.x`, with the meaning of the Go library that Helm and Flux use.
public struct Constraint: Sendable {
  let alternatives: [[Comparator]]

  /// Reads a constraint.
  public init(_ text: String) throws(VersionError) {
    var found: [[Comparator]] = []
    for part in Constraint.split(Constraint.rewritingRanges(text)) {
      found.append(try Constraint.comparators(part))
    }
    alternatives = found
  }

  /// Whether a version is in the range. Prereleases are only where an alternative names one.
  public func allows(_ version: Version) -> Bool {
    alternatives.contains { comparators in
      let includesPrereleases = comparators.contains { !$0.version.prerelease.isEmpty }
      guard version.prerelease.isEmpty || includesPrereleases else { return false }
      return comparators.allSatisfy { $0.allows(version) }
    }
  }

  private static func split(_ text: String) -> [String] {
    var (parts, current, index) = ([String](), [UInt8](), 0)
    let bytes = Array(text.utf8)
    while index < bytes.count {
      if bytes[index...].starts(with: "||".utf8) {
        parts.append(String(decoding: current, as: UTF8.self))
        current = []
        index += 2
      } else {
        current.append(bytes[index])
        index += 1
      }
    }
    return parts + [String(decoding: current, as: UTF8.self)]
  }

  private static func comparators(_ text: String) throws(VersionError) -> [Comparator] {
    var scanner = VersionScanner(text)
    var found: [Comparator] = []
    scanner.skipSpaces()
    repeat {
      let operation = scanner.operation()
      scanner.skipSpaces()
      guard let pattern = scanner.pattern() else { throw .improperConstraint(text) }
      found.append(try Comparator(operation, pattern, in: text))
      let before = scanner.position
      scanner.skipSpaces()
      scanner.skip(",")
      scanner.skipSpaces()
      guard scanner.position > before || scanner.isAtEnd else { throw .improperConstraint(text) }
      if scanner.isAtEnd && text.utf8.reversed().drop(while: { $0 == 0x20 || $0 == 0x09 }).first == UInt8(ascii: ",") {
        throw .improperConstraint(text)
      }
    } while !scanner.isAtEnd
    return found
  }

  /// `1.2 - 1.4` means `>= 1.2, <= 1.4`.
  private static func rewritingRanges(_ text: String) -> String {
    var scanner = VersionScanner(text)
    var out: [UInt8] = []
    while !scanner.isAtEnd {
      let start = scanner.position
      scanner.skipSpaces()
      if let low = scanner.pattern(), scanner.skipSpaces() > 0 {
        let dash = scanner.position
        scanner.skip("-")
        if scanner.position > dash, scanner.skipSpaces() > 0, let high = scanner.pattern() {
          scanner.skipSpaces()
          out += Array(">= \(low.text), <= \(high.text) ".utf8)
          continue
        }
      }
      scanner.position = start
      out.append(scanner.bytes[start])
      scanner.position += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// One operator with its version.
struct Comparator: Sendable {
  var operation: String
  var version: Version
  /// Whether a number is left out or a wildcard, and which is the first such.
  var isPartial = false
  var lacksMinor = false
  var lacksPatch = false

  init(_ operation: String, _ pattern: VersionScanner.Pattern, in text: String) throws(VersionError) {
    self.operation = operation
    let isWild = { (index: Int) in
      index >= pattern.numbers.count || ["x", "X", "*"].contains(pattern.numbers[index])
    }
    let suffix = pattern.prerelease.isEmpty ? "" : "-" + pattern.prerelease
    var numbers = pattern.numbers
    if isWild(0) {
      isPartial = true
      numbers = ["0", "0", "0"]
    } else if isWild(1) {
      (isPartial, lacksMinor) = (true, true)
      numbers = [numbers[0], "0", "0"]
    } else if isWild(2) {
      (isPartial, lacksPatch) = (true, true)
      numbers = [numbers[0], numbers[1], "0"]
    }
    do throws(VersionError) {
      version = try Version(numbers.joined(separator: ".") + suffix)
    } catch {
      throw .improperConstraint(text)
    }
  }

  func allows(_ other: Version) -> Bool {
    switch operation {
    case "", "=": isPartial ? allowsTilde(other) : other.compare(version) == 0
    case "!=": allowsNotEqual(other)
    case ">": allowsGreater(other)
    case "<": other < version
    case ">=", "=>": other >= version
    case "<=", "=<": allowsLessOrEqual(other)
    case "~", "~>": allowsTilde(other)
    default: allowsCaret(other)
    }
  }

  private func allowsNotEqual(_ other: Version) -> Bool {
    guard isPartial else { return other.compare(version) != 0 }
    if version.major != other.major { return true }
    if version.minor != other.minor && !lacksMinor { return true }
    if lacksMinor { return false }
    if version.patch != other.patch && !lacksPatch { return true }
    if lacksPatch { return Version.comparePrerelease(other.prerelease, version.prerelease) != 0 }
    return other.compare(version) != 0
  }

  private func allowsGreater(_ other: Version) -> Bool {
    guard isPartial else { return other > version }
    if other.major != version.major { return other.major > version.major }
    if lacksMinor { return false }
    if lacksPatch { return other.minor > version.minor }
    return other > version
  }

  private func allowsLessOrEqual(_ other: Version) -> Bool {
    guard isPartial else { return other <= version }
    if other.major > version.major { return false }
    return !(other.major == version.major && other.minor > version.minor && !lacksMinor)
  }

  private func allowsTilde(_ other: Version) -> Bool {
    if other < version { return false }
    // `~0.0.0` and a lone wildcard take everything.
    let isZero = version.major == 0 && version.minor == 0 && version.patch == 0
    if isZero && !lacksMinor && !lacksPatch { return true }
    return other.major == version.major && (other.minor == version.minor || lacksMinor)
  }

  private func allowsCaret(_ other: Version) -> Bool {
    if other < version { return false }
    if version.major > 0 || lacksMinor { return other.major == version.major }
    if other.major > 0 { return false }
    if version.minor > 0 || lacksPatch { return other.minor == version.minor }
    if other.minor > 0 { return false }
    return other.patch == version.patch
  }
}
