import ClusterModel
import Diagnostics
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
      for overlap in PathOverlap.all(in: context) {
        let inner = context.cluster.reconciliations[overlap.inner]
        let others = ([overlap.outer] + overlap.others.dropLast()).map { context.cluster.reconciliations[$0] }
        let place = inner.pathOrigin
        report.add(
          .overlap(inner, others, overlap), at: place?.location ?? inner.location,
          about: inner.reference, field: "spec.path[\(others[0].id)]",
          related: others.map { other in
            RelatedLocation(
              "\(other.id) reconciles \(other.pathWords)", at: other.pathOrigin?.location ?? other.location)
          }
            + (place?.trace ?? []) + inner.trace)
      }
    })
}

extension Reconciliation {
  /// Where `spec.path` stands.
  fileprivate var pathOrigin: Origin? {
    if case .kustomization(let value) = definition { value.path?.origin } else { nil }
  }

  fileprivate var pathWords: String { path.map { "'\($0)'" } ?? "its source" }
}

extension Message {
  fileprivate static func overlap(_ inner: Reconciliation, _ others: [Reconciliation], _ overlap: PathOverlap) -> Self {
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
      help: "Delete all but one of them, or tell them apart by `targetNamespace` or variables.")
  }
}
