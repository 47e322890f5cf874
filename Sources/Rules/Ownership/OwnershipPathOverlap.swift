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
        let outer = context.cluster.reconciliations[overlap.outer]
        let inner = context.cluster.reconciliations[overlap.inner]
        let place = inner.pathOrigin
        report.add(
          .overlap(outer, inner, isSame: overlap.isSame), at: place?.location ?? inner.location,
          about: inner.reference, field: "spec.path[\(outer.id)]",
          related: [
            RelatedLocation(
              "\(outer.id) reconciles \(outer.pathWords)", at: outer.pathOrigin?.location ?? outer.location)
          ]
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
  fileprivate static func overlap(_ outer: Reconciliation, _ inner: Reconciliation, isSame: Bool) -> Self {
    isSame
      ? Message("\(inner.id) reconciles \(inner.pathWords), and so does \(outer.id): both own what comes of its files")
      : Message(
        "\(inner.id) reconciles \(inner.pathWords), which \(outer.id) takes in as part of \(outer.pathWords): both own "
          + "what comes of its files")
  }
}
