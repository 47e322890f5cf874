import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

extension Rule {
  static let helmCRDsNeverUpgraded = Rule(
    id: "helm-crds-never-upgraded", chapter: .helmReleases, severity: .warning,
    title: "a release installs definitions and never upgrades them",
    why: """
      Helm takes what is in `crds/` at installation only. With the next version of the chart the controller speaks an API \
      that the cluster does not have.
      """,
    remedy: "Set `spec.upgrade.crds: CreateReplace`, or apply the definitions by a Kustomization of their own.",
    check: .helmRelease { subject, context, report in
      let upgrade = subject.value.upgrade?.value.crds
      guard upgrade == nil || upgrade?.value == "Skip", subject.value.install?.value.crds?.value != "Skip",
        let own = context.reconciliation(of: subject.id)
      else { return }
      let definitions = own.objects.map { context.cluster.objects[$0] }.filter { object in
        // Those that something else applies too are upgraded by that.
        object.isChartDefinition
          && (own.remoteCluster != nil || context.cluster.index[object.id]?.count == 1)
      }
      guard let first = definitions.first else { return }
      report.add(
        .never(subject.id, definitions.map(\.id.name)), at: upgrade?.origin ?? subject.object.manifest.origin,
        about: subject.object, field: "spec.upgrade.crds",
        related: [RelatedLocation("a definition of the chart", at: first.manifest.origin.location)])
    })
}

extension Message {
  fileprivate static func never(_ id: ObjectID, _ definitions: [String]) -> Self {
    Message("\(id) installs \(Listing.of(definitions)) from `crds/`, and never upgrades what it has installed there")
  }
}
