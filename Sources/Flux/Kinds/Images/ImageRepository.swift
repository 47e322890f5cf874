import Diagnostics
import Kubernetes
import YAML

/// An image repository that is scanned for tags.
public final class ImageRepository: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.imageRepository
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The image without a tag.
  public let image: Field<String>?
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
  /// Regular expressions for tags that are left out.
  public let exclusionList: [Field<String>]
  /// Whether plain HTTP is allowed.
  public let insecure: Field<Bool>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// Which namespaces may refer to it.
  public let accessFrom: Node?

  /// Reads `ImageRepository` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    image = reader.string("image")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    proxySecretRef = reader.localRef("proxySecretRef")
    provider = reader.string("provider")
    serviceAccountName = reader.string("serviceAccountName")
    exclusionList = reader.strings("exclusionList")
    insecure = reader.bool("insecure")
    suspend = reader.bool("suspend")
    accessFrom = reader.node("accessFrom")
    problems = reader.problems
  }
}
