import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Rules

/// An object that no file holds, but that others read or wait for: a Secret or ConfigMap that an operator makes, or what
/// somebody puts there by hand.
public struct DataStory: Sendable {
  /// The name of the cluster.
  public var cluster: String
  /// The object.
  public var object: ObjectID
  /// What makes it: the objects that an operator turns into it.
  public var makers: [RelatedLocation]
  /// Who reads it or waits for it, and by which field.
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
    for absence in cluster.graph.absences where query.matches(absence.to) {
      // What of Flux's own is missing is most likely a wrong name: suggestions say more.
      guard FluxKind(rawValue: absence.to.kind)?.group != absence.to.group else { continue }
      readers[absence.to, default: []].append(
        RelatedLocation("\(cluster.graph.nodes[absence.from]) waits for it (dependsOn)", at: absence.location))
    }
    return Set(makers.keys).union(readers.keys).sorted().map { id in
      DataStory(cluster: cluster.name, object: id, makers: makers[id] ?? [], readers: readers[id] ?? [])
    }
  }
}
