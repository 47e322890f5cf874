import ClusterModel
import Diagnostics
import Kubernetes

/// What somebody may have meant by the name of an object that is not there.
enum Suggestions {
  /// How many are given.
  static let limit = 5

  /// The names that are most like the question: the same name elsewhere first, then names with few other letters.
  static func names(like query: ObjectQuery, in model: RepositoryModel) -> [String] {
    let all = Set(model.clusters.flatMap { $0.objects.map(\.id) } + model.unreached.map(\.manifest.id))
    let rated = all.compactMap { id in rating(of: id, query).map { (rating: $0, id: id) } }
    return rated.sorted { ($0.rating, $0.id) < ($1.rating, $1.id) }.prefix(limit).map(\.id.description)
  }

  /// How far a name is off; nil when it is too far.
  private static func rating(of id: ObjectID, _ query: ObjectQuery) -> Int? {
    let own = Array(id.name.lowercased().utf8)
    let wanted = Array(query.name.lowercased().utf8)
    let isKind = query.means(kindOf: id)
    let isNamespace = query.namespace == nil || query.namespace == id.namespace
    let allowed = max(2, wanted.count / 3)
    var distance = abs(own.count - wanted.count) > allowed ? allowed + 1 : EditDistance.between(own, wanted)
    // A part of the name counts as near.
    if distance > allowed, isKind, wanted.count > 2, id.name.contains(query.name) { distance = allowed }
    guard distance <= allowed, isKind || distance == 0 else { return nil }
    return distance * 4 + (isKind ? 0 : 2) + (isNamespace ? 0 : 1)
  }
}
