import Diagnostics

/// A value with the place that says it.
struct Placed<Value: Sendable>: Sendable {
  var value: Value
  var origin: Origin

  init(_ value: Value, at origin: Origin) {
    self.value = value
    self.origin = origin
  }
}

extension Placed: Equatable where Value: Equatable {
  static func == (left: Placed, right: Placed) -> Bool { left.value == right.value }
}

/// A key with its text, such as one label of `commonLabels`.
struct PlacedPair: Sendable {
  var key: String
  var value: String
  var origin: Origin
}
