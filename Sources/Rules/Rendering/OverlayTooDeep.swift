import ClusterModel
import Diagnostics
import Files
import Kubernetes

extension Rule {
  static let overlayTooDeep = Rule(
    id: "overlay-too-deep", chapter: .rendering, severity: .warning,
    title: "an object lies below too many layers of kustomizations",
    why: """
      Each layer can change what comes from below. With many of them nobody can tell any more from reading the files what \
      will be applied.
      """,
    remedy: "Take the layers together, or reconcile the inner ones by a Kustomization of their own.",
    parameters: [limit.signature], tags: ["maintainability"], precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.kind == .kustomization else { return }
      var seen: Set<String> = []
      for object in reconciliation.objects.map({ context.cluster.objects[$0] }) where object.layers > context[limit] {
        // One finding for each kustomization file at the end of such a way, at its first entry.
        guard let entry = object.trace.first?.location, seen.insert(entry.file.path).inserted else { continue }
        report.add(
          .tooDeep(reconciliation.id, object.id, object.layers, limit: context[limit]), at: entry,
          about: reconciliation.reference, field: entry.file.path, related: Array(object.trace.dropFirst()))
      }
    })

  private static let limit = Parameter("limit", default: 5, "The most layers between a Flux path and an object.")
}

extension Message {
  fileprivate static func tooDeep(_ id: ObjectID, _ object: ObjectID, _ layers: Int, limit: Int) -> Self {
    Message("\(object) reaches \(id) through \(layers) layers of kustomizations, more than \(limit)")
  }
}
