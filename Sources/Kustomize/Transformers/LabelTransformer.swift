import Diagnostics
import YAML

/// Labels or annotations that are added to objects.
package struct LabelTransformer: Sendable {
  /// A label with the place that says it.
  package struct Pair: Sendable {
    /// The name.
    package var key: String
    /// The value.
    package var value: String
    /// Where it is written.
    package var origin: Origin

    /// A label written at `origin`.
    package init(_ key: String, _ value: String, origin: Origin) {
      self.key = key
      self.value = value
      self.origin = origin
    }
  }

  /// The labels, by name.
  package var pairs: [Pair]
  /// The mappings they are added to.
  package var fields: [FieldSpec]

  /// Labels for the mappings at `fields`.
  package init(_ pairs: [Pair], fields: [FieldSpec]) {
    self.pairs = pairs.sorted { $0.key < $1.key }
    self.fields = fields
  }

  /// Adds the labels.
  package func apply(to object: inout Node) throws(KustomizeError) {
    for pair in pairs {
      for field in fields {
        try field.visit(&object, creating: .mapping, origin: pair.origin) { (node: inout Node) throws(KustomizeError) in
          try node.setEntry(pair.key, pair.value, origin: pair.origin)
        }
      }
    }
  }
}
