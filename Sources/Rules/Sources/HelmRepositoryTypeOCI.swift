import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmRepositoryTypeOCI = Rule(
    id: "helm-repository-type-oci", chapter: .sources, severity: .info,
    title: "charts come from a registry through a HelmRepository",
    why: """
      A HelmRepository of type `oci` is only a note of an address: it is not reconciled, shows no status, and knows \
      neither digests nor signatures. An OCIRepository with `chartRef` is the form that Flux develops.
      """,
    remedy: "Make an OCIRepository with the chart's address and version, and refer to it by `spec.chartRef`.",
    tags: ["maintenance"], precision: .veryHigh,
    check: .flux { subject, context, report in
      guard case .helmRepository(let source) = subject.value, let type = source.type, type.value == "oci" else {
        return
      }
      report.add(.oldForm(subject.id), at: type.origin, about: subject.object, field: "spec.type")
    })
}

extension Message {
  fileprivate static func oldForm(_ id: ObjectID) -> Self {
    Message("\(id) is of type 'oci'; OCIRepository with `chartRef` is the current form")
  }
}
