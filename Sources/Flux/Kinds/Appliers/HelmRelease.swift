import Diagnostics
import Kubernetes
import YAML

/// A chart that helm-controller installs.
public final class HelmRelease: FluxResource {
  /// Its kind.
  public static let fluxKind = FluxKind.helmRelease
  /// The object as it was written or rendered.
  public let manifest: Manifest
  /// Fields of the wrong type; they read as absent.
  public let problems: [FluxDecodeProblem]

  /// The chart, by source and name.
  public let chart: Field<ChartTemplate>?
  /// The chart, as an object of its own.
  public let chartRef: ObjectRef?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// Whether reconciliation is paused.
  public let suspend: Field<Bool>?
  /// The name of the release; nil means it is derived.
  public let releaseName: Field<String>?
  /// The namespace of the release; nil means its own.
  public let targetNamespace: Field<String>?
  /// The namespace of Helm's records; nil means its own.
  public let storageNamespace: Field<String>?
  /// What must be ready first.
  public let dependsOn: [Field<Dependency>]
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// The remote cluster to install to.
  public let kubeConfig: Field<KubeConfig>?
  /// Whether one client is kept for a release.
  public let persistentClient: Field<Bool>?
  /// How many records are kept.
  public let maxHistory: Field<Int>?
  /// Values.
  public let values: Node?
  /// ConfigMaps and Secrets with values.
  public let valuesFrom: [Field<ValuesReference>]
  /// What happens to the rendered objects.
  public let postRenderers: [Field<PostRenderer>]
  /// How hooks are post-rendered.
  public let postRenderStrategy: Field<String>?
  /// Labels and annotations of all objects.
  public let commonMetadata: Field<CommonMetadata>?
  /// What happens when objects in the cluster differ.
  public let driftDetection: Field<DriftDetection>?
  /// How the health of custom resources is told.
  public let healthCheckExprs: [Field<HealthCheckExpression>]
  /// How objects are waited for.
  public let waitStrategy: Field<WaitStrategy>?
  /// How it is installed.
  public let install: Field<Install>?
  /// How it is upgraded.
  public let upgrade: Field<Upgrade>?
  /// How it is rolled back.
  public let rollback: Field<Rollback>?
  /// How it is uninstalled.
  public let uninstall: Field<Uninstall>?
  /// Whether its tests run.
  public let test: Field<Test>?

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
