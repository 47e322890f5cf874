import ClusterModel
import Diagnostics
import Files
import Kubernetes
import YAML

/// Finds the FluxInstances that synchronise a cluster: objects, and what their chart makes of its values, in the release
/// or in a file beside it. Either may stand in the template of a ResourceSet.
struct InstanceSearch {
  let tree: any FileTree
  let files: [AnalysedFile]
  let documents: [FluxDocument]
  let inclusions: Inclusions

  /// An instance with the directory that it reconciles.
  struct Found {
    var sync: InstanceSync
    var place: ArtifactRoot.Place
  }

  private static let chart = "flux-instance"

  var found: [Found] {
    (documents + documents.flatMap(\.templates)).compactMap { document in
      let isRelease = document.type.group == FluxGroups.helm
      guard isRelease || document.type.group == FluxGroups.fluxOperator else { return nil }
      let values = isRelease ? valuesBeside(document) : nil
      var manifest = document.manifest
      if isRelease, manifest.namespace.isEmpty, let namespace = namespace(of: document) {
        manifest = manifest.inNamespace(namespace)
      }
      guard let sync = Instance(manifest, values: values).flatMap(InstanceSync.init),
        let place = ArtifactRoot.place(
          of: sync.sync["path"]?.scalar?.text, from: sync.sync.origin.file.repositoryPath, in: tree)
      else { return nil }
      return Found(sync: sync, place: place)
    }
  }

  /// The file of values beside a release of the chart that has none of its own: a generator makes a ConfigMap of it.
  private func valuesBeside(_ document: FluxDocument) -> Node? {
    let spec = document.manifest.node["spec"]
    let names = [
      spec?[path: "chart", "spec", "chart"]?.scalar?.text, spec?[path: "chartRef", "name"]?.scalar?.text,
      document.manifest.name,
    ]
    guard names.contains(Self.chart), spec?[path: "values", "instance", "sync"] == nil,
      let folder = document.path.parent
    else { return nil }
    return files.lazy.filter { $0.path.isInside(folder) }.flatMap(\.documents).map(\.root)
      .first { $0["apiVersion"] == nil && $0[path: "instance", "sync"]?.mapping != nil }
  }

  /// The namespace that kustomizations or Kustomizations put an object into that names none: the outermost wins.
  private func namespace(of document: FluxDocument) -> String? {
    var found: String?
    for folder in inclusions.folders(takingIn: document.path) {
      if let text = inclusions.namespaces[folder] { found = text }
      let target = documents.first { applier in
        applier.type.group == FluxGroups.kustomize && applier.pathText.flatMap { try? RepoPath($0) } == folder
          && applier.manifest.node[path: "spec", "targetNamespace"] != nil
      }
      if let target { return target.manifest.node[path: "spec", "targetNamespace"]?.scalar?.text }
    }
    return found
  }
}
