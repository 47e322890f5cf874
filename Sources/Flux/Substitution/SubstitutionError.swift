import Diagnostics
import YAML

/// Why variables cannot be substituted in an object. No value of a variable is part of it.
public struct SubstitutionError: PlacedError, Hashable {
  /// What is wrong.
  public enum Code: Sendable, Hashable {
    /// A variable has a name that Flux refuses.
    case badName(String)
    /// An expression cannot be expanded.
    case expression(EnvsubstError)
    /// What comes out is no YAML; with the variables that may have caused it.
    case notYAML(variables: [String])
    /// What comes out is no object.
    case notAnObject
    /// The object cannot be printed.
    case unprintable(YAMLError.Code)
  }

  /// What is wrong.
  public var code: Code
  /// Where.
  public var origin: Origin

  /// An error at a place.
  public init(_ code: Code, at origin: Origin) {
    self.code = code
    self.origin = origin
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .badName(let name): "variable name '\(name)' is invalid, it must match ^[_[:alpha:]][_[:alpha:][:digit:]]*$"
    case .expression(let error): "variable substitution failed: \(error.message)"
    case .notYAML(let variables) where variables.isEmpty: "after substitution the object is no longer YAML"
    case .notYAML(let variables):
      "after substitution of \(variables.map { "${\($0)}" }.joined(separator: ", ")) the object is no longer YAML"
    case .notAnObject: "after substitution nothing is left of the object"
    case .unprintable: "the object cannot be written as YAML"
    }
  }

  /// Where.
  public var location: Location? { origin.location }
  /// The steps that brought the text there.
  public var trace: [RelatedLocation] { origin.trace }
}
