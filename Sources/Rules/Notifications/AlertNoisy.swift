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
        let all = alert.allOfKinds
      else { return }
      report.add(
        .noisy(subject.id, all.kinds, all.namespaces, type),
        at: alert.eventSeverity?.origin ?? subject.object.manifest.origin, about: subject.object,
        field: "spec.eventSeverity",
        related: [RelatedLocation("the provider is a chat", at: provider.origin.location)])
    })

  private static let chats: Set = [
    "slack", "discord", "msteams", "rocket", "googlechat", "webex", "lark", "matrix", "telegram", "zulip",
  ]
}

extension Alert {
  /// The kinds and namespaces of which it hears of every object; nil where there is none.
  fileprivate var allOfKinds: (kinds: [String], namespaces: [String])? {
    let all = eventSources.map(\.value).filter { $0.ref?.name == "*" && $0.matchLabels.isEmpty }.compactMap(\.ref)
    return all.isEmpty ? nil : (Set(all.map(\.kind)).sorted(), Set(all.map(\.namespace)).sorted())
  }
}

extension Message {
  fileprivate static func noisy(_ id: ObjectID, _ kinds: [String], _ namespaces: [String], _ type: String) -> Self {
    let places = namespaces.count == 1 ? "namespace \(namespaces[0])" : "namespaces \(Listing.of(namespaces))"
    return Message("\(id) sends every event of every \(Listing.of(kinds)) in \(places) to a chat (\(type))")
  }
}
