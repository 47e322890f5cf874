import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

/// Two Kustomizations of which one takes in the files of the other.
struct PathOverlap {
  /// The one whose path is above, or comes first.
  let outer: Int
  /// The one whose files are taken in.
  let inner: Int
  /// Whether both reconcile the same path.
  let isSame: Bool

  var members: Set<Int> { [outer, inner] }

  /// All such pairs in a cluster: with files of the same artifact, for the same target, and with objects that both
  /// apply. The same path for two namespaces or with other variables is no overlap: its objects differ.
  static func all(in context: RuleContext) -> [PathOverlap] {
    let cluster = context.cluster
    let sharing = pairsWithSharedObjects(in: cluster)
    func shareObjects(_ first: Int, _ second: Int) -> Bool { sharing.contains([first, second]) }
    let written = Set(context.model.files.map(\.path))
    var byPath: [Folder: [Int]] = [:]
    for (position, reconciliation) in cluster.reconciliations.enumerated() {
      if let folder = Folder(reconciliation) { byPath[folder, default: []].append(position) }
    }
    var found: [PathOverlap] = []
    for (folder, positions) in byPath {
      for (index, first) in positions.enumerated() {
        for second in positions[(index + 1)...]
        where shareObjects(first, second)
          || isSameInstance(cluster.reconciliations[first], cluster.reconciliations[second])
        {
          let ordered = [first, second].sorted { cluster.reconciliations[$0].id < cluster.reconciliations[$1].id }
          found.append(PathOverlap(outer: ordered[0], inner: ordered[1], isSame: true))
        }
      }
      for above in folder.ancestors {
        for outer in byPath[above] ?? [] where isGenerated(cluster.reconciliations[outer], written) {
          for inner in positions where shareObjects(outer, inner) {
            found.append(PathOverlap(outer: outer, inner: inner, isSame: false))
          }
        }
      }
    }
    return found.sorted { ($0.outer, $0.inner) < ($1.outer, $1.inner) }
  }

  /// Whether two Kustomizations of one path are told apart by nothing but the names of their objects.
  private static func isSameInstance(_ first: Reconciliation, _ second: Reconciliation) -> Bool {
    guard case .kustomization(let one) = first.definition, case .kustomization(let two) = second.definition else {
      return false
    }
    return one.targetNamespace?.value == two.targetNamespace?.value && one.patches.isEmpty && two.patches.isEmpty
      && one.variableSources == two.variableSources
  }

  /// Whether kustomize-controller writes the kustomization file of the path itself, with all files below.
  /// - Parameter written: the YAML files of the repository.
  private static func isGenerated(_ reconciliation: Reconciliation, _ written: Set<RepoPath>) -> Bool {
    guard case .local(_, let root) = reconciliation.source, let path = reconciliation.path else { return false }
    let folder = path.below(root)
    return !written.contains(folder.child("kustomization.yaml")) && !written.contains(folder.child("kustomization.yml"))
      && !reconciliation.files.contains(folder.child("Kustomization"))
  }

  /// Kustomizations and releases, two at a time, that apply one object both, without sharing it on purpose.
  private static func pairsWithSharedObjects(in cluster: Cluster) -> Set<Set<Int>> {
    var pairs: Set<Set<Int>> = []
    for positions in cluster.inventories.flatMap(\.index.values) where positions.count > 1 {
      let owners = Set(positions.map { cluster.objects[$0] }.filter { !$0.isShared }.map(\.reconciliation)).sorted()
      for (index, first) in owners.enumerated() {
        for second in owners[(index + 1)...] { pairs.insert([first, second]) }
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
  var path: RepoPath

  init?(_ reconciliation: Reconciliation) {
    guard reconciliation.kind == .kustomization, case .local(_, let root) = reconciliation.source,
      let path = reconciliation.path
    else { return nil }
    target = reconciliation.target
    self.path = path.below(root)
  }

  /// The folders above, nearest first.
  var ancestors: [Folder] {
    var found: [Folder] = []
    var next = path.parent
    while let folder = next {
      var above = self
      above.path = folder
      found.append(above)
      next = folder.parent
    }
    return found
  }
}
