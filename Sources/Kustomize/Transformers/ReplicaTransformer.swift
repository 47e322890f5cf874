import Diagnostics
import YAML

/// One entry of `replicas`.
package struct ReplicaTransformer: Sendable {
  /// The name of the object.
  package var name: String
  /// The number to set.
  package var count: Int64
  /// Where the number is written.
  package var origin: Origin

  /// A number of replicas for the object `name`, written at `origin`.
  package init(name: String, count: Int64, origin: Origin) {
    self.name = name
    self.count = count
    self.origin = origin
  }

  /// Sets the number at `field`.
  package func apply(to object: inout Node, field: FieldSpec) throws(KustomizeError) {
    try field.visit(&object, creating: .scalar(.int), origin: origin) { (node: inout Node) throws(KustomizeError) in
      try node.setScalar(String(count), tag: .int, origin: origin)
    }
  }
}
