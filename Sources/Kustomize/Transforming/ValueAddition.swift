import Diagnostics
import Kubernetes
import YAML

/// `ValueAddTransformer`: puts a text into fields of selected objects.
struct ValueAddition {
  /// Where to put it.
  struct Destination {
    /// What is changed; everything where it is nil.
    var selector: Selector?
    var path: String
    /// At which place of a file path, counted from 1; 0 replaces the whole value.
    var position: Int
  }

  var value: Placed<String>
  var destinations: [Destination]

  func apply(to resources: inout ResourceList, schema: Schema) throws(KustomizeError) {
    let origin = value.origin.transformed(by: "ValueAddTransformer")
    for destination in destinations {
      let selected = try destination.selector.map { selector throws(KustomizeError) in
        try resources.positions(selectedBy: SelectorMatcher(selector))
      }
      for position in selected ?? Array(resources.items.indices) {
        try resources.update(at: position) { resource throws(KustomizeError) in
          try set(destination, in: &resource, schema, origin)
        }
      }
    }
  }

  private func set(
    _ destination: Destination, in resource: inout Resource, _ schema: Schema, _ origin: Origin
  ) throws(KustomizeError) {
    if destination.path == "metadata/namespace" {
      let transformer = NamespaceTransformer(value.value, fields: [], origin: origin)
      return try transformer.apply(to: &resource.node, schema: schema)
    }
    let visitor = PathVisitor(create: .scalar, origin: origin)
    let path = FieldPath.split(destination.path)
    _ = try visitor.visit(&resource.node, path[...]) { (node: inout Node, _: Bool) throws(KustomizeError) in
      let old = node.scalar?.text ?? ""
      let text =
        destination.position > 0 ? Self.insert(value.value, into: old, at: destination.position - 1) : value.value
      try node.setScalar(text, origin: origin)
    }
  }

  /// `path` with `part` at a place between its components; a place behind the end is the end.
  private static func insert(_ part: String, into path: String, at position: Int) -> String {
    let isAbsolute = path.hasPrefix("/")
    var parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    parts.insert(part, at: min(position, parts.count))
    return (isAbsolute ? "/" : "") + parts.joined(separator: "/")
  }
}
