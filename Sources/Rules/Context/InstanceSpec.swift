import ClusterModel
import Diagnostics
import Flux
import Kubernetes
import YAML

/// What says which Flux a cluster gets: `spec` of a FluxInstance, or the values of the chart that makes one.
struct InstanceSpec {
  /// The object.
  let object: AppliedObject
  /// The fields of a FluxInstance's `spec`.
  let node: Node
  /// Where the whole is written.
  let place: Origin

  init?(_ object: AppliedObject, in cluster: Cluster) {
    self.object = object
    switch object.flux {
    case .fluxInstance:
      guard let spec = object.manifest.node["spec"] else { return nil }
      node = spec
      place = object.manifest.keyOrigin("spec") ?? object.manifest.origin
    case .helmRelease(let release):
      guard Self.isOfInstance(release, in: cluster), let entry = release.values?.mapping?.entry("instance") else {
        return nil
      }
      node = entry.value
      place = entry.keyOrigin
    default: return nil
    }
  }

  /// Whether the chart is the one of flux-operator that makes a FluxInstance.
  private static func isOfInstance(_ release: HelmRelease, in cluster: Cluster) -> Bool {
    if let chart = release.chart?.value.spec?.value.chart?.value { return chart == "flux-instance" }
    guard let reference = release.chartRef, let url = cluster.object(reference.id)?.flux?.sourceURL else {
      return false
    }
    return url.value.hasSuffix("/flux-instance")
  }

  /// `cluster`, where it is written.
  var clusterPlace: Origin { node.mapping?.entry("cluster")?.keyOrigin ?? place }

  /// `cluster.multitenant`, or where it would be written.
  var multitenancyPlace: Origin { node[path: "cluster", "multitenant"]?.origin ?? clusterPlace }
}
