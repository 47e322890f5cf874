import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Which Flux a cluster runs, as far as the files tell.
enum VersionDetection {
  /// The version that the controllers' manifests below the cluster's root carry as a label, or that a FluxInstance
  /// or a source of Flux's manifests asks for, else the newest.
  static func version(of seed: ClusterSeed, in input: SimulationInput) -> TargetVersion {
    let root = seed.entryPoint.path
    let below = input.files.filter { $0.path.isInside(root) }
    for file in below + input.files.filter({ $0.path.isInside(siblings(of: root)) }) {
      for manifest in file.documents.flatMap(\.root.manifests) {
        if let found = labelled(manifest) ?? instance(manifest) ?? distribution(manifest) { return found }
      }
    }
    return TargetVersion(version: .newest)
  }

  /// The folder in which what belongs to a root path like `kubernetes/flux/cluster` may lie beside it; the root's own
  /// folder where it is one of several clusters.
  private static func siblings(of root: RepoPath) -> RepoPath {
    root.components.contains("clusters") ? root : (root.components.first.flatMap { try? RepoPath(String($0)) } ?? root)
  }

  /// `flux install` labels everything it makes.
  private static func labelled(_ manifest: Manifest) -> TargetVersion? {
    guard manifest.label("app.kubernetes.io/part-of") == "flux",
      let label = manifest.node[path: "metadata", "labels", "app.kubernetes.io/version"],
      let version = label.scalar.flatMap({ FluxVersion($0.text) })
    else { return nil }
    return TargetVersion(version: version, location: label.origin.location)
  }

  /// Flux's own manifests, as the project publishes them, by a tag of their version.
  private static func distribution(_ manifest: Manifest) -> TargetVersion? {
    guard manifest.kind == "OCIRepository",
      manifest.node[path: "spec", "url"]?.scalar?.text.hasSuffix("/flux-manifests") == true,
      let tag = manifest.node[path: "spec", "ref", "tag"], let version = tag.scalar.flatMap({ FluxVersion($0.text) })
    else { return nil }
    return TargetVersion(version: min(version, .newest), location: tag.origin.location)
  }

  private static func instance(_ manifest: Manifest) -> TargetVersion? {
    let distribution: Node? =
      switch manifest.kind {
      case "FluxInstance": manifest.node[path: "spec", "distribution", "version"]
      case "HelmRelease": manifest.node[path: "spec", "values", "instance", "distribution", "version"]
      default: nil
      }
    guard let distribution, let version = distribution.scalar.flatMap({ FluxVersion($0.text) }) else { return nil }
    return TargetVersion(version: min(version, .newest), location: distribution.origin.location)
  }
}
