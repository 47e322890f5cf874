import Diagnostics
import Kubernetes

/// A place to send notifications to.
public final class Provider: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.provider
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// What receives them, such as `slack`.
  public let type: Field<String>?
  /// The address.
  public let address: Field<String>?
  /// The channel.
  public let channel: Field<String>?
  /// The name to post under.
  public let username: Field<String>?
  /// The Secret with the credentials.
  public let secretRef: ObjectRef?
  /// The Secret with certificates for TLS.
  public let certSecretRef: ObjectRef?
  /// The Secret with the proxy address.
  public let proxySecretRef: ObjectRef?
  /// The proxy address; deprecated.
  public let proxy: Field<String>?
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// A CEL expression for the name of a commit status.
  public let commitStatusExpr: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `Provider` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    type = reader.string("type")
    address = reader.string("address")
    channel = reader.string("channel")
    username = reader.string("username")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    proxySecretRef = reader.localRef("proxySecretRef")
    proxy = reader.string("proxy")
    serviceAccountName = reader.string("serviceAccountName")
    commitStatusExpr = reader.string("commitStatusExpr")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}
