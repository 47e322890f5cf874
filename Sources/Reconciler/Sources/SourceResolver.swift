import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Tells which of a cluster's sources are at hand.
struct SourceResolver: Sendable {
  /// Sources that are this repository by the way the cluster was found.
  private(set) var ownSources: Set<ObjectID>
  /// The directory of this repository that they hand out.
  let root: RepoPath
  /// What this repository is known by.
  private let ownURLs: [RepositoryURL]
  private let ownReference: String?
  private let mapped: [MappedSource]

  init(seed: ClusterSeed, input: SimulationInput) {
    ownSources = seed.ownSources
    root = seed.root
    mapped = input.mappedSources
    let source = seed.objects.first { seed.ownSources.contains($0.id) }
    let written = source?.node[path: "spec", "url"]?.scalar?.text
    ownURLs = (input.ownURLs + [written].compactMap { $0 }).map(RepositoryURL.init)
    // A source that is made up says nothing.
    ownReference = written == nil ? nil : Self.reference(source?.node[path: "spec", "ref"])
  }

  /// The same repository as another cluster sees it: nothing there is this repository but by its address.
  var withoutOwnSources: SourceResolver {
    var resolver = self
    resolver.ownSources = []
    return resolver
  }

  /// What a source's artifact is.
  enum Resolution: Sendable {
    /// A directory of this repository, less what the source ignores.
    case local(LocalFiles)
    /// What an ArtifactGenerator composes.
    case composed(ComposedArtifact)
    /// It is not at hand, for this reason; `help` says how it could be.
    case external(reason: String, help: String)
  }

  /// What the artifact of `source` is.
  func resolve(_ source: Manifest, id: ObjectID) -> Resolution {
    let spec = source.node["spec"]
    if let mapping = mapped.first(where: { $0.covers(id, spec?["url"]?.scalar?.text) }) {
      return files(of: source, id: id, root: mapping.path)
    }
    if ownSources.contains(id) { return files(of: source, id: id, root: root) }
    guard id.kind == "GitRepository", let url = spec?["url"]?.scalar?.text,
      ownURLs.contains(where: RepositoryURL(url).isSame)
    else {
      let url = spec?["url"]?.scalar?.text ?? spec?["endpoint"]?.scalar?.text
      return .external(
        reason: url.map { "its files are in \($0), not in this repository" } ?? "its files are not in this repository",
        help: "Map it to a local folder with `sources:` in .sluice.yaml")
    }
    let reference = Self.reference(spec?["ref"])
    guard ownReference == nil || reference == ownReference else {
      return .external(
        reason: "it follows another revision of this repository (\(reference)) than the files analysed",
        help: "Check that revision on its own, or map it to a local folder with `sources:` in .sluice.yaml")
    }
    return files(of: source, id: id, root: .root)
  }

  /// What a source whose files are below `root` hands out of them.
  private func files(of source: Manifest, id: ObjectID, root: RepoPath) -> Resolution {
    let spec = source.node["spec"]
    var files = LocalFiles(root: root)
    files.ignore = spec?["ignore"].flatMap { node in
      node.scalar.map { SourceIgnore.Text($0.text, at: node.origin.location) }
    }
    switch id.kind {
    case "GitRepository":
      files.fetchesSubmodules = spec?["recurseSubmodules"]?.scalar?.resolved == .bool(true)
      files.prefixes = (spec?["sparseCheckout"]?.sequence ?? []).compactMap { node in
        node.scalar.map { Field($0.text, origin: node.origin) }
      }
    case "Bucket":
      files.isBucket = true
      files.prefixes = [spec?["prefix"]].compactMap { node in
        node.flatMap { node in node.scalar.map { Field($0.text, origin: node.origin) } }
      }
    case "OCIRepository" where spec?[path: "layerSelector", "operation"]?.scalar?.text == "copy":
      return .external(
        reason: "it hands out a layer as it is packed (layerSelector.operation: copy)",
        help: "Without `operation: copy`, the layer is extracted")
    default: break
    }
    return .local(files)
  }

  /// What a `ref` asks for, in comparable words: the first of its fields by source-controller's precedence.
  /// `name: refs/heads/main` is the same as `branch: main`.
  private static func reference(_ node: Node?) -> String {
    for field in ["commit", "name", "semver", "tag", "branch"] {
      guard let text = node?[field]?.scalar?.text, !text.isEmpty else { continue }
      for (prefix, kind) in [("refs/heads/", "branch"), ("refs/tags/", "tag")]
      where field == "name" && text.hasPrefix(prefix) {
        return "\(kind) \(text.dropFirst(prefix.count))"
      }
      return "\(field) \(text)"
    }
    return "branch master"
  }
}
