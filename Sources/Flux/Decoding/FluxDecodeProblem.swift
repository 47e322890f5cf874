import Diagnostics

/// A field of a custom resource that does not have the type the API wants. The field counts as absent.
public struct FluxDecodeProblem: PlacedError, Hashable {
  /// What is wrong with the field.
  public enum Code: Sendable, Hashable {
    /// Another type is wanted.
    case wrongType(wanted: String, found: String)
    /// The text is no duration in Go's syntax.
    case badDuration(String)
    /// The object has no `spec`, or one that is no mapping.
    case specMissing
  }

  /// What is wrong with the field.
  public var code: Code
  /// The field, such as `spec.sourceRef.name`.
  public var path: String
  /// Where the value stands.
  public var origin: Origin

  /// A problem with the field at `path`.
  public init(_ code: Code, path: String, origin: Origin) {
    self.code = code
    self.path = path
    self.origin = origin
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .wrongType(let wanted, let found): "\(path) must be \(wanted), not \(found)"
    case .badDuration(let text): "\(path) '\(text)' is no duration such as 30s, 10m or 1h30m"
    case .specMissing: "the object has no spec"
    }
  }

  /// Where the value stands.
  public var location: Location? { origin.location }
  /// The steps that brought the value there.
  public var trace: [RelatedLocation] { origin.trace }
}
