import Diagnostics

/// Something about a suppression that its owner should know.
public struct SuppressionProblem: Error, Sendable, Hashable {
  /// What it is.
  public enum Code: Sendable, Hashable {
    /// It cannot be read, and suppresses nothing.
    case malformed(SuppressionSyntax.Mistake)
    /// Its last day is over: it suppresses nothing any more.
    case expired(rules: [String], until: CalendarDate, reason: String)
    /// It names a rule that does not exist.
    case unknownRule(String, suggestion: String?)
    /// There is no finding that it would suppress.
    case unused(rules: [String])
  }

  /// What it is.
  public var code: Code
  /// Where the suppression stands.
  public var location: Location
  /// The object that carries it, for an annotation.
  public var object: ObjectReference?

  /// A problem with the suppression at `location`.
  public init(_ code: Code, at location: Location, object: ObjectReference? = nil) {
    self.code = code
    self.location = location
    self.object = object
  }
}
