/// How much an expression may ask for.
public struct CELLimits: Sendable, Hashable {
  /// The most characters of an expression; cel-go's own limit.
  public var characters = 100_000
  /// How deep an expression may nest; cel-go's own limit, which counts a chain such as `a.b.c` as nested too.
  public var depth = 250
  /// The most that one evaluation may cost: a step costs 1, and a text or list costs 1 more for each ten of its parts.
  public var cost = 1_000_000

  /// The limits of cel-go, and the cost that Kubernetes allows for one call.
  public static let standard = CELLimits()
}
