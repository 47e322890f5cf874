import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// A cluster while it is being worked out: what has been applied so far, and what still waits to be built.
struct ClusterState: Sendable {
  private(set) var seed: ClusterSeed
  let version: TargetVersion
  let resolver: SourceResolver
  let scopes: Scopes
  private(set) var objects: [AppliedObject] = []
  private(set) var index: [ObjectID: [Int]] = [:]
  /// Flux's controllers and what installs them: indices into `objects`.
  private(set) var controllers: [Int] = []
  /// The flags that so many of them told.
  var knownSettings: (controllers: Int, settings: ControllerSettings)?
  private(set) var gaps: [Gap] = []
  var reconciliations: [Reconciliation] = []
  /// What is known of the ExternalArtifacts that ArtifactGenerators make.
  private(set) var composed: [ObjectID: ComposedState] = [:]
  private(set) var artifactProblems: [ArtifactProblem] = []
  /// What is not reconciled yet: indices into `reconciliations`, in the order they were found.
  private(set) var waiting: [Int] = []
  /// The clusters by way of which Flux came here: the kubeconfigs, from the first hub on.
  private(set) var lineage: [String] = []
  /// What is known of Flux in the clusters that this one applies to.
  var remoteFlux: [String: RemoteFlux] = [:]
  /// Whether the clusters that this one applies to have been looked at.
  var hasRemotes = false
  /// Whether another cluster is the same and knows more.
  var isReplaced = false
  /// The roots that were built again because they patch themselves.
  private var rebuiltRoots: Set<Int> = []

  init(seed: ClusterSeed, version: TargetVersion, input: SimulationInput, scopes: Scopes) {
    self.seed = seed
    self.version = version
    self.scopes = scopes
    resolver = SourceResolver(seed: seed, input: input)
    let entry = seed.objects.first?.id ?? ObjectID(group: "", kind: "Cluster", namespace: "", name: seed.name)
    reconciliations = [
      Reconciliation(kind: .bootstrap, id: entry, definition: nil, location: seed.entryPoint.location)
    ]
    for manifest in seed.objects { add(.init(manifest: manifest, trace: [], unknownPaths: []), by: 0) }
  }

  /// The cluster that `hub` applies to by a kubeconfig, with what it puts there.
  init(remote: String, of hub: ClusterState, entryPoint: EntryPoint, version: TargetVersion) {
    seed = ClusterSeed(name: "", entryPoint: entryPoint, objects: [], ownSources: [])
    self.version = version
    scopes = hub.scopes
    resolver = hub.resolver.withoutOwnSources
    lineage = hub.lineage + [remote]
    let entry = ObjectID(group: "", kind: "Cluster", namespace: "", name: remote)
    reconciliations = [Reconciliation(kind: .bootstrap, id: entry, definition: nil, location: entryPoint.location)]
    for given in hub.reconciliations where given.remoteCluster == remote {
      var copy = given
      copy.kind = .hub
      copy.objects = []
      // The hub's own cluster tells what is wrong with its builds.
      copy.undefinedVariables = []
      copy.unmatchedPatches = []
      reconciliations.append(copy)
      let position = reconciliations.count - 1
      for object in given.objects.map({ hub.objects[$0] }) {
        add(
          .init(
            manifest: object.manifest, trace: object.trace, earlier: object.earlier, unknownPaths: object.unknownPaths,
            defaultNamespace: object.id.namespace, layers: object.layers), by: position)
      }
    }
  }

  /// Gives the cluster its name.
  mutating func rename(_ name: String) { seed.name = name }

  /// The first object with this identity.
  func object(_ id: ObjectID) -> AppliedObject? {
    index[id]?.first.map { objects[$0] }
  }

  mutating func note(_ gap: Gap) {
    var gap = gap
    gap.clusters = [seed.name]
    gaps.append(gap)
  }

  mutating func markUnavailable(_ artifact: ObjectID, _ reason: String) {
    composed[artifact] = .unavailable(reason)
  }

  /// Takes reconciliations out of those that wait.
  mutating func start(_ chosen: [Int]) {
    let chosen = Set(chosen)
    waiting.removeAll { chosen.contains($0) }
  }

  /// Lets a reconciliation wait for another round.
  mutating func postpone(_ position: Int) {
    waiting.insert(position, at: waiting.firstIndex { $0 > position } ?? waiting.endIndex)
  }

  /// Enters what a reconciliation has built. Returns without entering anything when the build shows that the root
  /// Kustomization patches itself: it then waits to be built again, as patched.
  mutating func accept(_ built: BuiltReconciliation, from position: Int) {
    if let patched = selfPatched(built, at: position) {
      rebuiltRoots.insert(position)
      reconciliations[position].definition = FluxObject(patched)
      waiting.append(position)
      return
    }
    reconciliations[position].outcome = built.outcome
    reconciliations[position].remainder = built.remainder
    reconciliations[position].path = built.path
    reconciliations[position].files = built.files
    reconciliations[position].undefinedVariables = built.undefinedVariables
    reconciliations[position].unmatchedPatches = built.unmatchedPatches
    reconciliations[position].unmatchedFields = built.unmatchedFields
    reconciliations[position].remoteBases = built.remoteBases
    reconciliations[position].misreadExpressions = built.misreadExpressions
    reconciliations[position].unreadValues = built.unreadValues
    for gap in built.gaps { note(gap) }
    composed.merge(built.artifacts) { _, new in new }
    artifactProblems += built.artifactProblems
    for object in completed(built.objects, of: position) { add(object, by: position) }
  }

  private func selfPatched(_ built: BuiltReconciliation, at position: Int) -> Manifest? {
    let reconciliation = reconciliations[position]
    guard !rebuiltRoots.contains(position), let written = reconciliation.definition?.manifest,
      let rendered = built.objects.first(where: { $0.manifest.id == reconciliation.id })?.manifest,
      let spec = rendered.node["spec"], let before = written.node["spec"], !spec.hasSameContent(as: before)
    else { return nil }
    return rendered
  }

  private mutating func add(_ object: BuiltReconciliation.Object, by reconciliation: Int) {
    let isRemote = reconciliations[reconciliation].remoteCluster != nil
    let known = object.identified ?? IdentifiedObject(object, scopes, isRemote: isRemote)
    let trace = object.trace.filter { !isByAssumedRoot($0) }
    if !isRemote { index[known.id, default: []].append(objects.count) }
    reconciliations[reconciliation].objects.append(objects.count)
    if !isRemote, ControllerSettingsReader.reads(known.manifest) { controllers.append(objects.count) }
    objects.append(
      AppliedObject(
        manifest: known.manifest, id: known.id, trace: trace, reconciliation: reconciliation, flux: known.flux,
        earlier: object.earlier, unknownPaths: object.unknownPaths, layers: object.layers))
    guard let flux = known.flux else { return }
    addReconciliation(of: flux, id: known.id, trace: trace)
    if index[known.id]?.count == 1 { addSync(of: flux) }
  }

  /// Whether a step of a trace is that of a root which no file holds: it has the place of some object of its folder,
  /// which takes nothing in.
  private func isByAssumedRoot(_ step: RelatedLocation) -> Bool {
    seed.entryPoint.kind == .folder && step.location == seed.entryPoint.location
  }

  /// What the operator makes of an instance's `sync`, where nothing else has made it: the entry point usually has.
  private mutating func addSync(of flux: FluxObject) {
    guard let instance = Instance(flux.manifest), let sync = InstanceSync(instance) else { return }
    for manifest in sync.objects where object(scopes.identity(of: manifest)) == nil {
      add(.init(manifest: manifest, trace: [], unknownPaths: []), by: 0)
    }
  }

  /// What applies objects and is new to the cluster. The first definition counts where two are applied.
  private mutating func addReconciliation(of flux: FluxObject, id: ObjectID, trace: [RelatedLocation]) {
    let kind: Reconciliation.Kind
    switch flux {
    case .kustomization: kind = .kustomization
    case .helmRelease: kind = .helmRelease
    case .artifactGenerator: kind = .artifactGenerator
    case .resourceSet: kind = .resourceSet
    default: return
    }
    guard index[id]?.count == 1 else { return }
    waiting.append(reconciliations.count)
    reconciliations.append(
      Reconciliation(
        kind: kind, id: id, definition: flux, location: flux.manifest.origin.location, trace: trace, outcome: .gap))
  }
}

extension Manifest {
  /// This object with `metadata.namespace` set where it is not.
  func inNamespace(_ namespace: String) -> Manifest {
    guard !namespace.isEmpty, self.namespace.isEmpty else { return self }
    var copy = self
    let value = Node(string: namespace, origin: origin)
    _ = copy.node.withMapping { object in
      object.withValue(of: "metadata") { metadata in
        metadata.withMapping { $0.set("namespace", value) }
      }
    }
    return copy
  }
}
