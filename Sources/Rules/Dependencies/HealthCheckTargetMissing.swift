import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let healthCheckTargetMissing = Rule(
    id: "health-check-target-missing", chapter: .dependencies, severity: .error,
    title: "a health check names an object that is not applied",
    why: """
      The Kustomization waits for an object that it does not bring: it fails after its timeout, at every interval, and \
      nothing that depends on it goes on.
      """,
    remedy: "Correct kind, name or namespace of the health check, or take it out.",
    check: .kustomization { subject, context, report in
      // Beside `wait: true` the list is ignored; `health-check-inert` says so.
      guard subject.value.wait?.value != true, let own = context.reconciliation(of: subject.id),
        case .done = own.outcome
      else { return }
      for reference in subject.value.healthChecks {
        let isApplied = own.objects.contains { index in
          let id = context.cluster.objects[index].id
          return id.kind == reference.kind && id.group == reference.group && id.name == reference.name
            && (id.namespace.isEmpty || id.namespace == reference.namespace)
        }
        // What the objects of the Kustomization make in turn, such as a Deployment of a HelmRelease, is there too.
        guard !isApplied, !isMadeInTurn(reference, by: own, context) else { continue }
        report.add(
          .missing(subject.id, reference), at: reference.origin, about: subject.object,
          field: "spec.healthChecks[\(reference.kind)/\(reference.namespace)/\(reference.name)]")
      }
    })

  /// Whether a child of the reconciliation makes the object, or may make it.
  private static func isMadeInTurn(
    _ reference: ObjectRef, by own: Reconciliation, _ context: RuleContext
  ) -> Bool {
    var waiting = own.objects
    var seen: Set<Int> = []
    while let index = waiting.popLast() {
      let object = context.cluster.objects[index]
      guard let child = context.facts.reconciliation(of: object.id), seen.insert(child).inserted else { continue }
      let reconciliation = context.cluster.reconciliations[child]
      guard case .done = reconciliation.outcome else {
        // What a chart makes is seldom an object of Flux.
        if reconciliation.kind == .helmRelease, FluxKind(rawValue: reference.kind) != nil { continue }
        return true
      }
      let makes = reconciliation.objects.contains { context.cluster.objects[$0].id == reference.id }
      if makes { return true }
      waiting += reconciliation.objects
    }
    return false
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    Message("\(id) checks the health of \(reference.id), which it does not apply")
  }
}
