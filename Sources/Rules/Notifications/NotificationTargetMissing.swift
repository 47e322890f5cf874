import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let notificationTargetMissing = Rule(
    id: "notification-target-missing", chapter: .notifications, severity: .error,
    title: "an alert or webhook names an object that is not there",
    why: "Nothing ever happens to an object that does not exist: no alert is sent, and no push is noticed.",
    remedy: "Correct kind, name or namespace.",
    check: .flux { subject, context, report in
      let (sources, field): ([Field<EventSource>], String)
      switch subject.value {
      case .alert(let alert): (sources, field) = (alert.eventSources, "spec.eventSources")
      case .receiver(let receiver): (sources, field) = (receiver.resources, "spec.resources")
      default: return
      }
      let flag = context.cluster.settings.noCrossNamespaceRefs["notification-controller"]
      for source in sources {
        guard let reference = source.value.ref else { continue }
        let place = "\(field)[\(reference.kind)/\(reference.namespace)/\(reference.name)]"
        if reference.namespace == "*" {
          report.add(
            .noPattern(subject.id, reference), at: reference.writtenNamespace?.origin ?? reference.origin,
            about: subject.object, field: place)
        } else if let flag, flag.value, reference.crossesNamespace(from: subject.id.namespace) {
          report.add(
            .refused(subject.id, reference), at: reference.writtenNamespace?.origin ?? reference.origin,
            about: subject.object, field: place,
            related: [RelatedLocation("notification-controller is started with the flag here", at: flag.location)])
        } else if reference.name == "*", case .receiver = subject.value, !source.value.hasMatchLabels {
          report.add(
            .unlabelled(subject.id, reference), at: reference.origin, about: subject.object, field: place)
        } else if reference.name == "*", reference.writtenNamespace != nil, isNowhere(reference.namespace, context) {
          report.add(
            .nowhere(subject.id, reference), at: reference.writtenNamespace?.origin ?? reference.origin,
            about: subject.object, field: place)
        } else if isMissing(reference, of: subject.id, context) {
          let hint = LookAlike.find(reference.id, for: subject.id, in: context)
          report.add(
            .missing(subject.id, reference.id, hint), at: reference.place(hint), about: subject.object, field: place,
            related: hint?.related ?? [])
        }
      }
    })

  /// Whether nothing is in a namespace, and nothing creates it.
  private static func isNowhere(_ name: String, _ context: RuleContext) -> Bool {
    let id = ObjectID(group: "", kind: "Namespace", namespace: "", name: name)
    return !NamespaceMakers.given(in: context.cluster).contains(name) && context.cluster.object(id) == nil
      && !context.isExternal(id) && !context.facts.mayExistUnseen(id, for: id)
      && !context.cluster.objects.contains { $0.id.namespace == name }
  }

  private static func isMissing(_ reference: ObjectRef, of subject: ObjectID, _ context: RuleContext) -> Bool {
    guard reference.name != "*", let kind = FluxKind(rawValue: reference.kind),
      // Made by controllers.
      kind != .helmChart, kind != .externalArtifact
    else { return false }
    return context.cluster.object(reference.id) == nil && !context.facts.isKnownSource(reference.id)
      && !context.mayExistUnseen(reference, for: subject)
  }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ wanted: ObjectID, _ hint: LookAlike?) -> Self {
    Message("\(id) names \(wanted), which is not in the cluster" + (hint.map { "; \($0.plainSentence)" } ?? ""))
  }

  fileprivate static func noPattern(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    Message(
      "\(id) names \(reference.kind) '\(reference.name)' in namespace '*', which is no pattern: nothing is in a "
        + "namespace of that name",
      help: "Only `name` may be `*`. Write one entry for each namespace.")
  }

  fileprivate static func unlabelled(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    Message(
      "\(id) names \(reference.kind) '*' without matchLabels, which notification-controller answers with an error: none "
        + "is reconciled",
      help: "Add the `matchLabels` of those that are meant, or name each of them. An empty `matchLabels: {}` means all."
    )
  }

  fileprivate static func nowhere(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    Message(
      "\(id) names every \(reference.kind) in namespace '\(reference.namespace)', which nothing in the cluster creates "
        + "or uses")
  }

  fileprivate static func refused(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    Message(
      "\(id) names \(reference.kind) '\(reference.name)' in namespace '\(reference.namespace)', which "
        + "notification-controller refuses (--no-cross-namespace-refs)")
  }
}
