import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes

extension Rule {
  static let ownershipPathOverlap = Rule(
    id: "ownership-path-overlap", chapter: .ownership, severity: .error,
    title: "a Kustomization takes in the files of another",
    why: """
      A path without a kustomization file of its own means everything below it. Where a second Kustomization reconciles \
      a folder in there, or the same folder, both own every object of it: they undo each other's settings, and whichever \
      is deleted or moved first deletes the objects of the other.
      """,
    remedy: "Reconcile separate folders: move the inner one out, or give the outer one a kustomization file that names "
      + "what belongs to it.",
    tags: ["reliability", "ownership"],
    check: .cluster { context, report in
      let all = PathOverlap.all(in: context)
      let nests = Dictionary(grouping: all.filter { !$0.isSame }, by: \.outer).filter { $0.value.count > 1 }
      // A path that lacks a kustomization file is one mistake, however many folders below have one who reconciles them.
      for (outer, overlaps) in nests.sorted(by: { $0.key < $1.key }) {
        report.addNest(of: context.cluster.reconciliations[outer], overlaps, in: context.cluster)
      }
      var folders: Folders?
      for overlap in all where overlap.isSame || nests[overlap.outer] == nil {
        let inner = context.cluster.reconciliations[overlap.inner]
        let others = ([overlap.outer] + overlap.others.dropLast()).map { context.cluster.reconciliations[$0] }
        let place = inner.pathOrigin
        let known = folders ?? Folders(context)
        folders = known
        report.add(
          .overlap(inner, others, overlap, meant: overlap.isSame ? known.meant(by: inner) : nil),
          at: place?.location ?? inner.location,
          about: inner.reference, field: "spec.path[\(others[0].id)]",
          related: others.map { other in
            RelatedLocation(
              "\(other.id) reconciles \(other.pathWords)", at: other.pathOrigin?.location ?? other.location)
          }
            + (place?.trace ?? []) + inner.trace)
      }
    })
}

/// The folders of the repository, and those that are reconciled.
private struct Folders {
  private var below: [RepoPath: Set<RepoPath>] = [:]
  private let taken: Set<RepoPath>

  init(_ context: RuleContext) {
    let all = Set(context.model.files.flatMap { $0.path.ancestors })
    for folder in all { if let parent = folder.parent { below[parent, default: []].insert(folder) } }
    // Whatever is reconciled inside of a folder, the folder is not free.
    let reconciled = Set(context.cluster.reconciliations.compactMap(\.folder))
    taken = reconciled.union(reconciled.flatMap(\.ancestors))
  }

  /// The folder beside the path of a Kustomization that has its name, and that nobody reconciles.
  func meant(by inner: Reconciliation) -> RepoPath? {
    guard let own = inner.folder, let above = own.parent else { return nil }
    return below[above, default: []].filter { folder in
      folder != own && (inner.id.name == folder.name || inner.id.name.hasSuffix("-\(folder.name)"))
        && !taken.contains(folder)
    }.min { $0.string < $1.string }
  }
}

extension Reporter {
  /// One that takes in the files of several others.
  fileprivate mutating func addNest(of outer: Reconciliation, _ overlaps: [PathOverlap], in cluster: Cluster) {
    let inner = overlaps.map { cluster.reconciliations[$0.inner] }
    let place = outer.pathOrigin
    add(
      .nest(outer, inner, doubles: overlaps.map(\.doubles).reduce(0, +)), at: place?.location ?? outer.location,
      about: outer.reference, field: "spec.path",
      related: inner.map {
        RelatedLocation("\($0.id) reconciles \($0.pathWords)", at: $0.pathOrigin?.location ?? $0.location)
      } + (place?.trace ?? []) + outer.trace)
  }
}

extension Reconciliation {
  /// Where `spec.path` stands.
  fileprivate var pathOrigin: Origin? {
    if case .kustomization(let value) = definition { value.path?.origin } else { nil }
  }

  fileprivate var pathWords: String { path.map { "'\($0)'" } ?? "its source" }
}

extension Message {
  fileprivate static func nest(_ outer: Reconciliation, _ inner: [Reconciliation], doubles: Int) -> Self {
    let names = Listing.of(inner.map(\.id.description))
    return Message(
      "\(outer.id) takes in all of \(outer.pathWords), also what \(names) reconcile: \(doubles) objects are applied twice",
      help: "Give \(outer.pathWords) a kustomization file that names what belongs to it.")
  }

  fileprivate static func overlap(
    _ inner: Reconciliation, _ others: [Reconciliation], _ overlap: PathOverlap, meant: RepoPath?
  ) -> Self {
    let names = Listing.of(others.map(\.id.description))
    let effect =
      switch overlap.doubles {
      case 0: ""
      case 1: ": one object is applied by both"
      default: ": \(overlap.doubles) objects are applied by both"
      }
    guard overlap.isSame else {
      return Message(
        "\(inner.id) reconciles \(inner.pathWords), which \(names) takes in as part of \(others[0].pathWords)\(effect)")
    }
    return Message(
      "\(inner.id) reconciles \(inner.pathWords), and so \(others.count == 1 ? "does" : "do") \(names)\(effect)",
      help: meant.map { "Perhaps '\($0)' is meant, which nothing reconciles." }
        ?? "Delete all but one of them, or tell them apart by `targetNamespace` or variables.")
  }
}
