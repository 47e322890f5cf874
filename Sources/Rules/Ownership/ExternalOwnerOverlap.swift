import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

extension Rule {
  static let externalOwnerOverlap = Rule(
    id: "external-owner-overlap", chapter: .ownership, severity: .warning,
    title: "an Application of Argo CD applies what Flux applies",
    why: "Each undoes what the other has done, and prunes what the other still wants.",
    remedy: "Leave the folder to one of the two.",
    tags: ["reliability", "ownership"],
    check: .repository { context, report in
      let owners = context.model.clusters.flatMap(FluxFolder.all)
      guard !owners.isEmpty else { return }
      for file in context.model.files {
        for document in file.documents {
          guard let manifest = Manifest(document.root), manifest.type.group == "argoproj.io",
            ["Application", "ApplicationSet"].contains(manifest.kind)
          else { continue }
          for source in sources(of: manifest) {
            let hit = owners.filter { $0.isReconciled(by: source) }
            guard let first = hit.first else { continue }
            report.add(
              .overlap(manifest.id, source.path.value, first.reconciliation.id), at: source.path.origin.location,
              about: manifest.reference, field: "spec.source[\(source.path.value)]",
              related: [
                RelatedLocation("\(first.reconciliation.id) reconciles it", at: first.reconciliation.location)
              ],
              clusters: Set(hit.map(\.cluster)).sorted())
          }
        }
      }
    })

  private static func sources(of application: Manifest) -> [ArgoSource] {
    let isSet = application.kind == "ApplicationSet"
    let spec = isSet ? application.node[path: "spec", "template", "spec"] : application.node["spec"]
    let nodes = [spec?["source"]].compactMap { $0 } + (spec?["sources"]?.sequence ?? [])
    return nodes.compactMap(ArgoSource.init)
  }
}

/// What an Application takes its manifests from.
private struct ArgoSource {
  let url: RepositoryURL
  let path: Field<String>
  let folder: RepoPath

  init?(_ node: Node) {
    guard let url = node["repoURL"]?.scalar?.text, let path = node["path"], let text = path.scalar?.text,
      let folder = try? RepoPath(text)
    else { return nil }
    self.url = RepositoryURL(url)
    self.path = Field(text, origin: path.origin)
    self.folder = folder
  }
}

/// A folder of a repository that Flux reconciles.
private struct FluxFolder {
  let cluster: String
  let reconciliation: Reconciliation
  let url: RepositoryURL
  /// Within its repository.
  let path: RepoPath
  /// The files that it reads, within its repository.
  let files: [RepoPath]

  static func all(in cluster: Cluster) -> [FluxFolder] {
    cluster.reconciliations.compactMap { reconciliation in
      guard reconciliation.kind == .kustomization, case .local(let source, let root) = reconciliation.source,
        let path = reconciliation.path, case .gitRepository(let repository) = cluster.object(source)?.flux,
        let url = repository.url
      else { return nil }
      return FluxFolder(
        cluster: cluster.name, reconciliation: reconciliation, url: RepositoryURL(url.value), path: path,
        files: reconciliation.files.compactMap { $0.relative(to: root) })
    }
  }

  /// Both begin at the same folder, or the one's folder is inside the other's, which takes files from there.
  func isReconciled(by source: ArgoSource) -> Bool {
    guard url.isSame(as: source.url) else { return false }
    return path == source.folder
      || source.folder.isInside(path) && files.contains { $0.isInside(source.folder) }
  }
}

extension Message {
  fileprivate static func overlap(_ id: ObjectID, _ path: String, _ owner: ObjectID) -> Self {
    Message("\(id) of Argo CD applies '\(path)', which \(owner) reconciles too")
  }
}
