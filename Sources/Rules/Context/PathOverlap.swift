import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

/// Kustomizations of which one takes in the files of the others.
struct PathOverlap {
  /// The one whose path is above, or comes first.
  let outer: Int
  /// The others that reconcile the same path, or the one whose path is below.
  let others: [Int]
  /// Whether all reconcile the same path.
  let isSame: Bool
  /// How many objects more than one of them applies.
  let doubles: Int

  /// The one that came last.
  var inner: Int { others.last ?? outer }
  var members: Set<Int> { Set(others + [outer]) }

  /// All such groups in a cluster: with files of the same artifact, for the same target, and with objects that both
  /// apply. The same path for two namespaces or with other variables is no overlap: its objects differ, and what is the
  /// same in both is told by its name.
  static func all(in context: RuleContext) -> [PathOverlap] {
    let cluster = context.cluster
    let doubles = doublesOfPairs(in: cluster)
    let written = Set(context.model.files.map(\.path))
    var byPath: [Folder: [Int]] = [:]
    for (position, reconciliation) in cluster.reconciliations.enumerated() {
      if let folder = Folder(reconciliation) { byPath[folder, default: []].append(position) }
    }
    var found: [PathOverlap] = []
    for (folder, positions) in byPath {
      found += repeated(folder.nearestFirst(positions, in: cluster), folder, doubles, cluster)
      for above in folder.ancestors {
        for outer in byPath[above] ?? [] where isGenerated(cluster.reconciliations[outer], written) {
          for inner in positions {
            guard let shared = doubles[[outer, inner]], folder.holds(anyOf: outer, and: inner, cluster) else {
              continue
            }
            found.append(PathOverlap(outer: outer, others: [inner], isSame: false, doubles: shared))
          }
        }
      }
    }
    return found.sorted { ($0.outer, $0.inner) < ($1.outer, $1.inner) }
  }

  /// Those of one path that are the same thing twice, each group once.
  private static func repeated(
    _ positions: [Int], _ folder: Folder, _ doubles: [Set<Int>: Int], _ cluster: Cluster
  ) -> [PathOverlap] {
    // One Kustomization of a folder, which is what most have, is compared with nothing.
    guard positions.count > 1 else { return [] }
    var (found, rest): ([PathOverlap], [Int]) = ([], positions)
    var objects: [Int: Set<ObjectID>] = [:]
    func made(by position: Int) -> Set<ObjectID> {
      if let known = objects[position] { return known }
      let made = folder.objects(of: position, in: cluster)
      objects[position] = made
      return made
    }
    while let first = rest.first {
      let own = cluster.reconciliations[first]
      let others = rest.dropFirst().filter { position in
        let other = cluster.reconciliations[position]
        let fewest = min(own.objects.count, other.objects.count)
        return isSameInstance(own, other) || fewest > 0 && doubles[[first, position]] == fewest
          || holdSame(made(by: first), made(by: position))
      }
      rest.removeAll { $0 == first || others.contains($0) }
      guard !others.isEmpty else { continue }
      let shared = others.compactMap { doubles[[first, $0]] }.max() ?? 0
      found.append(PathOverlap(outer: first, others: others, isSame: true, doubles: shared))
    }
    return found
  }

  /// Whether all that one of two reconciliations makes of the files in a folder, the other makes too: they differ in
  /// what they add to it only.
  private static func holdSame(_ one: Set<ObjectID>, _ other: Set<ObjectID>) -> Bool {
    !one.isEmpty && !other.isEmpty && (one.isSubset(of: other) || other.isSubset(of: one))
  }

  /// Whether two Kustomizations of one path are told apart by nothing but the names of their objects.
  private static func isSameInstance(_ first: Reconciliation, _ second: Reconciliation) -> Bool {
    // A folder with nothing in it gives its Kustomizations nothing to take from each other.
    guard !first.appliesNothing, !second.appliesNothing else { return false }
    guard case .kustomization(let one) = first.definition, case .kustomization(let two) = second.definition else {
      return false
    }
    return one.targetNamespace?.value == two.targetNamespace?.value && one.patches.isEmpty && two.patches.isEmpty
      && one.variableSources == two.variableSources
      && one.components.map(\.value) == two.components.map(\.value)
  }

  /// Whether kustomize-controller writes the kustomization file of the path itself, with all files below.
  /// - Parameter written: the YAML files of the repository.
  private static func isGenerated(_ reconciliation: Reconciliation, _ written: Set<RepoPath>) -> Bool {
    guard case .local(_, let root) = reconciliation.source, let path = reconciliation.path else { return false }
    let folder = path.below(root)
    return !written.contains(folder.child("kustomization.yaml")) && !written.contains(folder.child("kustomization.yml"))
      && !reconciliation.files.contains(folder.child("Kustomization"))
  }

  /// Kustomizations and releases, two at a time, with the number of objects that both apply without sharing them on
  /// purpose.
  private static func doublesOfPairs(in cluster: Cluster) -> [Set<Int>: Int] {
    var pairs: [Set<Int>: Int] = [:]
    for positions in cluster.inventories.flatMap(\.index.values) where positions.count > 1 {
      let owners = Set(positions.map { cluster.objects[$0] }.filter { !$0.isShared }.map(\.reconciliation)).sorted()
      for (index, first) in owners.enumerated() {
        for second in owners[(index + 1)...] { pairs[[first, second], default: 0] += 1 }
      }
    }
    return pairs
  }
}

extension Kustomization {
  /// Where its variables come from, in comparable words.
  fileprivate var variableSources: [String] {
    let inline = postBuild?.substitute.map { "\($0.key.value)=\($0.value.value)" } ?? []
    return inline + (postBuild?.substituteFrom.compactMap { $0.value.ref?.id.description } ?? [])
  }
}

/// The folder of the repository that a Kustomization builds, and where the result goes.
private struct Folder: Hashable {
  var target: String
  /// The artifact that the path is in; nil for the repository itself.
  var artifact: ObjectID?
  var path: RepoPath

  init?(_ reconciliation: Reconciliation) {
    guard reconciliation.kind == .kustomization, let path = reconciliation.path else { return nil }
    target = reconciliation.target
    switch reconciliation.source {
    case .local(_, let root): (artifact, self.path) = (nil, path.below(root))
    case .composed(let source): (artifact, self.path) = (source, path)
    default: return nil
    }
  }

  /// Kustomizations of the folder: those first that are written near it, so that the last is the one that does not belong
  /// there, or came last.
  func nearestFirst(_ positions: [Int], in cluster: Cluster) -> [Int] {
    let members = positions.map { position in
      let reconciliation = cluster.reconciliations[position]
      return (position: position, id: reconciliation.id, place: reconciliation.location)
    }
    // Those of one file stay in their order there, whatever their names; files are told apart by their first name.
    let firstNames = Dictionary(members.map { ($0.place.file.path, $0.id) }, uniquingKeysWith: min)
    return members.sorted { first, second in
      let (one, other) = (nearness(of: first.place), nearness(of: second.place))
      if one != other { return one > other }
      if let one = firstNames[first.place.file.path], let other = firstNames[second.place.file.path], one != other {
        return one < other
      }
      return first.place < second.place
    }.map(\.position)
  }

  /// How many folders a file and the path have in common.
  private func nearness(of place: Location) -> Int {
    guard artifact == nil else { return 0 }
    return zip(place.file.path.split(separator: "/").dropLast(), path.string.split(separator: "/")).prefix { $0 == $1 }
      .count
  }

  /// Whether two reconciliations apply an object, both from a file in the folder.
  func holds(anyOf first: Int, and second: Int, _ cluster: Cluster) -> Bool {
    !objects(of: first, in: cluster).isDisjoint(with: objects(of: second, in: cluster))
  }

  /// What a reconciliation makes of the files in the folder.
  func objects(of reconciliation: Int, in cluster: Cluster) -> Set<ObjectID> {
    let objects = cluster.reconciliations[reconciliation].objects.map { cluster.objects[$0] }
    // In a composed artifact files are where they came from.
    return Set(
      objects.filter { object in
        guard !object.isShared else { return false }
        return artifact != nil
          || (try? RepoPath(object.manifest.origin.file.path))?.isInside(path) == true
      }.map(\.id))
  }

  /// The folders above, nearest first.
  var ancestors: [Folder] {
    path.ancestors.map { folder in
      var above = self
      above.path = folder
      return above
    }
  }
}
