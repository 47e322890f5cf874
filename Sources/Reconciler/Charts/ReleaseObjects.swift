import Flux
import Helm
import Kubernetes
import Kustomize
import YAML

/// What helm-controller installs of what a chart rendered: definitions, objects, hooks.
struct ReleaseObjects {
  let release: HelmRelease
  let version: FluxVersion
  /// Whether the gate `UseHelm3Defaults` of helm-controller is on.
  let usesHelm3Defaults: Bool

  /// Everything that comes into the cluster, definitions first, hooks last.
  /// - Parameter unmatched: takes the patches of post-renderers that fit nothing.
  func installed(
    by rendered: Release, _ origins: RenderedOrigins, unmatched: inout [UnmatchedPatch]
  ) throws(HelmError) -> [(manifest: Manifest, earlier: [EarlierVersion])] {
    var own: [Node] = []
    var hooks: [Node] = []
    for manifest in rendered.manifests { own += try origins.nodes(of: manifest) }
    for hook in rendered.hooks where runs(hook) { hooks += try origins.nodes(of: hook) }
    do throws(KustomizeError) {
      let processed = try postRendered(own.flatMap(\.listed), hooks.flatMap(\.listed), &unmatched)
      let definitions = definitions(of: rendered, origins).map { PostRendering.Object(node: $0) }
      return (definitions + processed).compactMap { object in
        Manifest(object.node).map { (manifest: $0, earlier: object.earlier) }
      }
    } catch {
      throw HelmError(.manifest, "post-rendering fails: \(error.message)", at: error.location, trace: error.trace)
    }
  }

  /// `postRenderStrategy`, which before Flux 2.9 is not there: hooks are then left as they are, as they are by Helm 3's
  /// defaults (helm-controller, `GetPostRenderStrategy`).
  private func postRendered(
    _ own: [Node], _ hooks: [Node], _ unmatched: inout [UnmatchedPatch]
  ) throws(KustomizeError) -> [PostRendering.Object] {
    let rendering = PostRendering(release)
    let chosen = version < .v29 ? nil : release.postRenderStrategy?.value
    switch chosen ?? (version < .v29 || usesHelm3Defaults ? "nohooks" : "combined") {
    case "nohooks":
      return try rendering.apply(to: own, unmatched: &unmatched) + hooks.map { PostRendering.Object(node: $0) }
    case "separate":
      var ofHooks: [UnmatchedPatch] = []
      let processed =
        try rendering.apply(to: own, unmatched: &unmatched) + rendering.apply(to: hooks, unmatched: &ofHooks)
      let places = Set(ofHooks.map(\.location))
      if !hooks.isEmpty { unmatched.removeAll { !places.contains($0.location) } }
      return processed
    default: return try rendering.apply(to: own + hooks, unmatched: &unmatched)
    }
  }

  // MARK: Definitions

  /// The definitions in `crds/`, which the policies of installation and upgrade can leave out. Anything else that lies
  /// there is not applied.
  private func definitions(of rendered: Release, _ origins: RenderedOrigins) -> [Node] {
    let policies = [release.install?.value.crds?.value ?? "Create", release.upgrade?.value.crds?.value ?? "Skip"]
    guard policies.contains(where: { $0 != "Skip" }) else { return [] }
    let rendering = PostRendering(release)
    return origins.nodes(of: rendered.crds).flatMap(\.listed)
      .filter { node in
        node["kind"]?.scalar?.text == "CustomResourceDefinition"
          && node["apiVersion"]?.scalar?.text.hasPrefix("apiextensions.k8s.io/") == true
      }
      .map(rendering.labelled)
  }

  // MARK: Hooks

  /// Whether a hook runs at any time: those of tests only where the release is tested.
  private func runs(_ hook: Release.Manifest) -> Bool {
    hook.hookEvents.contains { event in
      switch event {
      case "test": isTested(hook.name)
      case "pre-install", "post-install": release.install?.value.disableHooks?.value != true
      case "pre-upgrade", "post-upgrade": release.upgrade?.value.disableHooks?.value != true
      case "pre-rollback", "post-rollback": release.rollback?.value.disableHooks?.value != true
      default: release.uninstall?.value.disableHooks?.value != true
      }
    }
  }

  private func isTested(_ name: String) -> Bool {
    guard let test = release.test?.value, test.enable?.value == true else { return false }
    let filters = test.filters.map(\.value)
    if filters.contains(where: { $0.exclude?.value == true && $0.name?.value == name }) { return false }
    let included = filters.filter { $0.exclude?.value != true }
    return included.isEmpty || included.contains { $0.name?.value == name }
  }
}

extension Node {
  /// The objects of a list, or this one.
  fileprivate var listed: [Node] {
    guard let kind = self["kind"]?.scalar?.text, kind.hasSuffix("List"), let items = self["items"]?.sequence else {
      return [self]
    }
    return items
  }
}
