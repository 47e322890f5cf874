import Diagnostics
import Kubernetes
import YAML

/// A chart that helm-controller installs.
public struct HelmRelease: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmRelease
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The chart, by source and name.
  public var chart: Field<ChartTemplate>?
  /// The chart, as an object of its own.
  public var chartRef: ObjectRef?
  /// How often it is reconciled.
  public var interval: Field<GoDuration>?
  /// How long one operation may take.
  public var timeout: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public var suspend: Field<Bool>?
  /// The name of the release; nil means it is derived.
  public var releaseName: Field<String>?
  /// The namespace of the release; nil means its own.
  public var targetNamespace: Field<String>?
  /// The namespace of Helm's records; nil means its own.
  public var storageNamespace: Field<String>?
  /// What must be ready first.
  public var dependsOn: [Field<Dependency>]
  /// The service account in whose name it works.
  public var serviceAccountName: Field<String>?
  /// The remote cluster to install to.
  public var kubeConfig: Field<KubeConfig>?
  /// Whether one client is kept for a release.
  public var persistentClient: Field<Bool>?
  /// How many records are kept.
  public var maxHistory: Field<Int>?
  /// Values.
  public var values: Node?
  /// ConfigMaps and Secrets with values.
  public var valuesFrom: [Field<ValuesReference>]
  /// What happens to the rendered objects.
  public var postRenderers: [Field<PostRenderer>]
  /// How hooks are post-rendered.
  public var postRenderStrategy: Field<String>?
  /// Labels and annotations of all objects.
  public var commonMetadata: Field<CommonMetadata>?
  /// What happens when objects in the cluster differ.
  public var driftDetection: Field<DriftDetection>?
  /// How the health of custom resources is told.
  public var healthCheckExprs: [Field<HealthCheckExpression>]
  /// How objects are waited for.
  public var waitStrategy: Field<WaitStrategy>?
  /// How it is installed.
  public var install: Field<Install>?
  /// How it is upgraded.
  public var upgrade: Field<Upgrade>?
  /// How it is rolled back.
  public var rollback: Field<Rollback>?
  /// How it is uninstalled.
  public var uninstall: Field<Uninstall>?
  /// Whether its tests run.
  public var test: Field<Test>?

  /// Reads `HelmRelease` of any version.
  public init(_ manifest: Manifest) {
    var reader = manifest.specReader()
    self.manifest = manifest
    chart = reader.object("chart")
    chartRef = reader.ref("chartRef")
    interval = reader.duration("interval")
    timeout = reader.duration("timeout")
    suspend = reader.bool("suspend")
    releaseName = reader.string("releaseName")
    targetNamespace = reader.string("targetNamespace")
    storageNamespace = reader.string("storageNamespace")
    dependsOn = reader.dependencies(kind: "HelmRelease")
    serviceAccountName = reader.string("serviceAccountName")
    kubeConfig = reader.object("kubeConfig")
    persistentClient = reader.bool("persistentClient")
    maxHistory = reader.int("maxHistory")
    values = reader.node("values")
    valuesFrom = reader.list("valuesFrom")
    postRenderers = reader.list("postRenderers")
    postRenderStrategy = reader.string("postRenderStrategy")
    commonMetadata = reader.object("commonMetadata")
    driftDetection = reader.object("driftDetection")
    healthCheckExprs = reader.list("healthCheckExprs")
    waitStrategy = reader.object("waitStrategy")
    install = reader.object("install")
    upgrade = reader.object("upgrade")
    rollback = reader.object("rollback")
    uninstall = reader.object("uninstall")
    test = reader.object("test")
    problems = reader.problems
  }
}
