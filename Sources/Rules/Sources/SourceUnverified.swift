import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let sourceUnverified = Rule(
    id: "source-unverified", chapter: .sources, severity: .warning,
    title: "the signature of a source is not verified",
    why: """
      Without `spec.verify` Flux applies whatever the address gives out: one stolen token of a registry or a Git host is \
      enough to change a cluster.
      """,
    remedy: "Sign commits, tags or artifacts, and demand the signature in `spec.verify`.",
    tags: ["security", "supply-chain"], precision: .veryHigh, securitySeverity: "5.9",
    check: .flux { subject, context, report in
      switch subject.value {
      case .gitRepository(let source):
        guard source.verify == nil else { return }
      case .ociRepository(let source):
        guard source.verify == nil else { return }
      default: return
      }
      report.add(
        .unverified(subject.id), at: subject.object.manifest.origin, about: subject.object, field: "spec.verify")
    })
}

extension Message {
  fileprivate static func unverified(_ id: ObjectID) -> Self {
    Message("\(id) has no `spec.verify`: whatever its address gives out is applied")
  }
}
