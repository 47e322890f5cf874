import Diagnostics
import Kubernetes

/// A chart out of a source.
public final class HelmChart: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmChart
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The name of the chart, or its path in the source.
  public let chart: Field<String>?
  /// The version or range; nil means `*`.
  public let version: Field<String>?
  /// Where the chart is.
  public let sourceRef: ObjectRef?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// `ChartVersion` or `Revision`.
  public let reconcileStrategy: Field<String>?
  /// Values files that replace the chart's own.
  public let valuesFiles: [Field<String>]
  /// One values file; dropped from `v1`.
  public let valuesFile: Field<String>?
  /// Whether missing values files are passed over.
  public let ignoreMissingValuesFiles: Field<Bool>?
  /// Signatures that are demanded.
  public let verify: Field<SignatureVerification>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

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
