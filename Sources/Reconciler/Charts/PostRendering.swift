import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import Kustomize
import YAML

/// What helm-controller does with rendered objects before it installs them: `postRenderers` in their order, then
/// `commonMetadata`, then the labels that tell the release.
struct PostRendering {
  private let release: HelmRelease

  init(_ release: HelmRelease) {
    self.release = release
  }

  /// An object, and what it was before patches changed it.
  struct Object {
    var node: Node
    var earlier: [EarlierVersion] = []
  }

  /// The objects as they are installed.
  /// - Parameter unmatched: takes the patches that fit none of them.
  func apply(to nodes: [Node], unmatched: inout [UnmatchedPatch]) throws(KustomizeError) -> [Object] {
    var objects = nodes.map { Object(node: $0) }
    for renderer in release.postRenderers {
      guard let kustomize = renderer.value.kustomize else { continue }
      objects = try built(objects, with: kustomize, in: renderer, &unmatched)
    }
    let common = CommonMetadataOverlay(release.commonMetadata?.value)
    try checkIdentities(of: objects.map(\.node))
    return objects.map { Object(node: labelled(common.applied(to: $0.node)), earlier: $0.earlier) }
  }

  /// kustomize takes no object twice, and helm-controller labels every release's objects through it.
  private func checkIdentities(of nodes: [Node]) throws(KustomizeError) {
    var known: Set<String> = []
    for node in nodes {
      guard let manifest = Manifest(node) else { continue }
      let namespace = manifest.namespace.isEmpty ? "default" : manifest.namespace
      let name = "\(manifest.kind) '\(manifest.name)' (\(manifest.apiVersion))"
      guard known.insert("\(name) \(namespace)").inserted else {
        throw KustomizeError(
          .conflict, "may not add resource with an already registered id: the chart makes \(name) twice",
          at: node.origin.location)
      }
    }
  }

  /// One kustomize build in memory, of patches and images only.
  private func built(
    _ objects: [Object], with kustomize: Field<HelmRelease.KustomizeRenderer>,
    in renderer: Field<HelmRelease.PostRenderer>, _ unmatched: inout [UnmatchedPatch]
  ) throws(KustomizeError) -> [Object] {
    guard !objects.isEmpty, case .mapping(let written)? = fields(of: renderer)?.value else { return objects }
    var top = written
    let resources = Node(string: RenderedObjects.fileName, origin: kustomize.origin)
    top.set("resources", Node(.sequence([resources]), origin: kustomize.origin))
    let options = BuildOptions(
      order: .none, loadRestriction: .none,
      topKustomization: TopKustomization(node: Node(.mapping(top), origin: kustomize.origin)))
    let result = try KustomizeBuild.run(.root, in: RenderedObjects(objects.map(\.node)), options: options)
    unmatched += result.unmatchedPatches
    // The order is kept: unless a patch took an object out, the objects are the same one by one.
    let before = objects.count == result.resources.count ? objects.map(\.earlier) : []
    return result.resources.enumerated().map { index, resource in
      Object(node: resource.node, earlier: (before.isEmpty ? [] : before[index]) + resource.earlier)
    }
  }

  /// The renderer's `kustomize` as it is written.
  private func fields(of renderer: Field<HelmRelease.PostRenderer>) -> Node? {
    let all = release.manifest.node[path: "spec", "postRenderers"]?.sequence ?? []
    return all.first { $0.origin == renderer.origin }?["kustomize"]
  }

  func labelled(_ node: Node) -> Node {
    var node = node
    let labels = [
      ("helm.toolkit.fluxcd.io/name", release.name), ("helm.toolkit.fluxcd.io/namespace", release.namespace),
    ]
    _ = node.withMapping { object in
      object.withValue(of: "metadata") { metadata in
        metadata.withMapping { fields in
          if fields["labels"]?.mapping == nil {
            fields.set("labels", Node(.mapping(Mapping()), origin: release.origin))
          }
          _ = fields.withValue(of: "labels") { value in
            value.withMapping { entries in
              for (key, text) in labels { entries.set(key, Node(string: text, origin: release.origin)) }
            }
          }
        }
      }
    }
    return node
  }
}

/// Rendered objects as the one file of a tree.
private struct RenderedObjects: DocumentTree {
  static let fileName = "rendered.yaml"
  private let documents: [Document]
  private let path = RepoPath.root.child(fileName)

  init(_ nodes: [Node]) {
    documents = nodes.enumerated().map { Document(root: $0.element, index: $0.offset) }
  }

  func kind(of path: RepoPath) throws(FileError) -> EntryKind? {
    path == self.path ? .file : path == .root ? .directory : nil
  }

  func file(at path: RepoPath) throws(FileError) -> SourceFile? {
    path == self.path ? SourceFile(path: Self.fileName, bytes: []) : nil
  }

  func entries(of path: RepoPath) throws(FileError) -> [TreeEntry]? {
    path == .root ? [TreeEntry(name: Self.fileName, kind: .file)] : nil
  }

  func documents(at path: RepoPath) throws(DocumentError) -> [Document]? {
    path == self.path ? documents : nil
  }
}
