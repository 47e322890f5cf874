import ClusterModel
import Diagnostics
import Documents
import Files
import Flux
import Kubernetes
import YAML

/// The work on one Kustomization, ArtifactGenerator or ResourceSet: a pure function of what it holds.
public struct BuildJob: Sendable {
  /// What a job gives back to ``Simulation/take(_:)``.
  public struct Result: Sendable {
    let built: BuiltReconciliation
  }

  let work: any ReconcilerWork

  init(_ work: any ReconcilerWork) {
    self.work = work
  }

  /// Does it.
  public func run() -> Result {
    Result(built: work.run())
  }
}

/// What a reconciler does once all it needs is at hand.
protocol ReconcilerWork: Sendable {
  func run() -> BuiltReconciliation
}

/// What reconciling one object gave.
struct BuiltReconciliation: Sendable {
  struct Object: Sendable {
    var manifest: Manifest
    var trace: [RelatedLocation]
    var unknownPaths: [String]
  }

  var outcome: Reconciliation.Outcome
  var path: RepoPath?
  var objects: [Object] = []
  var files: [RepoPath] = []
  var undefinedVariables: [UndefinedVariable] = []
  var unmatchedPatches: [Location] = []
  var gaps: [Gap] = []
  /// The artifacts behind the ExternalArtifacts among the objects.
  var artifacts: [ObjectID: ComposedState] = [:]
  var artifactProblems: [ArtifactProblem] = []
}

extension ClusterState {
  /// The job that a waiting reconciliation needs. Nil when there is nothing to do it with: its outcome is entered at once.
  mutating func job(for position: Int, artifacts: inout ArtifactCache) -> BuildJob? {
    switch reconciliations[position].definition {
    case .kustomization(let kustomization):
      kustomizationJob(kustomization, at: position, artifacts: &artifacts)
    case .artifactGenerator(let generator): compositionJob(generator, at: position, artifacts: &artifacts)
    case .resourceSet(let set): resourceSetJob(set, at: position)
    default: nil
    }
  }

  /// Whether someone told the controller to leave an object alone; notes that as a gap.
  mutating func isDisabled(_ manifest: Manifest, by annotation: String, at position: Int) -> Bool {
    guard let value = manifest.node[path: "metadata", "annotations", annotation],
      value.scalar?.text.lowercased() == "disabled"
    else { return false }
    reconciliations[position].outcome = .gap
    note(
      Gap(
        kind: "reconciliation-disabled",
        message: "\(manifest.reference) is not reconciled: \(annotation) disables it",
        help: "What it applied before stays in the cluster as it was", location: value.origin.location,
        related: reconciliations[position].trace, object: manifest.reference))
    return true
  }
}
