import ClusterModel
import Diagnostics

/// Why an artifact cannot be composed.
struct CompositionError: PlacedError {
  /// What is wrong.
  enum Code: Sendable {
    /// The controller would fail with this.
    case problem(ArtifactProblem.Kind)
    /// Sluice cannot tell.
    case gap
  }

  var code: Code
  var message: String
  var place: Location

  init(_ kind: ArtifactProblem.Kind, _ message: String, at origin: Origin) {
    code = .problem(kind)
    self.message = message
    place = origin.location
  }

  init(gap message: String, at origin: Origin) {
    code = .gap
    self.message = message
    place = origin.location
  }

  var location: Location? { place }
  var trace: [RelatedLocation] { [] }
}
