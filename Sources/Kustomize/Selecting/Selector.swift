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

  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector"])
    type = try reader.type()
    name = try reader.string("name", or: "")
    namespace = try reader.string("namespace", or: "")
    annotationSelector = try reader.string("annotationSelector", or: "")
    labelSelector = try reader.string("labelSelector", or: "")
    origin = reader.origin
  }

  /// Whether it says nothing of type, name and namespace.
  var namesNothing: Bool {
    name.isEmpty && namespace.isEmpty && type == GroupVersionKind(group: "", version: "", kind: "")
  }

  /// As kustomize writes it in its messages.
  var description: String {
    let id = ResourceID(type: type, name: name, namespace: namespace, isClusterScoped: false)
    return "\(id):a=\(annotationSelector):l=\(labelSelector)"
  }
}
