import Diagnostics
import Kubernetes
import YAML

/// A Helm repository.
public struct HelmRepository: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmRepository
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The address.
  public var url: Field<String>?
  /// `default` (an HTTP index) or `oci`.
  public var type: Field<String>?
  /// How often it is reconciled.
  public var interval: Field<GoDuration>?
  /// How long one operation may take.
  public var timeout: Field<GoDuration>?
  /// The Secret with the credentials.
  public var secretRef: ObjectRef?
  /// The Secret with certificates for TLS.
  public var certSecretRef: ObjectRef?
  /// Whether credentials go to other hosts too.
  public var passCredentials: Field<Bool>?
  /// The cloud or Git provider whose identity is used; nil means `generic`.
  public var provider: Field<String>?
  /// Whether plain HTTP is allowed.
  public var insecure: Field<Bool>?
  /// Whether reconciliation is paused.
  public var suspend: Field<Bool>?
  /// Who may refer to it; never had an effect.
  public var accessFrom: Node?

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
