import Diagnostics

/// A statement in the repository that findings are accepted.
public struct Suppression: Sendable, Hashable {
  /// What it covers.
  public enum Target: Sendable, Hashable {
    /// Findings on a line of a file: a comment.
    case line(path: String, line: UInt32)
    /// Findings about an object: an annotation. The version of the object's API does not count.
    case object(ObjectReference)
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

  /// A suppression.
  public init(rules: [String], reason: String, until: CalendarDate?, target: Target, location: Location) {
    self.rules = rules
    self.reason = reason
    self.until = until
    self.target = target
    self.location = location
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
