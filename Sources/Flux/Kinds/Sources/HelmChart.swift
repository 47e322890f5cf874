import Diagnostics
import Kubernetes

/// A chart out of a source.
public struct HelmChart: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmChart
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The name of the chart, or its path in the source.
  public var chart: Field<String>?
  /// The version or range; nil means `*`.
  public var version: Field<String>?
  /// Where the chart is.
  public var sourceRef: ObjectRef?
  /// How often it is reconciled.
  public var interval: Field<GoDuration>?
  /// `ChartVersion` or `Revision`.
  public var reconcileStrategy: Field<String>?
  /// Values files that replace the chart's own.
  public var valuesFiles: [Field<String>]
  /// One values file; dropped from `v1`.
  public var valuesFile: Field<String>?
  /// Whether missing values files are passed over.
  public var ignoreMissingValuesFiles: Field<Bool>?
  /// Signatures that are demanded.
  public var verify: Field<SignatureVerification>?
  /// Whether reconciliation is paused.
  public var suspend: Field<Bool>?

  /// Reads `HelmChart` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    chart = reader.string("chart")
    version = reader.string("version")
    sourceRef = reader.ref("sourceRef")
    interval = reader.duration("interval")
    reconcileStrategy = reader.string("reconcileStrategy")
    valuesFiles = reader.strings("valuesFiles")
    valuesFile = reader.string("valuesFile")
    ignoreMissingValuesFiles = reader.bool("ignoreMissingValuesFiles")
    verify = reader.object("verify")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}
