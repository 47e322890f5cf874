import ClusterModel
import Diagnostics
import Flux
import Kubernetes

/// Puts a cluster's Flux objects into a graph: who depends on whom, who consumes which source, who applies whom, who
/// waits for whom, and what notifications and image updates have to do with them.
struct GraphAssembly {
  private var builder = Graph.Builder()
  private let objects: [AppliedObject]
  private let reconciliations: [Reconciliation]
  /// The first object of each identity: the one that counts.
  private let present: [ObjectID: Int]
  /// Flux's own objects by kind and namespace.
  private let byKind: [Place: [Int]]
  /// Whether notification-controller refuses references into other namespaces.
  private let refusesCrossNamespace: Bool

  private struct Place: Hashable {
    var kind: String
    var namespace: String
  }

  static func graph(
    of objects: [AppliedObject], reconciliations: [Reconciliation], settings: ControllerSettings
  ) -> Graph {
    var assembly = GraphAssembly(objects, reconciliations, settings)
    for object in objects { assembly.add(object) }
    for reader in DataReader.all(among: objects, reconciliations) {
      assembly.connect(reader.reader, to: reader.reference.ref, .reads)
    }
    for reconciliation in reconciliations { assembly.addWaits(of: reconciliation) }
    return assembly.builder.freeze()
  }

  private init(_ objects: [AppliedObject], _ reconciliations: [Reconciliation], _ settings: ControllerSettings) {
    self.objects = objects
    self.reconciliations = reconciliations
    // What goes to a remote cluster is not what the objects of this one refer to.
    let own = objects.indices.filter { reconciliations[objects[$0].reconciliation].remoteCluster == nil }
    present = Dictionary(own.map { (objects[$0].id, $0) }) { first, _ in first }
    let flux = objects.indices.filter { objects[$0].flux != nil }
    byKind = Dictionary(grouping: flux) {
      Place(kind: objects[$0].id.kind, namespace: objects[$0].id.namespace)
    }
    refusesCrossNamespace = settings.refusesCrossNamespace("notification-controller")
  }

  private mutating func add(_ object: AppliedObject) {
    guard let flux = object.flux else { return }
    builder.add(object.id)
    let parent = reconciliations[object.reconciliation]
    if !parent.kind.isGiven, parent.id != object.id {
      builder.connect(object.id, to: parent.id, .appliedBy, at: parent.location)
    }
    switch flux {
    case .kustomization(let kustomization): add(kustomization, as: object.id)
    case .helmRelease(let release): add(release, as: object.id)
    case .helmChart(let chart): connect(object.id, to: chart.sourceRef, .source)
    case .gitRepository(let repository):
      for include in repository.include { connect(object.id, to: include.value.repository, .source) }
    case .artifactGenerator(let generator):
      for source in generator.sources { connect(object.id, to: source.ref, .source) }
    case .resourceSet(let set):
      for dependency in set.dependsOn { connect(object.id, to: dependency.ref, .dependsOn) }
      for source in set.inputsFrom { connect(object.id, to: source.value.provider(in: object.id.namespace), .reads) }
    case .alert(let alert):
      connect(object.id, to: alert.providerRef, .sendsTo)
      for source in alert.eventSources { connect(object.id, to: source.value, .listensTo) }
    case .receiver(let receiver):
      for resource in receiver.resources { connect(object.id, to: resource.value, .triggers) }
    case .imagePolicy(let policy): connect(object.id, to: policy.imageRepositoryRef, .choosesFrom)
    case .imageUpdateAutomation(let automation): add(automation, as: object.id)
    default: break
    }
  }

  private mutating func add(_ kustomization: Kustomization, as id: ObjectID) {
    connect(id, to: kustomization.sourceRef, .source)
    for dependency in kustomization.dependsOn { connect(id, to: dependency.ref, .dependsOn) }
  }

  private mutating func add(_ release: HelmRelease, as id: ObjectID) {
    connect(id, to: release.chartRef, .source)
    connect(id, to: release.chart?.spec?.sourceRef, .source)
    for dependency in release.dependsOn { connect(id, to: dependency.ref, .dependsOn) }
  }

  /// The policies of an automation are those of its own namespace that its selector means.
  private mutating func add(_ automation: ImageUpdateAutomation, as id: ObjectID) {
    connect(id, to: automation.sourceRef, .source)
    let place = (automation.policySelector?.origin ?? automation.manifest.origin).location
    for policy in byKind[Place(kind: FluxKind.imagePolicy.rawValue, namespace: id.namespace)] ?? []
    where automation.policySelector?.value.selects(objects[policy]) ?? true {
      builder.connect(id, to: objects[policy].id, .writes, at: place)
    }
  }

  private mutating func connect(_ id: ObjectID, to reference: ObjectRef?, _ kind: Graph.EdgeKind) {
    guard let reference else { return }
    // What is none of Flux's is a node only where something of Flux's reads it or waits for it.
    if kind == .reads || kind == .dependsOn { addApplied(reference.id) }
    builder.connect(id, to: reference.id, kind, at: reference.origin.location)
  }

  private mutating func addApplied(_ id: ObjectID) {
    guard let position = present[id], builder.add(id) else { return }
    let maker = reconciliations[objects[position].reconciliation]
    if !maker.kind.isGiven { builder.connect(id, to: maker.id, .appliedBy, at: maker.location) }
  }

  private mutating func connect(_ id: ObjectID, to source: EventSource, _ kind: Graph.EdgeKind) {
    guard let reference = source.ref, !refusesCrossNamespace || reference.namespace == id.namespace else { return }
    for other in byKind[Place(kind: reference.kind, namespace: reference.namespace)] ?? []
    where kind == .triggers ? source.triggers(objects[other]) : source.hears(objects[other]) {
      builder.connect(id, to: objects[other].id, kind, at: reference.origin.location)
    }
  }

  // MARK: waiting

  /// What is waited for before a Kustomization or ResourceSet counts as ready (kustomize-controller: `checkHealth`).
  private mutating func addWaits(of reconciliation: Reconciliation) {
    guard reconciliation.kubeConfigTarget == nil else { return }
    switch reconciliation.definition {
    case .kustomization(let value) where value.suspend?.value != true:
      if let flag = value.wait, flag.value {
        wait(reconciliation, forAllAt: flag.origin.location)
      } else {
        for check in value.healthChecks { wait(reconciliation.id, for: check.id, at: check.origin.location) }
      }
    case .resourceSet(let value):
      if let flag = value.wait, flag.value { wait(reconciliation, forAllAt: flag.origin.location) }
    default: break
    }
  }

  private mutating func wait(_ reconciliation: Reconciliation, forAllAt place: Location) {
    for position in reconciliation.objects where objects[position].flux != nil {
      wait(reconciliation.id, for: objects[position].id, at: place)
    }
  }

  /// The controller leaves the object itself out. What is suspended keeps the state it had.
  private mutating func wait(_ id: ObjectID, for other: ObjectID, at place: Location) {
    guard id != other, let position = present[other], objects[position].flux?.isSuspended == false else { return }
    builder.connect(id, to: other, .waitsFor, at: place)
  }
}

extension FluxObject {
  /// Whether a reconciler is paused.
  fileprivate var isSuspended: Bool {
    switch self {
    case .kustomization(let value): value.suspend?.value ?? false
    case .helmRelease(let value): value.suspend?.value ?? false
    default: false
    }
  }
}
