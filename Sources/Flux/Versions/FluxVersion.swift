/// A minor version of Flux. What Flux does depends on it.
public struct FluxVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Always 2 for what Sluice knows.
  public var major: Int
  /// The minor version.
  public var minor: Int

  /// A version by its parts.
  public init(major: Int = 2, minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads `2.9`, `v2.9.4`, `2.9.x` or `v2.10.0-rc.1`; nil for anything else.
  public init?(_ text: String) {
    let bare = text.hasPrefix("v") ? text.dropFirst() : text[...]
    let parts = bare.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, let major = Int(parts[0]), let minor = Int(parts[1]), major >= 0, minor >= 0 else {
      return nil
    }
    self.init(major: major, minor: minor)
  }

  /// Flux 2.7.
  public static let v27 = FluxVersion(minor: 7)
  /// Flux 2.8: Helm 4.
  public static let v28 = FluxVersion(minor: 8)
  /// Flux 2.9: strict substitution.
  public static let v29 = FluxVersion(minor: 9)
  /// The oldest version Sluice knows something of: which APIs it has.
  public static let oldest = FluxVersion(minor: 0)
  /// The newest version Sluice knows; what is assumed where nothing says otherwise.
  public static let newest = v29
  /// The versions that the Flux project supports.
  public static let supported = [v27, v28, v29]

  /// Whether Sluice can tell what it does.
  public var isKnown: Bool { self >= .oldest && self <= .newest }

  /// From old to new.
  public static func < (left: FluxVersion, right: FluxVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// `2.9`.
  public var description: String { "\(major).\(minor)" }
}
