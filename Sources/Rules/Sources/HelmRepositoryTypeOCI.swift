import ClusterModel
import Diagnostics
import Flux
import Kubernetes

extension Rule {
  static let helmRepositoryTypeOCI = Rule(
    id: "helm-repository-type-oci", chapter: .sources, severity: .info,
    title: "charts come from a registry through a HelmRepository",
    why: """
      A HelmRepository of type `oci` is only a note of an address: it is not reconciled, shows no status, and cannot pin \
      a digest. An OCIRepository with `chartRef` can, tells when the chart cannot be fetched, and is the form that Flux \
      develops.
      """,
    remedy: "Make an OCIRepository with the chart's address and version, and refer to it by `spec.chartRef`.",
    tags: ["maintenance"], precision: .veryHigh,
    check: .flux { subject, context, report in
      guard case .helmRepository(let source) = subject.value, let type = source.type, type.value == "oci",
        !context.isToldUnused(subject.id)
      else { return }
      let users = (context.facts.consumers[subject.id] ?? []).compactMap(context.cluster.object)
      let charts = users.compactMap { user -> Field<String>? in
        guard case .helmRelease(let release) = user.flux else { return nil }
        return release.chart?.value.spec?.value.chart
      }
      report.add(
        .oldForm(subject.id, source.url?.value, Set(charts.map(\.value)).sorted()), at: type.origin,
        about: subject.object, field: "spec.type",
        related: charts.prefix(shownUsers).map {
          RelatedLocation("'\($0.value)' is taken from it", at: $0.origin.location)
        })
    })

  /// How many releases are shown.
  private static let shownUsers = 5
}

extension Message {
  fileprivate static func oldForm(_ id: ObjectID, _ url: String?, _ charts: [String]) -> Self {
    var help: String?
    if let url, !charts.isEmpty {
      let base = url.hasSuffix("/") ? String(url.dropLast()) : url
      let addresses = Listing.of(charts.map { "`\(base)/\($0)`" })
      help =
        "Make an OCIRepository of \(addresses)\(charts.count > 1 ? ", one of each," : "") with the version as its `ref`, "
        + "and refer to it by `spec.chartRef` in place of `spec.chart`."
    }
    return Message("\(id) is of type 'oci'; OCIRepository with `chartRef` is the current form", help: help)
  }
}
