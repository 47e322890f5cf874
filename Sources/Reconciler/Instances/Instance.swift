import Diagnostics
import Flux
import Kubernetes
import YAML

/// A Flux that the operator installs: a FluxInstance, or what the chart `flux-instance` makes one of.
struct Instance: Sendable {
  /// `spec` of the FluxInstance.
  let spec: Node
  /// The namespace of the installation.
  let namespace: String
  let owner: ObjectReference

  /// The instance that `manifest` is; nil when it is none.
  /// - Parameter values: the effective values of a HelmRelease, where they are known; else those in the object count.
  init?(_ manifest: Manifest, values: Node? = nil) {
    let found: Node?
    switch (manifest.type.group, manifest.kind) {
    case (FluxGroups.fluxOperator, "FluxInstance"): found = manifest.node["spec"]
    case (FluxGroups.helm, "HelmRelease"):
      guard Self.mayBe(manifest) else { return nil }
      found = (values ?? manifest.node[path: "spec", "values"])?["instance"]
    default: return nil
    }
    guard let found, found.mapping != nil else { return nil }
    spec = found
    owner = manifest.reference
    let target = manifest.node[path: "spec", "targetNamespace"]?.scalar?.text
    let own = manifest.namespace.isEmpty ? "flux-system" : manifest.namespace
    namespace = manifest.kind == "HelmRelease" ? target ?? own : own
  }

  /// Whether an object can be an instance: the chart behind a `chartRef` has no name in the release.
  static func mayBe(_ manifest: Manifest) -> Bool {
    switch (manifest.type.group, manifest.kind) {
    case (FluxGroups.fluxOperator, "FluxInstance"): return true
    case (FluxGroups.helm, "HelmRelease"):
      let chart = manifest.node[path: "spec", "chart", "spec", "chart"]?.scalar?.text
      return chart == nil || chart == "flux-instance"
    default: return false
    }
  }

  /// What `flux bootstrap` installs with all components, under patches of a kustomization.
  init(bootstrapPatches patches: Node) {
    let made = MadeObject(origin: patches.origin)
    let components = [
      "source-controller", "kustomize-controller", "helm-controller", "notification-controller",
      "image-reflector-controller", "image-automation-controller",
    ]
    spec = made.mapping([
      ("components", made.list(components.map(made.text))), ("kustomize", made.mapping([("patches", patches)])),
    ])
    namespace = "flux-system"
    owner = ObjectReference(
      apiVersion: "\(FluxGroups.fluxOperator)/v1", kind: "FluxInstance", namespace: namespace, name: "flux")
  }

  /// The controllers it installs (flux-operator, `GetComponents`).
  var components: [String] {
    let named = spec["components"]?.sequence?.compactMap { $0.scalar?.text } ?? []
    return named.isEmpty
      ? ["source-controller", "kustomize-controller", "helm-controller", "notification-controller"] : named
  }

  /// A field of `spec.cluster` that is true; nil when it is not.
  func switchedOn(_ field: String) -> Node? {
    guard let node = spec[path: "cluster", field], case .bool(true) = node.scalar?.resolved else { return nil }
    return node
  }
}
