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
    let (settings, unread) = settings(by: objects, reconciliations, files)
    gaps += unread
    var cluster = Cluster(
      name: seed.name, entryPoint: seed.entryPoint, version: version,
      settings: settings, objects: objects, reconciliations: reconciliations,
      graph: GraphAssembly.graph(of: objects, reconciliations: reconciliations, settings: settings), gaps: gaps,
      artifactProblems: artifactProblems, seeds: Set(seed.objects.map { scopes.identity(of: $0) }),
      assumed: assumed(in: reconciliations, of: objects),
      remoteFlux: remoteFlux)
    cluster.gaps += cluster.injectedVariables
    for index in cluster.gaps.indices { cluster.gaps[index].clusters = [seed.name] }
    return cluster
  }

  /// The flags of the controllers as far as the cluster is worked out.
  /// - Parameter files: the files of the repository.
  mutating func currentSettings(_ files: [AnalysedFile]) -> ControllerSettings {
    if let known = knownSettings, known.controllers == controllers.count { return known.settings }
    let settings = settings(by: controllers.map { objects[$0] }, reconciliations, files).settings
    knownSettings = (controllers.count, settings)
    return settings
  }

  /// The flags that objects tell, or what will install the controllers, and what of them could not be worked out.
  private func settings(
    by objects: [AppliedObject], _ reconciliations: [Reconciliation], _ files: [AnalysedFile]
  ) -> (settings: ControllerSettings, gaps: [Gap]) {
    var reader = ControllerSettingsReader(version: version.version)
    let told = reader.settings(of: objects, reconciliations: reconciliations)
    return (told.areKnown ? told : announcedSettings(files), reader.gaps)
  }

  /// The seeds that nobody wrote; what the operator makes of a FluxInstance, nobody wrote either.
  private func assumed(in reconciliations: [Reconciliation], of objects: [AppliedObject]) -> Set<ObjectID> {
    guard seed.entryPoint.kind == .fluxInstance || !seed.assumed.isEmpty else { return [] }
    let seeded = reconciliations[0].objects.map { objects[$0].id }
    return seed.entryPoint.kind == .fluxInstance ? Set(seeded) : seed.assumed.intersection(seeded)
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

extension Cluster {
  /// The gap that variables without a value leave where something may give them one on admission; none without those.
  fileprivate var injectedVariables: [Gap] {
    let users = reconciliations.filter { !$0.undefinedVariables.isEmpty }
    guard let first = users.first, let variable = first.undefinedVariables.first, let changer = changerOnAdmission
    else { return [] }
    let names = Set(users.flatMap(\.undefinedVariables).map(\.name))
    let others = names.count > 1 ? " and \(names.count - 1) more variables" : ""
    let more = users.count > 1 ? " and \(users.count - 1) more" : ""
    return [
      Gap(
        kind: "variables-injected",
        message: "${\(variable.name)}\(others) of \(first.id)\(more) have no value in the repository; "
          + "\(changer.id) may give them one when the Kustomizations reach the cluster, so they are taken for empty",
        help: "With `spec.postBuild.substitute` in the Kustomizations themselves, missing variables would be found",
        location: variable.location, related: [RelatedLocation("\(changer.id)", at: changer.manifest.origin.location)],
        object: first.definition?.manifest.reference)
    ]
  }
}
