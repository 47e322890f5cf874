import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceUnused = Rule(
    id: "source-unused", chapter: .sources, severity: .info,
    title: "nothing takes anything from a source",
    why: "A source that nobody uses is fetched all the same, holds credentials, and makes readers look for its users.",
    remedy: "Take the source out.", tags: ["maintenance"], precision: .medium,
    check: .flux { subject, context, report in
      guard subject.value.kind.isSource, subject.value.kind != .helmChart, subject.value.kind != .externalArtifact,
        context.isUnused(subject.id)
      else { return }
      report.add(.unused(subject.id), at: subject.object.manifest.origin, about: subject.object, field: "metadata.name")
    })
}

extension Message {
  fileprivate static func unused(_ id: ObjectID) -> Self {
    Message("\(id) is fetched, but nothing in the cluster takes anything from it")
  }
}
