import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// Clusters without overlays, patches or variables: what a rule needs to be tried out on its own.
///
/// Each `clusters/<name>` is a cluster. A Kustomization applies all objects of the files below its path; a source named
/// `flux-system` is the files at hand, any other source is somewhere else.
struct SmallModel {
  private let files: [AnalysedFile]

  init(_ texts: [String: String]) throws {
    files = try texts.filter { $0.key.hasSuffix(".yaml") && !$0.key.hasPrefix(".") }.sorted { $0.key < $1.key }.map {
      let file = SourceFile(path: $0.key, text: $0.value)
      let path = try RepoPath($0.key)
      do throws(YAMLError) {
        return AnalysedFile(path: path, file: file, documents: try YAMLReader.read(file), error: nil)
      } catch {
        return AnalysedFile(path: path, file: file, documents: [], error: error)
      }
    }
  }

  var model: RepositoryModel {
    let names = Set(
      files.compactMap { file -> String? in
        let parts = file.path.components
        return parts.count > 2 && parts[0] == "clusters" ? String(parts[1]) : nil
      })
    let clusters = names.sorted().map(cluster)
    var files = files
    for index in files.indices {
      let path = files[index].path
      files[index].clusters = clusters.filter { $0.reconciliations.contains { $0.files.contains(path) } }.map(\.name)
    }
    return RepositoryModel(clusters: clusters, files: files, unreached: [])
  }

  private func cluster(_ name: String) -> Cluster {
    var state = ClusterUnderConstruction(files: files)
    let folder = RepoPath.root.child("clusters").child(name)
    let place = Location(file: SourceFile(path: "clusters/\(name)", bytes: []))
    let source = ObjectID(
      group: "source.toolkit.fluxcd.io", kind: "GitRepository", namespace: "flux-system", name: "flux-system")
    state.apply(
      Reconciliation(
        kind: .kustomization,
        id: ObjectID(
          group: "kustomize.toolkit.fluxcd.io", kind: "Kustomization", namespace: "flux-system", name: "flux-system"),
        definition: nil, location: place, source: .local(source: source, root: .root), path: folder))
    return Cluster(
      name: name, entryPoint: EntryPoint(kind: .bootstrap, path: folder, location: place),
      version: TargetVersion(version: .newest), settings: ControllerSettings(), objects: state.objects,
      reconciliations: state.reconciliations, graph: state.graph, gaps: [])
  }
}

private struct ClusterUnderConstruction {
  let files: [AnalysedFile]
  var objects: [AppliedObject] = []
  var reconciliations: [Reconciliation] = []

  mutating func apply(_ reconciliation: Reconciliation) {
    let position = reconciliations.count
    reconciliations.append(reconciliation)
    guard let path = reconciliation.path else { return }
    let taken = files.filter { $0.path.isInside(path) }
    reconciliations[position].files = taken.map(\.path)
    for manifest in taken.flatMap(\.documents).compactMap({ Manifest($0.root) }) {
      let flux = FluxObject(manifest)
      reconciliations[position].objects.append(objects.count)
      objects.append(
        AppliedObject(manifest: manifest, id: manifest.id, trace: [], reconciliation: position, flux: flux))
      if let flux { addReconciliation(of: flux, manifest.id) }
    }
  }

  private mutating func addReconciliation(of flux: FluxObject, _ id: ObjectID) {
    guard !reconciliations.contains(where: { $0.id == id }) else { return }
    let place = flux.manifest.origin.location
    switch flux {
    case .kustomization(let value):
      guard let source = value.sourceRef, source.name == "flux-system" else {
        let outside = value.sourceRef.map { SourceResolution.external(source: $0.id) } ?? .none
        reconciliations.append(
          Reconciliation(
            kind: .kustomization, id: id, definition: flux, location: place, source: outside, outcome: .gap))
        return
      }
      apply(
        Reconciliation(
          kind: .kustomization, id: id, definition: flux, location: place,
          source: .local(source: source.id, root: .root), path: value.path.flatMap { try? RepoPath($0.value) }))
    case .helmRelease:
      reconciliations.append(
        Reconciliation(kind: .helmRelease, id: id, definition: flux, location: place, outcome: .gap))
    default: break
    }
  }

  var graph: Graph {
    var builder = Graph.Builder()
    for object in objects {
      guard let flux = object.flux else { continue }
      builder.add(object.id)
      let dependencies =
        switch flux {
        case .kustomization(let value): value.dependsOn
        case .helmRelease(let value): value.dependsOn
        default: [Field<Dependency>]()
        }
      for reference in dependencies.compactMap(\.value.ref) {
        builder.connect(object.id, to: reference.id, .dependsOn, at: reference.origin.location)
      }
    }
    return builder.freeze()
  }
}
