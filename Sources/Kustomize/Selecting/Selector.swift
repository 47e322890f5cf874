import Diagnostics
import Kubernetes
import YAML

/// What selects objects: `target` of a patch, `select` and `reject` of a replacement.
struct Selector: Sendable {
  /// Group, version and kind: regular expressions that must match the whole; empty ones match anything.
  var type: GroupVersionKind
  var name: String
  var namespace: String
  var annotationSelector: String
  var labelSelector: String
  /// Where it is written.
  var origin: Origin
  /// Where each of its fields is written.
  private(set) var places: [Field: Location] = [:]

  /// A field of a selector.
  enum Field: String, CaseIterable {
    case name, namespace, labelSelector, annotationSelector, kind, group, version
  }

  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector"])
    type = try reader.type()
    name = try reader.string("name", or: "")
    namespace = try reader.string("namespace", or: "")
    annotationSelector = try reader.string("annotationSelector", or: "")
    labelSelector = try reader.string("labelSelector", or: "")
    origin = reader.origin
    for field in Field.allCases { places[field] = reader.mapping[field.rawValue]?.origin.location }
  }

  /// This selector without what it says in `field`.
  func without(_ field: Field) -> Selector {
    var selector = self
    switch field {
    case .name: selector.name = ""
    case .namespace: selector.namespace = ""
    case .labelSelector: selector.labelSelector = ""
    case .annotationSelector: selector.annotationSelector = ""
    case .kind: selector.type.kind = ""
    case .group: selector.type.group = ""
    case .version: selector.type.version = ""
    }
    return selector
  }

  /// Whether it says nothing of type, name and namespace.
  var namesNothing: Bool {
    name.isEmpty && namespace.isEmpty && type == GroupVersionKind(group: "", version: "", kind: "")
  }

  /// Whether it selects everything.
  var isEmpty: Bool { namesNothing && annotationSelector.isEmpty && labelSelector.isEmpty }

  /// As kustomize writes it in its messages.
  var description: String {
    let id = ResourceID(type: type, name: name, namespace: namespace, isClusterScoped: false)
    return "\(id):a=\(annotationSelector):l=\(labelSelector)"
  }
}
