import Diagnostics
import Kubernetes

/// An artifact in a container registry that source-controller fetches.
public final class OCIRepository: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.ociRepository
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The address without a tag.
  public let url: Field<String>?
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
  /// What is fetched; nil means tag `latest`.
  public let ref: Field<Reference>?
  /// Which layer of the artifact is used.
  public let layerSelector: Field<LayerSelector>?
  /// Signatures that are demanded.
  public let verify: Field<SignatureVerification>?
  /// Patterns that replace the default exclusions, in the format of `.gitignore`.
  public let ignore: Field<String>?
  /// Whether plain HTTP is allowed.
  public let insecure: Field<Bool>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?

  /// Reads `OCIRepository` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    url = reader.string("url")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    secretRef = reader.localRef("secretRef")
    certSecretRef = reader.localRef("certSecretRef")
    proxySecretRef = reader.localRef("proxySecretRef")
    provider = reader.string("provider")
    serviceAccountName = reader.string("serviceAccountName")
    ref = reader.object("ref")
    layerSelector = reader.object("layerSelector")
    verify = reader.object("verify")
    ignore = reader.string("ignore")
    insecure = reader.bool("insecure")
    suspend = reader.bool("suspend")
    problems = reader.problems
  }
}

extension OCIRepository {
  /// What is fetched.
  public struct Reference: SpecPart {
    /// A digest.
    public var digest: Field<String>?
    /// A range of versions among the tags.
    public var semver: Field<String>?
    /// A regular expression for the tags that `semver` looks at.
    public var semverFilter: Field<String>?
    /// A tag.
    public var tag: Field<String>?

    init(_ reader: inout SpecReader) {
      digest = reader.string("digest")
      semver = reader.string("semver")
      semverFilter = reader.string("semverFilter")
      tag = reader.string("tag")
    }
  }

  /// Which layer of the artifact is used.
  public struct LayerSelector: SpecPart {
    /// The media type of the layer.
    public var mediaType: Field<String>?
    /// `extract` or `copy`.
    public var operation: Field<String>?

    init(_ reader: inout SpecReader) {
      mediaType = reader.string("mediaType")
      operation = reader.string("operation")
    }
  }
}
