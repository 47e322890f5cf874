import Diagnostics
import Kubernetes

/// An artifact that another controller provides.
public final class ExternalArtifact: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.externalArtifact
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The object that provides it.
  public let sourceRef: ObjectRef?

  /// Reads `ExternalArtifact` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader(isSpecRequired: false)
    self.manifest = manifest
    sourceRef = reader.ref("sourceRef")
    problems = reader.problems
  }
}
