import ClusterModel
import Diagnostics
import Files
import Kubernetes

/// What reconciling one object gave: a Kustomization, a HelmRelease, an ArtifactGenerator or a ResourceSet.
struct BuiltReconciliation: Sendable {
  struct Object: Sendable {
    var manifest: Manifest
    var trace: [RelatedLocation]
    /// The object as it was before overlays changed it, oldest first.
    var earlier: [EarlierVersion] = []
    var unknownPaths: [String]
    /// Where it lands when it names no namespace.
    var defaultNamespace = "default"
    /// How many kustomization directories it passed through.
    var layers = 0
    /// What it is in the cluster, where the job that made it has worked that out.
    var identified: IdentifiedObject?
  }

  var outcome: Reconciliation.Outcome
  var remainder: BuildRemainder?
  var path: RepoPath?
  var objects: [Object] = []
  var files: [RepoPath] = []
  var undefinedVariables: [UndefinedVariable] = []
  var unmatchedPatches: [Location] = []
  var unmatchedFields: [Location: Location] = [:]
  var remoteBases: [RemoteBase] = []
  var misreadExpressions: [MisreadExpression] = []
  var unreadValues: [UnreadValue] = []
  var gaps: [Gap] = []
  /// The artifacts behind the ExternalArtifacts among the objects.
  var artifacts: [ObjectID: ComposedState] = [:]
  var artifactProblems: [ArtifactProblem] = []
}
