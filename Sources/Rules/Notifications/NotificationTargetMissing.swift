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
      let isReceiver = if case .receiver = subject.value { true } else { false }
      let references = sources.compactMap(\.value.ref)
      let hits = sources.compactMap { source -> ObjectRef? in
        guard let reference = source.value.ref, context.refusal(of: reference, from: subject.id) == nil else {
          return nil
        }
        return selectsNothing(source.value, reference, of: subject.id, context) ? nil : reference
      }
      // An Alert goes on with the entries that hold; a Receiver answers with an error, and reconciles nothing.
      let goesOn = !isReceiver && hits.contains { !isMissing($0, of: subject.id, context) }
      let severity: Severity? = goesOn ? .warning : nil
      let patterns = references.filter { $0.namespace == "*" }
      if let first = patterns.first {
        report.add(
          .noPattern(subject.id, patterns), at: first.namespacePlace, about: subject.object,
          field: first.place(in: field),
          related: patterns.dropFirst().map { RelatedLocation("and here", at: $0.namespacePlace.location) },
          severity: severity)
      }
      for source in sources {
        guard let reference = source.value.ref else { continue }
        switch context.refusal(of: reference, from: subject.id) {
        case .pattern: continue
        case .crossing(let flag):
          report.add(
            .refused(subject.id, reference), at: reference.namespacePlace, about: subject.object,
            field: reference.place(in: field),
            related: [RelatedLocation("notification-controller is started with the flag here", at: flag)],
            severity: severity)
        case .nowhere:
          report.add(
            .nowhere(subject.id, reference), at: reference.namespacePlace, about: subject.object,
            field: reference.place(in: field), severity: severity)
        case nil where isReceiver && reference.name == "*" && !source.value.hasMatchLabels:
          report.add(
            .unlabelled(subject.id, reference), at: reference.origin, about: subject.object,
            field: reference.place(in: field))
        case nil where selectsNothing(source.value, reference, of: subject.id, context):
          report.add(
            .unmatched(subject.id, reference), at: source.value.matchLabels.first?.key.origin ?? reference.origin,
            about: subject.object, field: reference.place(in: field), severity: severity)
        case nil:
          guard isMissing(reference, of: subject.id, context) else { continue }
          let hint = LookAlike.find(reference.id, for: subject.id, in: context)
          report.add(
            .missing(subject.id, reference.id, hint), at: reference.place(hint), about: subject.object,
            field: reference.place(in: field), related: hint?.related ?? [], severity: severity)
        }
      }
    })

  /// Whether there are such objects, but none with the labels.
  private static func selectsNothing(
    _ source: EventSource, _ reference: ObjectRef, of subject: ObjectID, _ context: RuleContext
  ) -> Bool {
    guard !source.matchLabels.isEmpty else { return false }
    let named = context.facts.fluxObjects.filter { object in
      object.id.kind == reference.kind && object.id.namespace == reference.namespace
        && (reference.name == "*" || object.id.name == reference.name)
    }
    return !named.isEmpty
      && !named.contains { object in
        source.matchLabels.allSatisfy { object.hasLabel($0.key.value, $0.value.value) }
      }
      && !context.facts.mayExistUnseen(reference.id, for: subject)
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

extension ObjectRef {
  /// Where its namespace stands, else its name.
  fileprivate var namespacePlace: Origin { writtenNamespace?.origin ?? origin }

  /// What tells it apart from the other entries of a list.
  fileprivate func place(in field: String) -> String { "\(field)[\(kind)/\(namespace)/\(name)]" }
}

extension Message {
  fileprivate static func missing(_ id: ObjectID, _ wanted: ObjectID, _ hint: LookAlike?) -> Self {
    Message("\(id) names \(wanted), which is not in the cluster" + (hint.map { "; \($0.plainSentence)" } ?? ""))
  }

  fileprivate static func noPattern(_ id: ObjectID, _ references: [ObjectRef]) -> Self {
    let names = Listing.of(references.map { "\($0.kind) '\($0.name)'" })
    return Message(
      "\(id) names \(names) in namespace '*', which is no pattern: nothing is in a namespace of that name",
      help: "Only `name` may be `*`. Write one entry for each namespace.")
  }

  fileprivate static func unmatched(_ id: ObjectID, _ reference: ObjectRef) -> Self {
    let subject =
      reference.name == "*"
      ? "no \(reference.kind) in namespace '\(reference.namespace)' has them" : "\(reference.id) does not have them"
    return Message("\(id) asks for labels of \(reference.kind) '\(reference.name)', and \(subject)")
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
