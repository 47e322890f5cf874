import Diagnostics
import Kubernetes

/// A Flux installation as flux-operator makes it.
public final class FluxInstance: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.fluxInstance
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// Which Flux.
  public let distribution: Field<Distribution>?
  /// The controllers; empty means the default four.
  public let components: [Field<String>]
  /// How it is set up for the cluster.
  public let cluster: Field<Cluster>?
  /// What the cluster is synchronised with.
  public let sync: Field<Sync>?
  /// Labels and annotations of all objects.
  public let commonMetadata: Field<CommonMetadata>?
  /// Patches of the controllers' manifests.
  public let kustomize: Field<Kustomize>?
  /// The volume of source-controller.
  public let storage: Field<Storage>?
  /// Shards of the controllers.
  public let sharding: Field<Sharding>?
  /// Whether stored objects are migrated to new versions.
  public let migrateResources: Field<Bool>?
  /// Whether the installation is waited for.
  public let wait: Field<Bool>?

  /// Reads `FluxInstance` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    distribution = reader.object("distribution")
    components = reader.strings("components")
    cluster = reader.object("cluster")
    sync = reader.object("sync")
    commonMetadata = reader.object("commonMetadata")
    kustomize = reader.object("kustomize")
    storage = reader.object("storage")
    sharding = reader.object("sharding")
    migrateResources = reader.bool("migrateResources")
    wait = reader.bool("wait")
    problems = reader.problems
  }
}

extension FluxInstance {
  /// Which Flux is installed.
  public struct Distribution: SpecPart {
    /// A version or range, such as `2.x`.
    public var version: Field<String>?
    /// Where images come from.
    public var registry: Field<String>?
    /// Which build.
    public var variant: Field<String>?
    /// The OCI artifact with the manifests.
    public var artifact: Field<String>?
    /// The Secret for the artifact.
    public var artifactPullSecret: Field<String>?
    /// The Secret for the images.
    public var imagePullSecret: Field<String>?

    init(_ reader: inout SpecReader) {
      version = reader.string("version")
      registry = reader.string("registry")
      variant = reader.string("variant")
      artifact = reader.string("artifact")
      artifactPullSecret = reader.string("artifactPullSecret")
      imagePullSecret = reader.string("imagePullSecret")
    }
  }

  /// How Flux is set up for a cluster.
  public struct Cluster: SpecPart {
    /// Such as `kubernetes` or `openshift`.
    public var type: Field<String>?
    /// The domain of the cluster.
    public var domain: Field<String>?
    /// `small`, `medium` or `large`.
    public var size: Field<String>?
    /// Whether tenants are locked down.
    public var multitenant: Field<Bool>?
    /// Whether tenants' cloud identities are locked down.
    public var multitenantWorkloadIdentity: Field<Bool>?
    /// Whether objects may name service accounts for cloud identities.
    public var objectLevelWorkloadIdentity: Field<Bool>?
    /// Whether network policies are made.
    public var networkPolicy: Field<Bool>?
    /// The default service account of tenants.
    public var tenantDefaultServiceAccount: Field<String>?
    /// The default service account for decryption.
    public var tenantDefaultDecryptionServiceAccount: Field<String>?
    /// The default service account for remote clusters.
    public var tenantDefaultKubeConfigServiceAccount: Field<String>?

    init(_ reader: inout SpecReader) {
      type = reader.string("type")
      domain = reader.string("domain")
      size = reader.string("size")
      multitenant = reader.bool("multitenant")
      multitenantWorkloadIdentity = reader.bool("multitenantWorkloadIdentity")
      objectLevelWorkloadIdentity = reader.bool("objectLevelWorkloadIdentity")
      networkPolicy = reader.bool("networkPolicy")
      tenantDefaultServiceAccount = reader.string("tenantDefaultServiceAccount")
      tenantDefaultDecryptionServiceAccount = reader.string("tenantDefaultDecryptionServiceAccount")
      tenantDefaultKubeConfigServiceAccount = reader.string("tenantDefaultKubeConfigServiceAccount")
    }
  }

  /// What a cluster is synchronised with.
  public struct Sync: SpecPart {
    /// `GitRepository`, `OCIRepository` or `Bucket`.
    public var kind: Field<String>?
    /// The name of source and Kustomization; nil means the namespace's.
    public var name: Field<String>?
    /// The address.
    public var url: Field<String>?
    /// The branch, tag or digest.
    public var ref: Field<String>?
    /// The path in the source.
    public var path: Field<String>?
    /// The provider whose identity is used.
    public var provider: Field<String>?
    /// The Secret with the credentials.
    public var pullSecret: Field<String>?
    /// How often the source is looked at.
    public var interval: Field<GoDuration>?

    init(_ reader: inout SpecReader) {
      kind = reader.string("kind")
      name = reader.string("name")
      url = reader.string("url")
      ref = reader.string("ref")
      path = reader.string("path")
      provider = reader.string("provider")
      pullSecret = reader.string("pullSecret")
      interval = reader.duration("interval")
    }
  }

  /// Patches of the manifests.
  public struct Kustomize: SpecPart {
    /// The patches.
    public var patches: [Field<KustomizePatch>]

    init(_ reader: inout SpecReader) {
      patches = reader.list("patches")
    }
  }

  /// A volume.
  public struct Storage: SpecPart {
    /// The storage class.
    public var storageClass: Field<String>?
    /// The size.
    public var size: Field<String>?

    init(_ reader: inout SpecReader) {
      storageClass = reader.string("class")
      size = reader.string("size")
    }
  }

  /// Shards of the controllers.
  public struct Sharding: SpecPart {
    /// The label that assigns objects.
    public var key: Field<String>?
    /// The names of the shards.
    public var shards: [Field<String>]
    /// `ephemeral` or `persistent`.
    public var storage: Field<String>?

    init(_ reader: inout SpecReader) {
      key = reader.string("key")
      shards = reader.strings("shards")
      storage = reader.string("storage")
    }
  }
}
