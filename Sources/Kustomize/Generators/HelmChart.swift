import Diagnostics
import YAML

/// `helmGlobals`.
struct HelmGlobals: Sendable {
  var chartHome: Placed<String>?
  var configHome: Placed<String>?
}

/// One entry of `helmCharts`: a chart to render into the kustomization.
public struct HelmChart: Sendable {
  /// The chart's name: the folder below the chart home.
  public var name: String
  /// The version to fetch.
  public var version: String
  /// The repository to fetch from; empty for a chart in the tree.
  public var repository: String
  /// The release's name; empty for one that Helm makes up.
  public var releaseName: String
  /// The release's namespace.
  public var namespace: String
  /// A values file in place of the chart's own; empty for the chart's own.
  public var valuesFile: String
  /// Values files on top.
  public var additionalValuesFiles: [String]
  /// Values given inline; nil where there are none.
  public var valuesInline: Node?
  /// How inline values and the values file go together.
  public var valuesMerge: ValuesMerge
  /// Whether the CRDs of the chart come with it.
  public var includesCRDs: Bool
  /// Whether hooks are left out.
  public var skipsHooks: Bool
  /// Whether test hooks are left out.
  public var skipsTests: Bool
  /// API versions that the cluster is said to have.
  public var apiVersions: [String]
  /// The cluster's version.
  public var kubeVersion: String
  /// A template for the release's name.
  public var nameTemplate: String
  /// The folder of the charts, seen from the kustomization; `charts` where nothing else is said.
  public var chartHome: String
  /// Where the entry stands.
  public var origin: Origin

  /// How inline values and the values file go together.
  public enum ValuesMerge: String, Sendable, CaseIterable {
    /// Inline values win.
    case override
    /// The file's values win.
    case merge
    /// Inline values alone.
    case replace
  }
}

extension HelmGlobals {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow(["chartHome", "configHome"])
    chartHome = try reader.string("chartHome")
    configHome = try reader.string("configHome")
  }

  /// Takes over what `other` sets.
  mutating func merge(_ other: HelmGlobals) {
    if let home = other.chartHome, !home.value.isEmpty { chartHome = home }
    if let home = other.configHome, !home.value.isEmpty { configHome = home }
  }
}

extension HelmChart {
  init(_ reader: FieldReader) throws(KustomizeError) {
    try reader.allow([
      "name", "version", "repo", "releaseName", "namespace", "additionalValuesFiles", "valuesFile", "valuesInline",
      "valuesMerge", "includeCRDs", "skipHooks", "apiVersions", "kubeVersion", "nameTemplate", "skipTests", "debug",
      "devel",
    ])
    name = try reader.string("name", or: "")
    version = try reader.string("version", or: "")
    repository = try reader.string("repo", or: "")
    releaseName = try reader.string("releaseName", or: "")
    namespace = try reader.string("namespace", or: "")
    valuesFile = try reader.string("valuesFile", or: "")
    additionalValuesFiles = try reader.strings("additionalValuesFiles").map(\.value)
    valuesInline = reader.node("valuesInline")
    valuesMerge = try Self.valuesMerge(reader)
    includesCRDs = try reader.bool("includeCRDs")
    skipsHooks = try reader.bool("skipHooks")
    skipsTests = try reader.bool("skipTests")
    apiVersions = try reader.strings("apiVersions").map(\.value)
    kubeVersion = try reader.string("kubeVersion", or: "")
    nameTemplate = try reader.string("nameTemplate", or: "")
    chartHome = reader.mode == .configuration ? try reader.string("chartHome", or: "") : ""
    origin = reader.origin
  }

  private static func valuesMerge(_ reader: FieldReader) throws(KustomizeError) -> ValuesMerge {
    guard let text = try reader.string("valuesMerge"), !text.value.isEmpty else { return .override }
    guard let known = ValuesMerge(rawValue: text.value) else {
      throw KustomizeError(
        .field, "valuesMerge must be merge, override or replace, not '\(text.value)'", at: text.origin.location)
    }
    return known
  }

  /// An entry of `helmChartInflationGenerator`, the older form of `helmCharts`, and what it says for all charts.
  static func reading(oldForm reader: FieldReader) throws(KustomizeError) -> (chart: HelmChart, globals: HelmGlobals) {
    try reader.allow([
      "chartName", "chartVersion", "chartRepoUrl", "chartHome", "chartRepoName", "helmBin", "helmHome", "values",
      "valuesLocal", "valuesMerge", "releaseName", "releaseNamespace", "extraArgs",
    ])
    var chart = try HelmChart(
      FieldReader(Node(.mapping(Mapping()), origin: reader.origin), name: reader.name, mode: reader.mode))
    chart.name = try reader.string("chartName", or: "")
    chart.version = try reader.string("chartVersion", or: "")
    chart.repository = try reader.string("chartRepoUrl", or: "")
    chart.valuesFile = try reader.string("values", or: "")
    chart.valuesInline = reader.node("valuesLocal")
    chart.valuesMerge = try valuesMerge(reader)
    chart.releaseName = try reader.string("releaseName", or: "")
    let globals = HelmGlobals(
      chartHome: try reader.string("chartHome"), configHome: try reader.string("helmHome"))
    return (chart, globals)
  }
}
