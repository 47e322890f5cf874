import ClusterModel
import Diagnostics
import Kubernetes

extension Rule {
  static let remoteBase = Rule(
    id: "remote-base", chapter: .rendering, severity: .warning,
    title: "a kustomization takes something in from the network",
    why: """
      Every reconciliation depends on a host that Flux does not watch, fetches without verification, and what comes back \
      can change without a commit. Controllers with `--no-remote-bases` refuse it.
      """,
    remedy: "Copy it into the repository, or make it a source with a Kustomization of its own.",
    tags: ["security", "reliability"], precision: .veryHigh,
    check: .reconciliation { reconciliation, context, report in
      guard reconciliation.kind == .kustomization else { return }
      let refusal = context.cluster.settings.noRemoteBases.flatMap { $0.value ? $0 : nil }
      for base in reconciliation.remoteBases {
        let related = refusal.map { [RelatedLocation("`--no-remote-bases` is set here", at: $0.location)] } ?? []
        report.add(
          .remote(reconciliation.id, base.text, isRefused: refusal != nil), at: base.location,
          about: reconciliation.reference, field: base.text, related: related,
          severity: refusal == nil ? .warning : .error)
      }
    })
}

extension Message {
  fileprivate static func remote(_ id: ObjectID, _ text: String, isRefused: Bool) -> Self {
    let effect = isRefused ? ", which kustomize-controller refuses here" : ""
    return Message("\(id) takes in '\(text)' from the network\(effect)")
  }
}
