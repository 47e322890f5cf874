import Diagnostics
import YAML

/// Why variables cannot be substituted in an object. No value of a variable is part of it.
public struct SubstitutionError: PlacedError, Hashable {
  /// What is wrong.
  public enum Code: Sendable, Hashable {
    /// A variable has a name that Flux refuses.
    case badName(String)
    /// An expression cannot be expanded; with its text, where that can be told and is no secret.
    case expression(EnvsubstError, text: String? = nil)
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
    case .expression(let error, let text):
      "variable substitution failed: \(error.message)" + (text.map { " in '\($0)'" } ?? "")
    case .notYAML(let variables) where variables.isEmpty: "after substitution the object is no longer YAML"
    case .notYAML(let variables):
      "after substitution of \(variables.map { "${\($0)}" }.joined(separator: ", ")) the object is no longer YAML"
    case .notAnObject: "after substitution nothing is left of the object"
    case .unprintable: "the object cannot be written as YAML"
    }
  }

  /// What to do, in a sentence; nil where that depends.
  public var remedy: String? {
    switch code {
    case .badName(let name): "Give '\(name)' another name where it is defined: letters, digits and `_`, no digit first."
    case .expression(_, let text):
      "Write `$\(text ?? "${…}")` where the text is meant as it is, or keep the object out of substitution: "
        + Substitution.wayOut(isGenerated: origin.isGenerated)
    case .notYAML(let variables) where !variables.isEmpty:
      "Put the text around \(variables.map { "`${\($0)}`" }.joined(separator: ", ")) in quotes, or correct what is put "
        + "there."
    default: nil
    }
  }

  /// Where.
  public var location: Location? { origin.location }
  /// The steps that brought the text there.
  public var trace: [RelatedLocation] { origin.trace }
}
