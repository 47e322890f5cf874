import Diagnostics
import Kubernetes
import YAML

extension Manifest {
  /// Where the key at the end of `path` stands, or its value where a patch of another file sets that; nil when it is not
  /// there.
  func keyOrigin(_ path: String...) -> Origin? {
    var node: Node? = node
    for key in path.dropLast() { node = node?[key] }
    guard let entry = path.last.flatMap({ node?.mapping?.entry($0) }) else { return nil }
    return entry.value.origin.file.path == entry.keyOrigin.file.path ? entry.keyOrigin : entry.value.origin
  }

  /// An annotation with its place.
  func annotationNode(_ key: String) -> Node? { node[path: "metadata", "annotations", key] }
}
