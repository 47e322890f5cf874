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
      let checkout: Checkout
      switch subject.value {
      case .gitRepository(let source):
        guard source.verify == nil else { return }
        checkout = source.checkout
      case .ociRepository(let source):
        guard source.verify == nil else { return }
        checkout = source.checkout
      default: return
      }
      report.add(
        .unverified(subject.id, checkout, isChart: context.isChart(subject.id)), at: subject.object.manifest.origin,
        about: subject.object, field: "spec.verify")
    })
}

extension RuleContext {
  /// Whether only releases use a source.
  fileprivate func isChart(_ id: ObjectID) -> Bool {
    guard let users = facts.consumers[id] else { return false }
    return users.allSatisfy { $0.kind == FluxKind.helmRelease.rawValue }
  }
}

extension Message {
  fileprivate static func unverified(_ id: ObjectID, _ checkout: Checkout, isChart: Bool) -> Self {
    let help =
      "Demand the publisher's signature of the chart in `spec.verify` where there is one; otherwise pin its digest."
    // These name their content: nothing else can come.
    let effect =
      switch checkout {
      case .commit: "its commit fixes what is applied, but not who wrote it"
      case .digest: "its digest fixes what is applied, but not who published it"
      case .name, .semver, .tag, .branch, .standard: "whatever its address gives out is applied"
      }
    return Message("\(id) has no `spec.verify`: \(effect)", help: isChart ? help : nil)
  }
}
