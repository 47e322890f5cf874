import Diagnostics

/// A value of the configuration with the place that gives it.
public struct Placed<Value: Sendable>: Sendable {
  /// What it says.
  public var value: Value
  /// Where it stands.
  public var location: Location

  /// A value with its place.
  public init(_ value: Value, at location: Location) {
    self.value = value
    self.location = location
  }
}

extension Placed: Equatable where Value: Equatable {}
extension Placed: Hashable where Value: Hashable {}
