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

/// A key with its text, such as one label of `commonLabels`.
struct PlacedPair: Sendable {
  var key: String
  var value: String
  var origin: Origin

  /// The pair as a transformer sets it.
  func set(by transformer: String) -> LabelTransformer.Pair {
    LabelTransformer.Pair(key, value, origin: origin.transformed(by: transformer))
  }
}

extension Origin {
  /// This origin for a value that `transformer` set because it is written here.
  func transformed(by transformer: String) -> Origin {
    adding(.transformed(by: transformer), at: location)
  }
}
