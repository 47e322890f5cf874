import Diagnostics
import Kubernetes
import YAML

/// A path that kustomize-controller builds and applies.
public final class Kustomization: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.kustomization
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The source of the artifact.
  public let sourceRef: ObjectRef?
  /// The directory in the artifact; nil means its root.
  public let path: Field<String>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How soon a failure is retried; nil means `interval`.
  public let retryInterval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// Whether objects that are no longer built are deleted.
  public let prune: Field<Bool>?
  /// What deleting the Kustomization does to its objects; nil means `MirrorPrune`.
  public let deletionPolicy: Field<String>?
  /// Whether objects are recreated when an immutable field changes.
  public let force: Field<Bool>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// Whether all objects are waited for.
  public let wait: Field<Bool>?
  /// What must be ready first.
  public let dependsOn: [Field<Dependency>]
  /// Objects whose health is waited for.
  public let healthChecks: [ObjectRef]
  /// How the health of custom resources is told.
  public let healthCheckExprs: [Field<HealthCheckExpression>]
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// The remote cluster to apply to.
  public let kubeConfig: Field<KubeConfig>?
  /// How encrypted files are decrypted.
  public let decryption: Field<Decryption>?
  /// What happens to the built objects.
  public let postBuild: Field<PostBuild>?
  /// The namespace of all objects.
  public let targetNamespace: Field<String>?
  /// What all names start with.
  public let namePrefix: Field<String>?
  /// What all names end with.
  public let nameSuffix: Field<String>?
  /// Patches.
  public let patches: [Field<KustomizePatch>]
  /// Other images.
  public let images: [Field<ImageOverride>]
  /// Kustomize components, as paths relative to `path`.
  public let components: [Field<String>]
  /// Whether components that are not there are passed over.
  public let ignoreMissingComponents: Field<Bool>?
  /// Labels and annotations of all objects.
  public let commonMetadata: Field<CommonMetadata>?
  /// What kustomize notes on the objects.
  public let buildMetadata: [Field<String>]
  /// What drift detection passes over.
  public let ignore: [Field<IgnoreRule>]
  /// Strategic merge patches; dropped from `v1`.
  public let patchesStrategicMerge: [Node]
  /// JSON 6902 patches; dropped from `v1`.
  public let patchesJson6902: [Node]
  /// Client or server validation; dropped from `v1`.
  public let validation: Field<String>?

  /// Reads `Kustomization` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    sourceRef = reader.ref("sourceRef")
    path = reader.string("path")
    interval = reader.duration("interval")
    retryInterval = reader.duration("retryInterval")
    timeout = reader.duration("timeout")
    prune = reader.bool("prune")
    deletionPolicy = reader.string("deletionPolicy")
    force = reader.bool("force")
    suspend = reader.bool("suspend")
    wait = reader.bool("wait")
    dependsOn = reader.dependencies(kind: "Kustomization")
    healthChecks = reader.refs("healthChecks")
    healthCheckExprs = reader.list("healthCheckExprs")
    serviceAccountName = reader.string("serviceAccountName")
    kubeConfig = reader.object("kubeConfig")
    decryption = reader.object("decryption")
    postBuild = reader.object("postBuild")
    targetNamespace = reader.string("targetNamespace")
    namePrefix = reader.string("namePrefix")
    nameSuffix = reader.string("nameSuffix")
    patches = reader.list("patches")
    images = reader.list("images")
    components = reader.strings("components")
    ignoreMissingComponents = reader.bool("ignoreMissingComponents")
    commonMetadata = reader.object("commonMetadata")
    buildMetadata = reader.strings("buildMetadata")
    ignore = reader.list("ignore")
    patchesStrategicMerge = reader.items("patchesStrategicMerge")
    patchesJson6902 = reader.items("patchesJson6902")
    validation = reader.string("validation")
    problems = reader.problems
  }
}

extension Kustomization {
  /// How encrypted files are decrypted.
  public struct Decryption: SpecPart {
    /// `sops`.
    public var provider: Field<String>?
    /// The Secret with the keys.
    public var secretRef: ObjectRef?
    /// The service account for a cloud key service.
    public var serviceAccountName: Field<String>?

    init(_ reader: inout SpecReader) {
      provider = reader.string("provider")
      secretRef = reader.localRef("secretRef")
      serviceAccountName = reader.string("serviceAccountName")
    }
  }

  /// What happens to the built objects.
  public struct PostBuild: SpecPart {
    /// Variables with their values.
    public var substitute: [StringEntry]
    /// ConfigMaps and Secrets with variables.
    public var substituteFrom: [Field<SubstituteReference>]
    /// `WithVariables` or `Always`.
    public var substituteStrategy: Field<String>?

    init(_ reader: inout SpecReader) {
      substitute = reader.stringMap("substitute")
      substituteFrom = reader.list("substituteFrom")
      substituteStrategy = reader.string("substituteStrategy")
    }
  }

  /// A ConfigMap or Secret with variables.
  public struct SubstituteReference: SpecPart {
    /// The object, in the namespace of the Kustomization.
    public var ref: ObjectRef?
    /// Whether it may be missing.
    public var optional: Field<Bool>?

    init(_ reader: inout SpecReader) {
      ref = reader.ownLocalRef()
      optional = reader.bool("optional")
    }
  }
}
