import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Tells which of a cluster's sources are at hand.
struct SourceResolver: Sendable {
  /// Sources that are this repository by the way the cluster was found.
  let ownSources: Set<ObjectID>
  /// What this repository is known by.
  private let ownURLs: [RepositoryURL]
  private let ownReference: String?
  private let mapped: [MappedSource]

  init(seed: ClusterSeed, input: SimulationInput) {
    ownSources = seed.ownSources
    mapped = input.mappedSources
    let source = seed.objects.first { seed.ownSources.contains($0.id) }
    let written = source?.node[path: "spec", "url"]?.scalar?.text
    ownURLs = (input.ownURLs + [written].compactMap { $0 }).map(RepositoryURL.init)
    ownReference = source?.node[path: "spec", "ref"].map(Self.reference)
  }

  /// What a source's artifact is.
  enum Resolution: Sendable {
    /// A directory of this repository, less what the source ignores.
    case local(root: RepoPath, ignore: SourceIgnore.Text?)
    /// What an ArtifactGenerator composes.
    case composed(ComposedArtifact)
    /// It is not at hand, for this reason; `help` says how it could be.
    case external(reason: String, help: String)
  }

  /// What the artifact of `source` is.
  func resolve(_ source: Manifest, id: ObjectID) -> Resolution {
    let spec = source.node["spec"]
    let ignore = spec?["ignore"].flatMap { node in
      node.scalar.map { SourceIgnore.Text($0.text, at: node.origin.location) }
    }
    if let mapping = mapped.first(where: { $0.covers(id, spec?["url"]?.scalar?.text) }) {
      return .local(root: mapping.path, ignore: ignore)
    }
    if ownSources.contains(id) { return .local(root: .root, ignore: ignore) }
    guard id.kind == "GitRepository", let url = spec?["url"]?.scalar?.text,
      ownURLs.contains(where: RepositoryURL(url).isSame)
    else {
      let url = spec?["url"]?.scalar?.text ?? spec?["endpoint"]?.scalar?.text
      return .external(
        reason: url.map { "its files are in \($0), not in this repository" } ?? "its files are not in this repository",
        help: "Map it to a local folder with `sources:` in .sluice.yaml")
    }
    let reference = spec?["ref"].map(Self.reference)
    guard reference == nil || ownReference == nil || reference == ownReference else {
      return .external(
        reason: "it follows another revision of this repository (\(reference ?? "")) than the files analysed",
        help: "Check that revision on its own, or map it to a local folder with `sources:` in .sluice.yaml")
    }
    return .local(root: .root, ignore: ignore)
  }

  /// A `ref` in one comparable line. `name: refs/heads/main` is the same as `branch: main`.
  private static func reference(_ node: Node) -> String {
    if let name = node["name"]?.scalar?.text, name.hasPrefix("refs/heads/") {
      return "branch \(name.dropFirst("refs/heads/".count))"
    }
    let entries = node.mapping?.entries ?? []
    return entries.map { "\($0.key.text) \($0.value.scalar?.text ?? "")" }.sorted().joined(separator: ", ")
  }
}
