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
      // The addresses of a generator's files are one finding a kustomization file.
      var generated: [String: Int] = [:]
      for base in reconciliation.remoteBases where !base.bringsObjects {
        generated[base.location.file.path, default: 0] += 1
      }
      for base in reconciliation.remoteBases {
        var others = 0
        if !base.bringsObjects {
          guard let count = generated.removeValue(forKey: base.location.file.path) else { continue }
          others = count - 1
        }
        let related = refusal.map { [RelatedLocation("`--no-remote-bases` is set here", at: $0.location)] } ?? []
        report.add(
          .remote(reconciliation.id, base, others: others, isRefused: refusal != nil), at: base.location,
          about: reconciliation.reference, field: base.text, related: related,
          severity: refusal == nil ? .warning : .error)
      }
    })
}

extension Message {
  fileprivate static func remote(_ id: ObjectID, _ base: RemoteBase, others: Int, isRefused: Bool) -> Self {
    let more = others > 0 ? " and \(others) more" : ""
    let effect =
      if isRefused {
        ", which kustomize-controller refuses here"
      } else {
        base.bringsObjects ? "" : " for a generator: each reconciliation fails while the host is down"
      }
    return Message("\(id) takes in '\(base.text)'\(more) from the network\(effect)")
  }
}
