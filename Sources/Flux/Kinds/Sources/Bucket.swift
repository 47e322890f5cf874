import Diagnostics
import Kubernetes
import YAML

/// An object store that source-controller fetches.
public final class Bucket: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.bucket
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The name of the bucket.
  public let bucketName: Field<String>?
  /// The host.
  public let endpoint: Field<String>?
  /// The region.
  public let region: Field<String>?
  /// Only objects whose names start with it.
  public let prefix: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// The Secret with the credentials.
  public let secretRef: ObjectRef?
  /// The Secret with certificates for TLS.
  public let certSecretRef: ObjectRef?
  /// The Secret with the proxy address.
  public let proxySecretRef: ObjectRef?
  /// The cloud or Git provider whose identity is used; nil means `generic`.
  public let provider: Field<String>?
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// Where temporary credentials come from.
  public let sts: Field<SecurityTokenService>?
  /// Patterns that replace the default exclusions, in the format of `.gitignore`.
  public let ignore: Field<String>?
  /// Whether plain HTTP is allowed.
  public let insecure: Field<Bool>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// Who may refer to it; dropped from `v1`.
  public let accessFrom: Node?

  /// Reads `Bucket` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    bucketName = reader.string("bucketName")
    endpoint = reader.string("endpoint")
    region = reader.string("region")
    prefix = reader.string("prefix")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    proxySecretRef = reader.localRef("proxySecretRef")
    provider = reader.string("provider")
    serviceAccountName = reader.string("serviceAccountName")
    sts = reader.object("sts")
    ignore = reader.string("ignore")
    insecure = reader.bool("insecure")
    suspend = reader.bool("suspend")
    accessFrom = reader.node("accessFrom")
    problems = reader.problems
  }
}

extension Bucket {
  /// Where temporary credentials come from.
  public struct SecurityTokenService: SpecPart {
    /// `aws` or `ldap`.
    public var provider: Field<String>?
    /// The address.
    public var endpoint: Field<String>?
    /// The Secret with the credentials.
    public var secretRef: ObjectRef?
    /// The Secret with certificates for TLS.
    public var certSecretRef: ObjectRef?

    init(_ reader: inout SpecReader) {
      provider = reader.string("provider")
      endpoint = reader.string("endpoint")
      secretRef = reader.localRef("secretRef")
      certSecretRef = reader.localRef("certSecretRef")
    }
  }
}
