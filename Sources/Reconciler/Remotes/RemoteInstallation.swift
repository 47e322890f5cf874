import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// What one cluster's Flux applies to another by a kubeconfig, and what that says of a Flux there.
struct RemoteInstallation {
  let hub: ClusterState
  /// The way there, as ``Reconciliation/remoteCluster`` names it.
  let remote: String
  private let reconciliations: [Reconciliation]
  private let objects: [AppliedObject]

  init(_ remote: String, of hub: ClusterState) {
    self.hub = hub
    self.remote = remote
    reconciliations = hub.reconciliations.filter { $0.remoteCluster == remote }
    objects = reconciliations.flatMap { $0.objects.map { hub.objects[$0] } }
  }

  /// All that the cluster applies to, sorted.
  static func all(of hub: ClusterState) -> [RemoteInstallation] {
    Set(hub.reconciliations.compactMap(\.remoteCluster)).sorted().map { RemoteInstallation($0, of: hub) }
  }

  /// Where Flux's controllers are installed: by their Deployments, by an instance, or by the charts of either.
  var controllers: Location? {
    let found = objects.first { ControllerComponent.name(of: $0.manifest) != nil || Instance($0.manifest) != nil }
    return found?.manifest.origin.location ?? charts.first
  }

  private static let chartNames: Set = ["flux2", "flux-instance"]

  private var charts: [Location] {
    reconciliations.compactMap { reconciliation in
      guard case .helmRelease(let release) = reconciliation.definition, let name = hub.chartName(of: release) else {
        return nil
      }
      return Self.chartNames.contains(name) ? reconciliation.location : nil
    }
  }

  /// Without controllers.
  var flux: RemoteFlux {
    if let definition = objects.first(where: { $0.isFluxDefinition }) {
      return .definitionsOnly(definition.manifest.origin.location)
    }
    return maker.map { .absent($0) } ?? .unknown
  }

  /// The object of the Cluster API whose controllers write the kubeconfig, where nothing of that API installs more.
  private var maker: ObjectID? {
    let parts = remote.split(separator: ":")[0].split(separator: "/").map(String.init)
    let suffix = "-kubeconfig"
    guard parts.count == 3, parts[0] == "Secret", parts[2].hasSuffix(suffix) else { return nil }
    let cluster = ObjectID(
      group: "cluster.x-k8s.io", kind: "Cluster", namespace: parts[1], name: String(parts[2].dropLast(suffix.count)))
    let addons = hub.index.keys.contains { $0.group == "addons.cluster.x-k8s.io" }
    let isKnown = reconciliations.allSatisfy { if case .done = $0.outcome { true } else { false } }
    return hub.object(cluster) != nil && !addons && isKnown ? cluster : nil
  }

  /// The cluster with its own Flux; nil where it gets none.
  func cluster(_ input: SimulationInput) -> ClusterState? {
    guard let place = controllers else { return nil }
    let manifests = objects.map(\.manifest) + reconciliations.compactMap { $0.definition?.manifest }
    let version =
      input.fluxVersion.map { TargetVersion(version: $0) } ?? VersionDetection.told(by: manifests)
      ?? TargetVersion(version: .newest, isAssumed: true)
    let entry = EntryPoint(kind: .remote, path: root, location: place)
    return ClusterState(remote: remote, of: hub, entryPoint: entry, version: version)
  }

  /// The folder that the Flux there starts with, else the one that this one takes for it.
  private var root: RepoPath {
    let paths = objects.compactMap { object -> String? in
      if let sync = Instance(object.manifest).flatMap(InstanceSync.init) { return sync.sync["path"]?.scalar?.text }
      guard FluxKind(object.manifest.type) == .kustomization else { return nil }
      return object.manifest.node[path: "spec", "path"]?.scalar?.text
    }
    return (paths.first ?? reconciliations.first?.path?.string).flatMap { RepoPath(clamping: $0) } ?? .root
  }
}

extension AppliedObject {
  /// Whether it defines a type of Flux's.
  fileprivate var isFluxDefinition: Bool {
    guard id.kind == "CustomResourceDefinition" else { return false }
    return FluxGroups.contains(manifest.node[path: "spec", "group"]?.scalar?.text ?? "")
  }
}

extension ClusterState {
  /// The name of a release's chart, by the release or by its source.
  fileprivate func chartName(of release: HelmRelease) -> String? {
    if let name = release.chart?.value.spec?.value.chart?.value { return name }
    guard let reference = release.chartRef, let source = object(reference.id) else { return nil }
    let field = reference.kind == "HelmChart" ? "chart" : "url"
    let text = source.manifest.node[path: "spec", field]?.scalar?.text ?? ""
    return text.split(separator: "/").last.map(String.init)
  }
}
