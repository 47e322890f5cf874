import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Rules

/// A Secret or ConfigMap that no file holds, but that others read: made by an operator, or put there by hand.
public struct DataStory: Sendable {
  /// The name of the cluster.
  public var cluster: String
  /// The Secret or ConfigMap.
  public var object: ObjectID
  /// What makes it: the objects that an operator turns into it.
  public var makers: [RelatedLocation]
  /// Who reads it, and by which field.
  public var readers: [RelatedLocation]

  /// What is known of the Secrets and ConfigMaps in a cluster that a query means.
  static func all(for query: ObjectQuery, in cluster: Cluster) -> [DataStory] {
    var makers: [ObjectID: [RelatedLocation]] = [:]
    for object in cluster.objects where cluster.reconciliations[object.reconciliation].remoteCluster == nil {
      for id in Producers.made(by: object) where query.matches(id) {
        makers[id, default: []].append(RelatedLocation("\(object.id) makes it", at: object.manifest.origin.location))
      }
    }
    var readers: [ObjectID: [RelatedLocation]] = [:]
    for entry in cluster.dataReaders where query.matches(entry.reference.ref.id) {
      let reference = entry.reference
      readers[reference.ref.id, default: []].append(
        RelatedLocation("\(entry.reader) reads it (\(reference.field))", at: reference.ref.origin.location))
    }
    return Set(makers.keys).union(readers.keys).sorted().map { id in
      DataStory(cluster: cluster.name, object: id, makers: makers[id] ?? [], readers: readers[id] ?? [])
    }
  }
}
