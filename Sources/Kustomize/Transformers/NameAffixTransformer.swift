import Diagnostics
import Kubernetes
import YAML

/// `namePrefix` or `nameSuffix`.
package enum NameAffix: Sendable, Hashable {
  /// In front.
  case prefix(String)
  /// Behind.
  case suffix(String)

  /// The longest name that is made, in bytes; Kubernetes takes 253. Components can add to a name any number of times.
  static let lengthLimit = 16 << 10

  private static let untouched = [
    GroupVersionKind(group: "", version: "", kind: "CustomResourceDefinition"),
    GroupVersionKind(group: "apiregistration.k8s.io", version: "", kind: "APIService"),
    GroupVersionKind(group: "", version: "", kind: "Namespace"),
  ]

  /// Whether objects of a type keep their names whatever a kustomization says: those that others know by name.
  package static func leavesAlone(_ type: GroupVersionKind) -> Bool {
    untouched.contains { ($0.group.isEmpty || $0.group == type.group) && $0.kind == type.kind }
  }

  /// Adds it to the names at `field`. The name stays where it was written; the step says what was added where.
  package func apply(to object: inout Node, field: FieldSpec, at entry: Location) throws(KustomizeError) {
    try field.visit(&object, creating: .scalar(.string)) { (node: inout Node) throws(KustomizeError) in
      let origin = node.origin.adding(.transformed(by: stepName), at: entry)
      let name = added(to: node.comparableText)
      guard name.utf8.count <= Self.lengthLimit else {
        throw KustomizeError(.limit, "a name of more than \(Self.lengthLimit) bytes", at: entry)
      }
      try node.setScalar(name, origin: origin)
    }
  }

  private var stepName: String {
    switch self {
    case .prefix: "namePrefix"
    case .suffix: "nameSuffix"
    }
  }

  private func added(to name: String) -> String {
    switch self {
    case .prefix(let text): text + name
    case .suffix(let text): name + text
    }
  }
}
