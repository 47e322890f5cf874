import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

extension ClusterState {
  /// The cluster, once nothing new appears.
  /// - Parameter files: the files of the repository.
  func frozen(files: [AnalysedFile]) -> Cluster {
    var objects = objects
    var reconciliations = reconciliations
    dropReplacedSeeds(from: &objects, &reconciliations)
    var gaps = gaps
    gaps += remoteGaps(objects, reconciliations)
    var reader = ControllerSettingsReader(version: version.version)
    var settings = reader.settings(of: objects, reconciliations: reconciliations)
    if !settings.areKnown { settings = announcedSettings(files) }
    gaps += reader.gaps
    for index in gaps.indices { gaps[index].clusters = [seed.name] }
    return Cluster(
      name: seed.name, entryPoint: seed.entryPoint, version: version,
      settings: settings, objects: objects, reconciliations: reconciliations,
      graph: GraphAssembly.graph(of: objects, reconciliations: reconciliations, settings: settings), gaps: gaps,
      artifactProblems: artifactProblems, seeds: Set(seed.objects.map { scopes.identity(of: $0) }),
      remoteFlux: remoteFlux)
  }

  /// What bootstrap applied by hand and the root Kustomization then applies itself is the root's, as it renders it.
  private func dropReplacedSeeds(from objects: inout [AppliedObject], _ reconciliations: inout [Reconciliation]) {
    let replaced = Set(reconciliations[0].objects.filter { (index[objects[$0].id]?.count ?? 0) > 1 })
    guard !replaced.isEmpty else { return }
    var positions = [Int](repeating: 0, count: objects.count)
    var kept: [AppliedObject] = []
    for (position, object) in objects.enumerated() {
      positions[position] = kept.count
      if !replaced.contains(position) { kept.append(object) }
    }
    for index in reconciliations.indices {
      reconciliations[index].objects = reconciliations[index].objects
        .filter { !replaced.contains($0) }.map { positions[$0] }
    }
    objects = kept
  }

  /// What the patches beside `gotk-sync.yaml` will set once `flux bootstrap` has written the controllers' manifests, which
  /// templates of repositories leave empty.
  private func announcedSettings(_ files: [AnalysedFile]) -> ControllerSettings {
    let folder = seed.entryPoint.path.child("flux-system")
    guard let file = files.first(where: { $0.path == folder.child("kustomization.yaml") }),
      let patches = file.documents.first?.root["patches"]
    else { return ControllerSettings() }
    var reader = ControllerSettingsReader(version: version.version)
    return reader.settings(announcedBy: Instance(bootstrapPatches: patches))
  }

  /// One gap for each reconciliation that applies Flux objects to a cluster that may have a Flux or not.
  private func remoteGaps(_ objects: [AppliedObject], _ reconciliations: [Reconciliation]) -> [Gap] {
    reconciliations.compactMap { reconciliation in
      guard let remote = reconciliation.remoteCluster, remoteFlux[remote] ?? .unknown == .unknown else { return nil }
      let applied = reconciliation.objects.map { objects[$0] }.filter { FluxKind($0.manifest.type) != nil }
      guard let first = applied.first else { return nil }
      let others = applied.count > 1 ? " and \(applied.count - 1) more" : ""
      let owner = reconciliation.definition?.manifest.reference
      return Gap(
        kind: "remote-cluster",
        message: "\(reconciliation.id) applies \(first.reference)\(others) to the cluster that \(remote) leads to; "
          + "nothing in the repository installs Flux there, so what becomes of them is not known",
        help: "Where Flux runs there all the same, an entry point of its own shows what it makes of them",
        location: reconciliation.location, related: reconciliation.trace, object: owner)
    }
  }
}
