import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Which Flux a cluster runs, as far as the files tell.
enum VersionDetection {
  /// The version that the controllers' manifests below the cluster's root carry as a label, the one a FluxInstance asks
  /// for, or the one that is fetched from Flux's own repository; else the newest.
  static func version(of seed: ClusterSeed, in input: SimulationInput) -> TargetVersion {
    let root = seed.entryPoint.path
    let siblings = siblings(of: root)
    let below = input.files.filter { $0.path.isInside(root) }
    let beside = input.files.filter { $0.path.isInside(siblings) && !$0.path.isInside(root) }
    return (below + beside).lazy.compactMap { version(in: $0) }.first
      ?? takenIn(by: root, of: input).lazy.compactMap { version(in: $0) }.first
      ?? TargetVersion(version: .newest, isAssumed: true)
  }

  private static func version(in file: AnalysedFile) -> TargetVersion? {
    told(by: file.documents.flatMap(\.root.manifests))
      ?? file.documents.lazy.compactMap { remoteBase($0.root) ?? values($0.root) }.first
  }

  /// The files that the kustomization of a folder takes in, wherever they are.
  private static func takenIn(by root: RepoPath, of input: SimulationInput) -> [AnalysedFile] {
    let files = Dictionary(input.files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var found: [AnalysedFile] = []
    var seen: Set = [root]
    var queue = [root]
    var next = 0
    while next < queue.count {
      let path = queue[next]
      next += 1
      if let file = files[path] { found.append(file) }
      guard let kustomization = ManifestScan.kustomizationNames.lazy.compactMap({ files[path.child($0)] }).first else {
        continue
      }
      for entry in ["resources", "components"].flatMap({ kustomization.documents.first?.root[$0]?.sequence ?? [] }) {
        guard let text = entry.scalar?.text, let other = try? path.appending(text), seen.insert(other).inserted else {
          continue
        }
        queue.append(other)
      }
    }
    return found
  }

  /// The version that objects tell; nil when none does.
  static func told(by manifests: [Manifest]) -> TargetVersion? {
    manifests.lazy.compactMap { labelled($0) ?? instance($0) ?? installed($0) }.first
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

  /// Some let Flux fetch its own manifests: from its repository, or from the artifact with them.
  private static func installed(_ manifest: Manifest) -> TargetVersion? {
    let url = manifest.node[path: "spec", "url"]?.scalar?.text ?? ""
    let isFlux =
      switch manifest.kind {
      case "GitRepository": RepositoryURL(url).isSame(as: RepositoryURL("https://github.com/fluxcd/flux2"))
      case "OCIRepository": url.hasSuffix("ghcr.io/fluxcd/flux-manifests")
      default: false
      }
    guard isFlux, let tag = manifest.node[path: "spec", "ref", "tag"] else { return nil }
    return target(tag, tag.scalar?.text)
  }

  /// A kustomization that fetches Flux's manifests: `github.com/fluxcd/flux2/manifests/install?ref=v2.8.0`, or the file
  /// of a release.
  private static func remoteBase(_ root: Node) -> TargetVersion? {
    for entry in root["resources"]?.sequence ?? [] {
      guard let text = entry.scalar?.text, text.contains("github.com/fluxcd/flux2") else { continue }
      for mark in ["?ref=", "&ref=", "/releases/download/"] {
        guard let range = text.firstRange(of: mark) else { continue }
        let version = text[range.upperBound...].prefix { $0 != "/" && $0 != "&" }
        if let found = target(entry, String(version)) { return found }
      }
    }
    return nil
  }

  /// A file with the values of the chart `flux-instance`.
  private static func values(_ root: Node) -> TargetVersion? {
    guard root["apiVersion"] == nil, root[path: "instance", "sync"] != nil else { return nil }
    return root[path: "instance", "distribution", "version"].flatMap { target($0, $0.scalar?.text) }
  }

  private static func target(_ node: Node, _ text: String?) -> TargetVersion? {
    guard let version = text.flatMap(FluxVersion.init) else { return nil }
    return TargetVersion(version: min(version, .newest), location: node.origin.location)
  }

  private static func instance(_ manifest: Manifest) -> TargetVersion? {
    let distribution: Node? =
      switch manifest.kind {
      case "FluxInstance": manifest.node[path: "spec", "distribution", "version"]
      case "HelmRelease": manifest.node[path: "spec", "values", "instance", "distribution", "version"]
      default: nil
      }
    return distribution.flatMap { target($0, $0.scalar?.text) }
  }
}
