import Diagnostics
import Kubernetes
import YAML

/// A Helm repository.
public final class HelmRepository: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmRepository
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The address.
  public let url: Field<String>?
  /// `default` (an HTTP index) or `oci`.
  public let type: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// The Secret with the credentials.
  public let secretRef: ObjectRef?
  /// The Secret with certificates for TLS.
  public let certSecretRef: ObjectRef?
  /// Whether credentials go to other hosts too.
  public let passCredentials: Field<Bool>?
  /// The cloud or Git provider whose identity is used; nil means `generic`.
  public let provider: Field<String>?
  /// Whether plain HTTP is allowed.
  public let insecure: Field<Bool>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// Who may refer to it; never had an effect.
  public let accessFrom: Node?

  /// Reads `HelmRepository` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    url = reader.string("url")
    type = reader.string("type")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    passCredentials = reader.bool("passCredentials")
    provider = reader.string("provider")
    insecure = reader.bool("insecure")
    suspend = reader.bool("suspend")
    accessFrom = reader.node("accessFrom")
    problems = reader.problems
  }
}
