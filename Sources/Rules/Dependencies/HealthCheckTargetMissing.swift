import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let healthCheckTargetMissing = Rule(
    id: "health-check-target-missing", chapter: .dependencies, severity: .error,
    title: "a health check names an object that nothing applies",
    why: """
      The Kustomization waits for an object that neither it nor anything else in the cluster brings: it fails after its \
      timeout, at every interval, and nothing that depends on it goes on.
      """,
    remedy: "Correct kind, name or namespace of the health check, or take it out.",
    check: .kustomization { subject, context, report in
      // Beside `wait: true` the list is ignored; `health-check-inert` says so.
      guard subject.value.wait?.value != true, let own = context.reconciliation(of: subject.id),
        case .done = own.outcome
      else { return }
      for reference in subject.value.healthChecks {
        // What the objects of the Kustomization make in turn, such as a Deployment of a HelmRelease, is there too.
        guard !context.applies(reference, own) else { continue }
        // A name that is nearly that of an object of the Kustomization is a slip, whatever else may bring.
        let others = names(like: reference, of: own, context)
        let meant = Suggestion.nearest(to: reference.name, among: others)
        let isSlip =
          meant != nil || !others.isEmpty && !isWorkload(reference) || hasNamesake(reference, in: own, context)
        if isThere(reference, context) { continue }
        guard
          isSlip
            || !mayBeElsewhere(reference, context) && !isMadeInTurn(reference, by: own, context)
              && !mayBeOperators(reference, context)
        else { continue }
        report.add(
          .missing(subject.id, reference, meant), at: place(of: reference, in: own, context), about: subject.object,
          field: "spec.healthChecks[\(reference.kind)/\(reference.namespace)/\(reference.name)]")
      }
    })

  /// Whether the Kustomization applies the object that is written, in another namespace.
  private static func hasNamesake(_ reference: ObjectRef, in own: Reconciliation, _ context: RuleContext) -> Bool {
    reference.writtenNamespace != nil
      && own.objects.contains { index in
        let id = context.cluster.objects[index].id
        return id.kind == reference.kind && id.group == reference.group && id.name == reference.name
      }
  }

  /// What is wrong of a reference: the namespace or the type where the Kustomization applies an object that differs in
  /// nothing else, else the name.
  private static func place(of reference: ObjectRef, in own: Reconciliation, _ context: RuleContext) -> Origin {
    let namesakes = own.objects.map { context.cluster.objects[$0].id }.filter {
      $0.name == reference.name && $0.kind == reference.kind
    }
    if let written = reference.writtenNamespace, namesakes.contains(where: { $0.group == reference.group }) {
      return written.origin
    }
    let isOfOtherGroup = namesakes.contains { $0.namespace == reference.namespace || $0.namespace.isEmpty }
    return isOfOtherGroup ? reference.apiVersion?.origin ?? reference.origin : reference.origin
  }

  /// The names of the objects of that type that the Kustomization applies into that namespace.
  private static func names(like reference: ObjectRef, of own: Reconciliation, _ context: RuleContext) -> [String] {
    own.objects.map { context.cluster.objects[$0].id }.filter {
      $0.kind == reference.kind && $0.group == reference.group
        && ($0.namespace.isEmpty || $0.namespace == reference.namespace)
    }.map(\.name)
  }

  /// Charts make workloads beside those that a Kustomization applies itself; other objects of one kind seldom come from
  /// both.
  private static func isWorkload(_ reference: ObjectRef) -> Bool {
    ["Deployment", "StatefulSet", "DaemonSet", "Job", "Service", "Pod"].contains(reference.kind)
  }

  /// Whether something in the cluster brings the object: the controller waits for any, its own or not.
  private static func isThere(_ reference: ObjectRef, _ context: RuleContext) -> Bool {
    context.cluster.index.keys.contains { id in
      id.kind == reference.kind && id.group == reference.group && id.name == reference.name
        && (id.namespace.isEmpty || id.namespace == reference.namespace)
    }
  }

  /// Whether something whose objects are not known may bring the object.
  private static func mayBeElsewhere(_ reference: ObjectRef, _ context: RuleContext) -> Bool {
    if context.isExternal(reference.id) || context.facts.mayExistUnseen(reference.id, for: reference.id) { return true }
    // What a chart makes is seldom an object of Flux.
    guard FluxKind(rawValue: reference.kind) == nil else { return false }
    let isOfCluster = BuiltInKinds.kind(group: reference.group, kind: reference.kind)?.scope == .cluster
    return context.cluster.reconciliations.contains { reconciliation in
      guard reconciliation.kind == .helmRelease, reconciliation.remoteCluster == nil else { return false }
      if case .done = reconciliation.outcome { return false }
      let namespace = reconciliation.release?.releaseNamespace ?? reconciliation.id.namespace
      return isOfCluster || namespace == reference.namespace
    }
  }

  /// Whether an operator may make the workload of a custom resource: it then bears that one's name.
  private static func mayBeOperators(_ reference: ObjectRef, _ context: RuleContext) -> Bool {
    guard isWorkload(reference) else { return false }
    return context.cluster.objects.contains { object in
      let id = object.id
      guard id.namespace == reference.namespace, object.flux == nil, id.group.utf8.contains(UInt8(ascii: ".")),
        BuiltInKinds.kind(group: id.group, kind: id.kind) == nil
      else { return false }
      return reference.name == id.name || reference.name.hasPrefix("\(id.name)-")
        || reference.name.hasSuffix("-\(id.name)")
    }
  }

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
  fileprivate static func missing(_ id: ObjectID, _ reference: ObjectRef, _ meant: String?) -> Self {
    var target = reference.id
    if BuiltInKinds.kind(group: reference.group, kind: reference.kind)?.scope == .cluster { target.namespace = "" }
    let hint = meant.map { "; did you mean '\($0)'?" } ?? ""
    return Message("\(id) checks the health of \(target), which it does not apply\(hint)")
  }
}
