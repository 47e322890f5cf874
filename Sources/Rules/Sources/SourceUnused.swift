import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import Policies

extension Rule {
  static let sourceUnused = Rule(
    id: "source-unused", chapter: .sources, severity: .info,
    title: "nothing takes anything from a source",
    why: "A source that nobody uses is fetched all the same, holds credentials, and makes readers look for its users.",
    remedy: "Take the source out.", tags: ["maintenance"], precision: .medium,
    check: .flux { subject, context, report in
      guard subject.value.kind.isSource, subject.value.kind != .helmChart, subject.value.kind != .externalArtifact,
        context.facts.consumers[subject.id] == nil, !context.facts.ownSources.contains(subject.id),
        !context.facts.mayBeUsedUnseen(subject.id), !isMeantElsewhere(subject.id, context)
      else { return }
      report.add(.unused(subject.id), at: subject.object.manifest.origin, about: subject.object, field: "metadata.name")
    })

  /// Whether a reference that leads nowhere means this source: then the reference is what is wrong, and another rule says
  /// so.
  private static func isMeantElsewhere(_ id: ObjectID, _ context: RuleContext) -> Bool {
    guard context.policy.selection.isOn(Rule.sourceNotFound.id) else { return false }
    return context.facts.consumers.contains { wanted, users in
      context.cluster.object(wanted) == nil && !context.facts.isKnownSource(wanted)
        && users.contains { LookAlike.find(wanted, for: $0, in: context)?.found == id }
    }
  }
}

extension Message {
  fileprivate static func unused(_ id: ObjectID) -> Self {
    Message("\(id) is fetched, but nothing in the cluster takes anything from it")
  }
}
