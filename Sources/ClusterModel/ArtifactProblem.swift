import Diagnostics
import Kubernetes

/// Something wrong with an artifact that an ArtifactGenerator composes, at its place in the generator.
public struct ArtifactProblem: Sendable, Hashable {
  /// What is wrong.
  public enum Kind: Sendable, Hashable {
    /// The generator itself is refused: an alias or an artifact's name stands twice, or a name cannot be an object's.
    case invalidGenerator
    /// `pathPattern` cannot be used, or what it finds makes no artifact.
    case invalidPathPattern
    /// `from`, `to` or a pattern in `exclude` is malformed.
    case malformedCopy
    /// `from` names an alias that `spec.sources` does not have.
    case unknownAlias(String)
    /// `from` names a path that is not in the source.
    case missingPath(String)
    /// The pattern of `from` fits nothing in the source.
    case nothingMatched(String)
    /// `exclude` leaves nothing of what the pattern of `from` fits.
    case allExcluded(String)
    /// A file cannot be put where `to` says: a directory is there, or a file where a directory has to be.
    case blockedTarget(path: String)
    /// Files cannot be merged because one of them is no YAML mapping.
    case notMergeable(path: String)
    /// An archive cannot be extracted.
    case unreadableArchive(String)
    /// What `strategy` says cannot be done with what `from` names.
    case wrongStrategy(String)
    /// A file takes the place of one that an earlier copy put there. The artifact is composed all the same.
    /// `isIntended` when `strategy: Overwrite` says so.
    case overwritten(path: String, isIntended: Bool)
  }

  /// What is wrong.
  public var kind: Kind
  /// What is wrong in words, without a full stop.
  public var message: String
  /// The generator.
  public var generator: ObjectID
  /// The artifact; empty where it is the generator as a whole.
  public var artifact: String
  /// The field that causes it.
  public var location: Location
  /// Other places that explain it: the earlier copy, how the generator came into the cluster.
  public var related: [RelatedLocation]

  /// A problem at a place.
  public init(
    _ kind: Kind, message: String, generator: ObjectID, artifact: String = "", location: Location,
    related: [RelatedLocation] = []
  ) {
    self.kind = kind
    self.message = message
    self.generator = generator
    self.artifact = artifact
    self.location = location
    self.related = related
  }

  /// Whether the controller fails because of it.
  public var isFatal: Bool {
    if case .overwritten = kind { false } else { true }
  }
}
