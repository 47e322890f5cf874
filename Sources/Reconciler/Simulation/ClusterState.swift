import ClusterModel
import Diagnostics
import Files
import Flux
import Kubernetes
import YAML

/// A cluster while it is being worked out: what has been applied so far, and what still waits to be built.
struct ClusterState: Sendable {
  let seed: ClusterSeed
  let version: TargetVersion
  let resolver: SourceResolver
  let scopes: Scopes
  private(set) var objects: [AppliedObject] = []
  private(set) var index: [ObjectID: [Int]] = [:]
  private(set) var gaps: [Gap] = []
  var reconciliations: [Reconciliation] = []
  /// What is known of the ExternalArtifacts that ArtifactGenerators make.
  private(set) var composed: [ObjectID: ComposedState] = [:]
  private(set) var artifactProblems: [ArtifactProblem] = []
  /// What is not reconciled yet: indices into `reconciliations`, in the order they were found.
  private(set) var waiting: [Int] = []
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
    if !isRemote { index[known.id, default: []].append(objects.count) }
    reconciliations[reconciliation].objects.append(objects.count)
    objects.append(
      AppliedObject(
        manifest: known.manifest, id: known.id, trace: object.trace, reconciliation: reconciliation, flux: known.flux,
        earlier: object.earlier, unknownPaths: object.unknownPaths, layers: object.layers))
    guard let flux = known.flux else { return }
    addReconciliation(of: flux, id: known.id, trace: object.trace)
    if index[known.id]?.count == 1 { addSync(of: flux) }
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

extension Node {
  /// Whether two values say the same, wherever they were written and in whatever order their keys stand.
  func hasSameContent(as other: Node) -> Bool {
    switch (value, other.value) {
    case (.scalar(let left), .scalar(let right)):
      return left.resolved == right.resolved
    case (.sequence(let left), .sequence(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.hasSameContent(as: $1) }
    case (.mapping(let left), .mapping(let right)):
      return left.count == right.count
        && left.entries.allSatisfy { entry in right[entry.key.text]?.hasSameContent(as: entry.value) ?? false }
    default:
      return false
    }
  }
}
