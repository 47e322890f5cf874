import ClusterModel
import Diagnostics
import Flux
import Kubernetes

/// Puts a cluster's Flux objects into a graph: who depends on whom, who consumes which source, who applies whom.
struct GraphAssembly {
  private var builder = Graph.Builder()
  private let present: Set<ObjectID>

  static func graph(of objects: [AppliedObject], reconciliations: [Reconciliation]) -> Graph {
    var assembly = GraphAssembly(
      present: Set(objects.filter { reconciliations[$0.reconciliation].remoteCluster == nil }.map(\.id)))
    for object in objects { assembly.add(object, reconciliations: reconciliations) }
    return assembly.builder.freeze()
  }

  private init(present: Set<ObjectID>) {
    self.present = present
  }

  private mutating func add(_ object: AppliedObject, reconciliations: [Reconciliation]) {
    guard let flux = object.flux else { return }
    builder.add(object.id)
    let parent = reconciliations[object.reconciliation]
    if parent.kind != .bootstrap, parent.id != object.id {
      builder.connect(object.id, to: parent.id, .appliedBy, at: parent.location)
    }
    switch flux {
    case .kustomization(let kustomization): add(kustomization, as: object.id)
    case .helmRelease(let release): add(release, as: object.id)
    case .helmChart(let chart): connect(object.id, to: chart.sourceRef, .source)
    case .imageUpdateAutomation(let automation): connect(object.id, to: automation.sourceRef, .source)
    case .artifactGenerator(let generator):
      for source in generator.sources { connect(object.id, to: source.ref, .source) }
    case .resourceSet(let set):
      for dependency in set.dependsOn { connect(object.id, to: dependency.ref, .dependsOn) }
      for source in set.inputsFrom { connect(object.id, to: source.value.provider(in: object.id.namespace), .reads) }
    default: break
    }
  }

  private mutating func add(_ kustomization: Kustomization, as id: ObjectID) {
    connect(id, to: kustomization.sourceRef, .source)
    for dependency in kustomization.dependsOn { connect(id, to: dependency.ref, .dependsOn) }
    for reference in kustomization.postBuild?.substituteFrom ?? [] { connect(id, to: reference.ref, .reads) }
  }

  private mutating func add(_ release: HelmRelease, as id: ObjectID) {
    connect(id, to: release.chartRef, .source)
    connect(id, to: release.chart?.spec?.sourceRef, .source)
    for dependency in release.dependsOn { connect(id, to: dependency.ref, .dependsOn) }
    for reference in release.valuesFrom { connect(id, to: reference.ref, .reads) }
  }

  private mutating func connect(_ id: ObjectID, to reference: ObjectRef?, _ kind: Graph.EdgeKind) {
    guard let reference else { return }
    // ConfigMaps and Secrets are nodes only where something reads them.
    if kind == .reads, present.contains(reference.id) { builder.add(reference.id) }
    builder.connect(id, to: reference.id, kind, at: reference.origin.location)
  }
}
