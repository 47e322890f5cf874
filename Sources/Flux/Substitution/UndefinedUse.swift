import Diagnostics

/// A variable without a value, used without a default.
public struct UndefinedUse: Sendable, Hashable {
  /// The variable.
  public var name: String
  /// The field that uses it, such as `spec.rules[0].host`.
  public var path: String
  /// Where the expression stands, as exactly as can be told, with the steps that brought the text there.
  public var origin: Origin

  /// A variable that is used at a place.
  public init(name: String, path: String, origin: Origin) {
    self.name = name
    self.path = path
    self.origin = origin
  }
}
