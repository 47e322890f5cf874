import Diagnostics

/// An expression whose operator Flux takes for another one: `${name:?text}` and `${name:+text}` work like `${name:-text}`.
public struct MisreadUse: Sendable, Hashable {
  /// The operators that shells know, and Flux's envsubst parses without meaning them.
  static let operations: Set<String> = [":?", ":+"]

  /// The variable.
  public var name: String
  /// The operator as written.
  public var operation: String
  /// Where the expression stands, as exactly as can be told, with the steps that brought the text there.
  public var origin: Origin

  /// An expression at a place.
  public init(name: String, operation: String, origin: Origin) {
    self.name = name
    self.operation = operation
    self.origin = origin
  }
}
