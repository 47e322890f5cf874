import ClusterModel
import Flux
import Kubernetes
import YAML

extension Cluster {
  /// Whether something that says how a controller is started holds one of these texts: its Deployment, the FluxInstance, or
  /// the values of the chart that makes one.
  func isInstalled(with marks: [String], controller name: String? = nil) -> Bool {
    objects.contains { object in
      let isController =
        object.id.kind == "Deployment" && (name.map { $0 == object.id.name } ?? object.id.name.hasSuffix("-controller"))
      return (isController || object.id.kind == FluxKind.fluxInstance.rawValue)
        && object.manifest.node.mentions(anyOf: marks)
    }
      || reconciliations.contains { $0.release?.values?["instance"]?.mentions(anyOf: marks) ?? false }
  }
}

extension Node {
  /// Whether a text in it, or a key, holds one of these.
  fileprivate func mentions(anyOf marks: [String]) -> Bool {
    switch value {
    case .scalar(let scalar): marks.contains { scalar.text.holds($0) }
    case .sequence(let items): items.contains { $0.mentions(anyOf: marks) }
    case .mapping(let mapping):
      mapping.entries.contains { entry in
        marks.contains { entry.key.text.holds($0) } || entry.value.mentions(anyOf: marks)
      }
    }
  }
}
