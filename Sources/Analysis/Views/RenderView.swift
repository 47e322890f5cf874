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

  /// The inventory of one reconciliation, or of each in a cluster that applies anything: what Flux keeps in
  /// `status.inventory`, in the order of the stages in which it is applied.
  /// - Throws: ``YAMLError`` for a name that YAML cannot express.
  public static func inventory(
    _ cluster: Cluster, of reconciliation: Reconciliation? = nil
  ) throws(YAMLError) -> [UInt8] {
    let chosen = reconciliation.map { [$0] } ?? cluster.reconciliations.filter { !$0.kind.isGiven }
    return try YAMLEmitter.emit(chosen.filter { !$0.objects.isEmpty }.map { list($0, in: cluster) })
  }

  private static func list(_ reconciliation: Reconciliation, in cluster: Cluster) -> Node {
    let origin = Origin(file: reconciliation.location.file, span: reconciliation.location.span)
    func mapping(_ entries: [(String, Node)]) -> Node {
      var mapping = Mapping()
      for (key, value) in entries { mapping.set(key, value) }
      return Node(.mapping(mapping), origin: origin)
    }
    func text(_ text: String) -> Node { Node(string: text, origin: origin) }
    let entries = cluster.staged(reconciliation).map { stage, object in
      mapping([
        ("id", text(object.inventoryID)), ("v", text(object.manifest.type.version)),
        ("stage", Node(scalar: .int(Int64(stage.rawValue)), origin: origin)),
      ])
    }
    var fields = [
      ("reconciler", text(reconciliation.id.description)), ("entries", Node(.sequence(entries), origin: origin)),
    ]
    if let remote = reconciliation.remoteCluster { fields.append(("remoteCluster", text(remote))) }
    return mapping(fields)
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
