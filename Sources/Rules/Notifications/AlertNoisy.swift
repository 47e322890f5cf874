import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let alertNoisy = Rule(
    id: "alert-noisy", chapter: .notifications, severity: .warning,
    title: "everything that happens goes into a chat",
    why: """
      With severity `info` over `*` each applied change is a message. A channel that speaks all day is muted, and with it \
      the one message that mattered.
      """,
    remedy: "Set `eventSeverity: error`, or narrow the sources to those somebody follows.",
    check: .flux { subject, context, report in
      guard case .alert(let alert) = subject.value, alert.eventSeverity?.value ?? "info" == "info",
        let reference = alert.providerRef, alert.inclusionList.isEmpty,
        case .provider(let provider) = context.cluster.object(reference.id)?.flux, let type = provider.type?.value,
        chats.contains(type),
        let all = alert.allOfKind(in: context, subject.id)
      else { return }
      report.add(
        .noisy(subject.id, all.kind, all.namespaces, type),
        at: alert.eventSeverity?.origin ?? all.place, about: subject.object,
        field: "spec.eventSeverity",
        related: [RelatedLocation("the provider is a chat", at: provider.origin.location)])
    })

  private static let chats: Set = [
    "slack", "discord", "msteams", "rocket", "googlechat", "webex", "lark", "matrix", "telegram", "zulip",
  ]
}

extension Alert {
  /// The first kind of which it hears of every object, and in which namespaces; nil where there is none.
  fileprivate func allOfKind(in context: RuleContext, _ id: ObjectID) -> (
    kind: String, namespaces: [String], place: Origin
  )? {
    let all = eventSources.map(\.value).filter { $0.ref?.name == "*" && $0.matchLabels.isEmpty }.compactMap(\.ref)
      .filter { context.refusal(of: $0, from: id) == nil }
    guard let first = all.first else { return nil }
    let namespaces = Set(all.filter { $0.kind == first.kind }.map(\.namespace))
    return (first.kind, namespaces.sorted(), first.origin)
  }
}

extension Message {
  fileprivate static func noisy(_ id: ObjectID, _ kind: String, _ namespaces: [String], _ type: String) -> Self {
    let places = namespaces.count == 1 ? "namespace \(namespaces[0])" : "namespaces \(Listing.of(namespaces))"
    return Message("\(id) sends every event of every \(kind) in \(places) to a chat (\(type))")
  }
}
