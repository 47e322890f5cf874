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
      let most = context[limit]
      var found: [Location: [AppliedObject]] = [:]
      var order: [Location] = []
      for object in reconciliation.objects.map({ context.cluster.objects[$0] }) where object.layers > most {
        // The entry that leads into the first layer too many, counted from the Flux path.
        let position = max(0, object.trace.count - max(most, 1))
        guard position < object.trace.count else { continue }
        let entry = object.trace[position].location
        if found[entry] == nil { order.append(entry) }
        found[entry, default: []].append(object)
      }
      for entry in order {
        guard let objects = found[entry], let deepest = objects.max(by: { $0.layers < $1.layers }) else { continue }
        report.add(
          .tooDeep(reconciliation.id, deepest, others: objects.count - 1, limit: most), at: entry,
          about: reconciliation.reference, field: "layers[\(objects[0].id)]",
          related: deepest.trace.reversed().filter { $0.location != entry }
            + [RelatedLocation("the object", at: deepest.manifest.origin.location)])
      }
    })

  private static let limit = Parameter("limit", default: 5, "The most layers between a Flux path and an object.")
}

extension Message {
  fileprivate static func tooDeep(_ id: ObjectID, _ object: AppliedObject, others: Int, limit: Int) -> Self {
    let more =
      others == 1 ? " and one more object reach" : others > 1 ? " and \(others) more objects reach" : " reaches"
    return Message(
      "\(object.id)\(more) \(id) through \(object.layers) layers of kustomizations, more than \(limit)")
  }
}
