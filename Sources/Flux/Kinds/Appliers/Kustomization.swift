import Diagnostics
import Kubernetes
import YAML

/// A path that kustomize-controller builds and applies.
public struct Kustomization: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.kustomization
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The source of the artifact.
  public var sourceRef: ObjectRef?
  /// The directory in the artifact; nil means its root.
  public var path: Field<String>?
  /// How often it is reconciled.
  public var interval: Field<GoDuration>?
  /// How soon a failure is retried; nil means `interval`.
  public var retryInterval: Field<GoDuration>?
  /// How long one operation may take.
  public var timeout: Field<GoDuration>?
  /// Whether objects that are no longer built are deleted.
  public var prune: Field<Bool>?
  /// What deleting the Kustomization does to its objects; nil means `MirrorPrune`.
  public var deletionPolicy: Field<String>?
  /// Whether objects are recreated when an immutable field changes.
  public var force: Field<Bool>?
  /// Whether reconciliation is paused.
  public var suspend: Field<Bool>?
  /// Whether all objects are waited for.
  public var wait: Field<Bool>?
  /// What must be ready first.
  public var dependsOn: [Field<Dependency>]
  /// Objects whose health is waited for.
  public var healthChecks: [ObjectRef]
  /// How the health of custom resources is told.
  public var healthCheckExprs: [Field<HealthCheckExpression>]
  /// The service account in whose name it works.
  public var serviceAccountName: Field<String>?
  /// The remote cluster to apply to.
  public var kubeConfig: Field<KubeConfig>?
  /// How encrypted files are decrypted.
  public var decryption: Field<Decryption>?
  /// What happens to the built objects.
  public var postBuild: Field<PostBuild>?
  /// The namespace of all objects.
  public var targetNamespace: Field<String>?
  /// What all names start with.
  public var namePrefix: Field<String>?
  /// What all names end with.
  public var nameSuffix: Field<String>?
  /// Patches.
  public var patches: [Field<KustomizePatch>]
  /// Other images.
  public var images: [Field<ImageOverride>]
  /// Kustomize components, as paths relative to `path`.
  public var components: [Field<String>]
  /// Whether components that are not there are passed over.
  public var ignoreMissingComponents: Field<Bool>?
  /// Labels and annotations of all objects.
  public var commonMetadata: Field<CommonMetadata>?
  /// What kustomize notes on the objects.
  public var buildMetadata: [Field<String>]
  /// What drift detection passes over.
  public var ignore: [Field<IgnoreRule>]
  /// Strategic merge patches; dropped from `v1`.
  public var patchesStrategicMerge: [Node]
  /// JSON 6902 patches; dropped from `v1`.
  public var patchesJson6902: [Node]
  /// Client or server validation; dropped from `v1`.
  public var validation: Field<String>?

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
