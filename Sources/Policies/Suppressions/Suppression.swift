import Diagnostics

/// A statement in the repository that findings are accepted.
public struct Suppression: Sendable, Hashable {
  /// What it covers.
  public enum Target: Sendable, Hashable {
    /// Findings on a line of a file, or on any line of the text that starts there: a comment.
    case lines(path: String, ClosedRange<UInt32>)
    /// Findings about an object as it is in a cluster: an annotation. The version of the object's API does not count.
    case object(ObjectReference, cluster: String)
    /// Findings about objects and in files that match: an entry of the configuration.
    case matching(object: Glob?, path: Glob?)
  }

  /// The rules whose findings are accepted.
  public var rules: [String]
  /// Why.
  public var reason: String
  /// The last day on which it holds; nil when it does not end.
  public var until: CalendarDate?
  /// What it covers.
  public var target: Target
  /// Where it stands.
  public var location: Location
  /// Whether it stands in a text that may be anything, such as a script: if it fits no finding, it is none.
  public var isPossiblyText: Bool

  /// A suppression.
  public init(
    rules: [String], reason: String, until: CalendarDate?, target: Target, location: Location,
    isPossiblyText: Bool = false
  ) {
    self.rules = rules
    self.reason = reason
    self.until = until
    self.target = target
    self.location = location
    self.isPossiblyText = isPossiblyText
  }

  /// Whether it has ended on `today`.
  public func isExpired(on today: CalendarDate) -> Bool {
    until.map { $0 < today } ?? false
  }

  /// How findings show it.
  var mark: Finding.Suppression {
    let kind: Finding.Suppression.Kind = if case .matching = target { .external } else { .inSource }
    return Finding.Suppression(kind: kind, reason: reason, location: location)
  }
}
