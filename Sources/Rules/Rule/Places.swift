import Diagnostics
import Kubernetes
import YAML

extension Manifest {
  /// Where the key at the end of `path` stands; nil when it is not there.
  func keyOrigin(_ path: String...) -> Origin? {
    var node: Node? = node
    for key in path.dropLast() { node = node?[key] }
    return path.last.flatMap { node?.mapping?.entry($0)?.keyOrigin }
  }

  /// An annotation with its place.
  func annotationNode(_ key: String) -> Node? { node[path: "metadata", "annotations", key] }
}
