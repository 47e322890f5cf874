import ClusterModel
import Diagnostics
import Flux
import Kubernetes

/// A Kustomization or a HelmRelease: what both have in common.
public struct Applier: Sendable {
  /// The object with its identity and how it came in.
  public let object: AppliedObject
  /// What both have in common, taken from the one or the other.
  public let dependsOn: [Field<Dependency>]
  /// The source of its files or its chart.
  public let source: ObjectRef?
  /// The field that names the source.
  public let sourceField: String
  /// The service account in whose name it works.
  public let serviceAccountName: Field<String>?
  /// The remote cluster it applies to.
  public let kubeConfig: Field<KubeConfig>?
  /// Whether it is paused.
  public let suspend: Field<Bool>?
  /// How often it is reconciled.
  public let interval: Field<GoDuration>?
  /// How long one operation may take.
  public let timeout: Field<GoDuration>?
  /// The controller that reconciles it.
  public let controller: String

  /// The identity, with the namespace it lands in.
  public var id: ObjectID { object.id }

  /// An applier; nil when the object is neither a Kustomization nor a HelmRelease.
  public init?(_ object: AppliedObject) {
    self.object = object
    switch object.flux {
    case .kustomization(let value):
      (dependsOn, source, sourceField) = (value.dependsOn, value.sourceRef, "spec.sourceRef")
      (serviceAccountName, kubeConfig, suspend) = (value.serviceAccountName, value.kubeConfig, value.suspend)
      (interval, timeout) = (value.interval, value.timeout)
      controller = "kustomize-controller"
    case .helmRelease(let value):
      let template = value.chart?.value.spec?.value
      dependsOn = value.dependsOn
      source = value.chartRef ?? template?.sourceRef
      sourceField = value.chartRef == nil ? "spec.chart.spec.sourceRef" : "spec.chartRef"
      (serviceAccountName, kubeConfig, suspend) = (value.serviceAccountName, value.kubeConfig, value.suspend)
      (interval, timeout) = (value.interval, value.timeout)
      controller = "helm-controller"
    default: return nil
    }
  }
}
