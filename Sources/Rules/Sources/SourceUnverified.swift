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
      case .helmChart(let chart):
        context.judge(chart.verify == nil, chart.sourceRef, subject, "spec.verify", &report)
        return
      case .helmRelease(let release):
        let template = release.chart?.value.spec?.value
        context.judge(template?.verify == nil, template?.sourceRef, subject, "spec.chart.spec.verify", &report)
        return
      default: return
      }
      report.add(
        .unverified(subject.id, checkout, isChart: context.isChart(subject.id)), at: subject.object.manifest.origin,
        about: subject.object, field: "spec.verify")
    })
}

extension RuleContext {
  /// A chart out of a registry is verified by what asks for it: the repository has no field for that.
  fileprivate func judge(
    _ isUnverified: Bool, _ source: ObjectRef?, _ subject: Subject<FluxObject>, _ field: String,
    _ report: inout Reporter
  ) {
    guard isUnverified, let source, case .helmRepository(let repository) = cluster.object(source.id)?.flux,
      repository.type?.value == "oci"
    else { return }
    report.add(
      .unverifiedChart(subject.id, source.id, field), at: source.origin, about: subject.object, field: field,
      related: [RelatedLocation("the repository", at: repository.manifest.origin.location)])
  }

  /// Whether only releases use a source.
  fileprivate func isChart(_ id: ObjectID) -> Bool {
    guard let users = facts.consumers[id] else { return false }
    return users.allSatisfy { $0.kind == FluxKind.helmRelease.rawValue }
  }
}

extension Message {
  fileprivate static func unverifiedChart(_ id: ObjectID, _ source: ObjectID, _ field: String) -> Self {
    Message(
      "\(id) takes a chart from the registry of \(source) and has no `\(field)`: whatever that gives out is installed",
      help: "Demand the publisher's signature of the chart in `\(field)` where there is one.")
  }

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
