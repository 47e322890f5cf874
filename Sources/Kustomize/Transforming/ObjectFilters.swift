import Diagnostics
import Kubernetes
import YAML

/// Transformers on plain objects, outside of a build: what the conformance tables of single filters need.
package enum ObjectFilters {
  /// `objects` after the `replacements` in `configuration`.
  package static func replacing(_ configuration: Node, in objects: [Node]) throws(KustomizeError) -> [Node] {
    let reader = try FieldReader(configuration, name: "", mode: .configuration)
    var replacements: [Replacement] = []
    for entry in try reader.readers("replacements") { replacements.append(try Replacement(entry)) }
    var resources = try list(objects)
    try resources.apply(replacements)
    return resources.items.map(\.node)
  }

  /// `objects` with the text `value` put at `path`, as a `ValueAddTransformer` does.
  package static func adding(
    _ value: String, at path: String, position: Int, to objects: [Node]
  ) throws(KustomizeError) -> [Node] {
    var resources = try list(objects)
    let addition = ValueAddition(
      value: Placed(value, at: .synthetic("<filter>")),
      destinations: [ValueAddition.Destination(selector: nil, path: path, position: position)])
    try addition.apply(to: &resources, schema: .kubernetes)
    return resources.items.map(\.node)
  }

  /// The service account that an `IAMPolicyGenerator` with that configuration makes.
  package static func serviceAccount(_ configuration: Node) throws(KustomizeError) -> Node {
    try IAMPolicyGenerator(FieldReader(configuration, name: "", mode: .configuration)).serviceAccount()
  }

  private static func list(_ objects: [Node]) throws(KustomizeError) -> ResourceList {
    var resources = ResourceList()
    for object in objects {
      var resource = Resource(node: object, schema: .kubernetes, trace: [], layers: 1)
      resource.previous = previousNames(of: object)
      try resources.append(resource)
    }
    return resources
  }

  /// The earlier names that kustomize keeps in annotations during a build.
  private static func previousNames(of object: Node) -> [Resource.PreviousName] {
    func list(_ field: String) -> [String] {
      let text = object[path: "metadata", "annotations", "internal.config.kubernetes.io/previous\(field)"]?.scalar?.text
      return text?.parts(separatedBy: ",") ?? []
    }
    return zip(zip(list("Names"), list("Namespaces")), list("Kinds")).map { pair, kind in
      Resource.PreviousName(namespace: pair.1, name: pair.0, kind: kind)
    }
  }
}
