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
        case let all = alert.wholeKinds(in: context, subject.id), !all.isEmpty
      else { return }
      report.add(
        .noisy(subject.id, all.map { ($0.kinds, $0.namespaces) }, isFiltered: !alert.exclusionList.isEmpty, type),
        at: alert.eventSeverity?.origin ?? all[0].place, about: subject.object,
        field: "spec.eventSeverity",
        related: [RelatedLocation("the provider is a chat", at: provider.origin.location)])
    })

  private static let chats: Set = [
    "slack", "discord", "msteams", "rocket", "googlechat", "webex", "lark", "matrix", "telegram", "zulip",
  ]
}

extension Alert {
  /// The kinds of which it hears of every object, those together that it hears of in the same namespaces.
  fileprivate func wholeKinds(in context: RuleContext, _ id: ObjectID) -> [(
    kinds: [String], namespaces: [String], place: Origin
  )] {
    let all = eventSources.map(\.value).filter { $0.ref?.name == "*" && $0.matchLabels.isEmpty }.compactMap(\.ref)
      .filter { context.refusal(of: $0, from: id) == nil }
    var found: [(kinds: [String], namespaces: [String], place: Origin)] = []
    var seen: Set<String> = []
    for reference in all where seen.insert(reference.kind).inserted {
      let namespaces = Set(all.filter { $0.kind == reference.kind }.map(\.namespace)).sorted()
      if let position = found.firstIndex(where: { $0.namespaces == namespaces }) {
        found[position].kinds.append(reference.kind)
      } else {
        found.append(([reference.kind], namespaces, reference.origin))
      }
    }
    return found
  }
}

extension Message {
  fileprivate static func noisy(
    _ id: ObjectID, _ all: [(kinds: [String], namespaces: [String])], isFiltered: Bool, _ type: String
  ) -> Self {
    let sources = all.map { kinds, namespaces in
      let places = namespaces.count == 1 ? "namespace \(namespaces[0])" : "namespaces \(Listing.of(namespaces))"
      return "every \(Listing.of(kinds, atMost: 7)) in \(places)"
    }
    let events = isFiltered ? "all events that `exclusionList` lets through" : "every event"
    return Message("\(id) sends", extent: " \(events) of \(Listing.of(sources)) to a chat (\(type))")
  }
}
