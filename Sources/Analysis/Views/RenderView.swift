import ClusterModel
import Diagnostics
import Kubernetes
import YAML

/// What Flux would apply, as YAML.
public enum RenderView {
  /// The values of Secrets never leave: each is replaced by this text.
  public static let masked = "***"

  /// The objects that one reconciliation applies, or all of a cluster's, as a stream of documents.
  /// - Throws: ``YAMLError`` for an object that YAML cannot express.
  public static func render(_ cluster: Cluster, of reconciliation: Reconciliation? = nil) throws(YAMLError) -> [UInt8] {
    let chosen = reconciliation.map { $0.objects.map { cluster.objects[$0] } } ?? cluster.objects
    return try YAMLEmitter.emit(chosen.map(\.manifest).map(withoutSecrets))
  }

  private static func withoutSecrets(_ manifest: Manifest) -> Node {
    var node = manifest.node
    guard manifest.kind == "Secret", manifest.type.group.isEmpty else { return node }
    _ = node.withMapping { object in
      for section in ["data", "stringData"] {
        _ = object.withValue(of: section) { values in
          values.withMapping { entries in
            entries.forEachValue { _, value in value = Node(string: masked, origin: value.origin) }
          }
        }
      }
    }
    return node
  }
}
