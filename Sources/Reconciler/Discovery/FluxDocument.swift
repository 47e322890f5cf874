import ClusterModel
import Files
import Kubernetes
import YAML

/// An object of one of Flux's own kinds as it stands in a file, before anything is rendered.
struct FluxDocument: Sendable {
  var manifest: Manifest
  var path: RepoPath
  /// The ResourceSet whose template it is.
  var template: ObjectID?

  var type: GroupVersionKind { manifest.type }

  /// All of Flux's objects in `files`, in the order of paths and documents.
  static func all(in files: [AnalysedFile]) -> [FluxDocument] {
    files.flatMap { file in
      file.documents.flatMap { $0.root.manifests }.compactMap { manifest in
        FluxGroups.contains(manifest.type.group) ? FluxDocument(manifest: manifest, path: file.path) : nil
      }
    }
  }
}

/// The API groups of Flux and the Flux operator.
enum FluxGroups {
  static let kustomize = "kustomize.toolkit.fluxcd.io"
  static let helm = "helm.toolkit.fluxcd.io"
  static let source = "source.toolkit.fluxcd.io"
  static let fluxOperator = "fluxcd.controlplane.io"

  static func contains(_ group: String) -> Bool {
    group.hasSuffix(".toolkit.fluxcd.io") || group == fluxOperator || group == "source.extensions.fluxcd.io"
  }
}

extension Node {
  /// The object this is, or the objects of the `List` this is.
  var manifests: [Manifest] {
    guard let manifest = Manifest(self) else { return [] }
    guard manifest.kind == "List", let items = self["items"]?.sequence else { return [manifest] }
    return items.compactMap(Manifest.init)
  }
}
