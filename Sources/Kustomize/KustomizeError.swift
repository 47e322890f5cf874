import Diagnostics

/// Why a kustomization does not build.
public struct KustomizeError: PlacedError, Hashable {
  /// The broad classes of what goes wrong.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A file or folder that is not there, or is not what its entry takes it for.
    case loading
    /// A field of a kustomization, or of an object, that is unknown, missing or of the wrong type.
    case field
    /// What is taken in as a resource is no Kubernetes object.
    case object
    /// A patch that cannot be applied.
    case patch
    /// A selector that cannot be understood.
    case selector
    /// A replacement whose source or target is not there.
    case replacement
    /// A generator that cannot make its object.
    case generator
    /// A reference to an object that is not there, or not the only one.
    case reference
    /// Two objects with one identity.
    case conflict
    /// A kustomization that includes itself.
    case cycle
    /// Something that is not in the repository.
    case remote
    /// More than a limit allows.
    case limit
  }

  /// What is wrong, as a sentence without a full stop.
  public var text: String
  /// Where.
  public var place: Location?
  /// Further places that led there, outermost last.
  public var trace: [RelatedLocation]
  /// The class of the error.
  public var code: Code
  /// The entry that would have to be fetched, or those that the build went on without before it failed.
  public var remoteReferences: [RemoteReference] = []

  /// An error of a class, with its text and place.
  public init(_ code: Code, _ text: String, at place: Location? = nil, trace: [RelatedLocation] = []) {
    self.code = code
    self.text = text
    self.place = place
    self.trace = trace
  }

  /// What is wrong.
  public var message: String { text }
  /// Where.
  public var location: Location? { place }
}
