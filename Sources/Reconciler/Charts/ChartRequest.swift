import Diagnostics
import Files
import Flux

/// What is asked of a source: by a HelmRelease's own template, or by the HelmChart it refers to.
struct ChartRequest {
  /// The name of the chart, or its path in the source.
  var chart: Field<String>
  /// The version or range; nil means any. Sources with files have one version.
  var version: Field<String>?
  var sourceRef: ObjectRef
  var valuesFiles: [Field<String>]
  var toleratesMissingValuesFiles: Bool
}

extension HelmRelease.Chart {
  var request: ChartRequest? {
    guard let chart, let sourceRef else { return nil }
    return ChartRequest(
      chart: chart, version: version, sourceRef: sourceRef, valuesFiles: valuesFiles,
      toleratesMissingValuesFiles: ignoreMissingValuesFiles?.value ?? false)
  }
}

extension HelmChart {
  var request: ChartRequest? {
    guard let chart, let sourceRef else { return nil }
    return ChartRequest(
      chart: chart, version: version, sourceRef: sourceRef, valuesFiles: valuesFiles,
      toleratesMissingValuesFiles: ignoreMissingValuesFiles?.value ?? false)
  }
}

/// A chart that is at hand.
struct FoundChart: Sendable {
  /// Which chart it is, among all that a simulation meets.
  struct Key: Hashable, Sendable {
    var tree: String
    var path: RepoPath
  }

  var key: Key
  var tree: any FileTree
  var path: RepoPath
  /// Whether places in its files mean something to a reader of the report.
  var isInRepository: Bool
  /// Whether it is taken from the files of a source: values files are then paths in the source, not in the chart.
  var isFromSource: Bool
  var valuesFiles: [Field<String>] = []
  var toleratesMissingValuesFiles = false
}
