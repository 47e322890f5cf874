import Flux
import Kubernetes

/// One of Flux's objects with a Secret or ConfigMap that it reads.
public struct DataReader: Sendable {
  /// Who reads it.
  public var reader: ObjectID
  /// What is read, and by which field or annotation.
  public var reference: DataReference

  /// All that `objects` read: what their own fields name, and what the objects of a ResourceSet have it copy.
  public static func all(among objects: [AppliedObject], _ reconciliations: [Reconciliation]) -> [DataReader] {
    var found: [DataReader] = []
    // Where two define it, the first counts.
    var seen: Set<ObjectID> = []
    for object in objects where object.flux != nil && seen.insert(object.id).inserted {
      for reference in object.flux?.dataReferences ?? [] {
        found.append(DataReader(reader: object.id, reference: reference))
      }
    }
    for reconciliation in reconciliations where reconciliation.kind == .resourceSet {
      let made = reconciliation.objects.map { objects[$0] }
      // A checksum is that of what is about to be applied, where the ResourceSet makes it itself.
      let own = Set(made.map(\.id))
      for reference in made.flatMap(\.manifest.takenData)
      where reference.field != DataAnnotation.checksumFrom || !own.contains(reference.ref.id) {
        found.append(DataReader(reader: reconciliation.id, reference: reference))
      }
    }
    return found
  }
}

extension Cluster {
  /// Who reads which Secret or ConfigMap.
  public var dataReaders: [DataReader] { DataReader.all(among: objects, reconciliations) }
}
