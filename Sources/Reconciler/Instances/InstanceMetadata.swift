import Diagnostics
import Flux
import YAML

/// The labels and annotations that the operator puts on all that it installs, after the instance's patches (flux-operator,
/// internal/builder/templates.go), and those of `spec.commonMetadata` over them.
struct InstanceMetadata {
  private let standard: CommonMetadataOverlay
  private let common: CommonMetadataOverlay

  init(_ instance: Instance) {
    func entries(_ texts: [(String, String)], _ origin: Origin) -> [StringEntry] {
      texts.map { StringEntry(key: Field($0, origin: origin), value: Field($1, origin: origin)) }
    }
    let origin = instance.spec.origin
    var labels = entries(
      [
        ("app.kubernetes.io/managed-by", "flux-operator"), ("app.kubernetes.io/instance", instance.namespace),
        ("app.kubernetes.io/part-of", "flux"),
      ], origin)
    // Of a range nothing here says which version is the newest.
    if let version = instance.exactVersion {
      labels += entries([("app.kubernetes.io/version", "v\(version.text)")], version.origin)
    }
    let annotations = entries(
      [("kustomize.toolkit.fluxcd.io/ssa", "Ignore"), ("kustomize.toolkit.fluxcd.io/prune", "Disabled")], origin)
    standard = CommonMetadataOverlay(labels: labels, annotations: annotations, of: nil)
    func common(_ name: String) -> [StringEntry] {
      (instance.spec[path: "commonMetadata", name]?.mapping?.entries ?? []).compactMap { entry in
        entry.value.scalar.map {
          StringEntry(
            key: Field(entry.key.text, origin: entry.keyOrigin), value: Field($0.text, origin: entry.value.origin))
        }
      }
    }
    self.common = CommonMetadataOverlay(
      labels: common("labels"), annotations: common("annotations"), of: "spec.commonMetadata")
  }

  /// `object` with the labels and annotations.
  func applied(to object: Node) -> Node { common.applied(to: standard.applied(to: object)) }
}

extension Instance {
  /// The version of Flux, where it is a certain one.
  fileprivate var exactVersion: (text: String, origin: Origin)? {
    guard let node = spec[path: "distribution", "version"], let written = node.scalar?.text else { return nil }
    let text = written.hasPrefix("v") ? String(written.dropFirst()) : written
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
      return nil
    }
    return (text, node.origin)
  }
}
