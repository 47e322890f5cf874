import Diagnostics

/// What is wrong with a configuration, a pack or the choice of rules.
public struct PolicyError: PlacedError, Hashable {
  /// What is wrong.
  public enum Code: Sendable, Hashable {
    /// The file is no YAML; the reader's words.
    case unreadable(String)
    /// A file with more than one document.
    case severalDocuments
    /// A key that means nothing here.
    case unknownKey(String, in: String, suggestion: String?)
    /// A key that must be there.
    case missingKey(String, in: String)
    /// A value of another type.
    case wrongType(key: String, wanted: String)
    /// A text that is none of those that are possible.
    case unknownValue(String, key: String, allowed: [String], suggestion: String?)
    /// A text that does not have the form it needs.
    case badFormat(String, key: String, wanted: String)
    /// A number below the least that makes sense.
    case tooSmall(key: String, minimum: Int)
    /// A number above the largest that makes sense.
    case tooLarge(key: String, maximum: Int)
    /// A text that says nothing.
    case blank(key: String)
    /// Keys of which exactly one must be given.
    case needsOneOf([String], in: String)
    /// A folder that is not in the repository.
    case missingFolder(String, key: String)
    /// `--pack` names no pack.
    case unknownPack(String, suggestion: String?)
    /// `--rule` names no rule.
    case unknownRule(String, suggestion: String?)
  }

  /// What is wrong.
  public var code: Code
  /// Where; nil for the command line.
  public var location: Location?
  /// Other places that explain it.
  public var trace: [RelatedLocation]

  /// An error at a place.
  public init(_ code: Code, at location: Location?, trace: [RelatedLocation] = []) {
    self.code = code
    self.location = location
    self.trace = trace
  }

  /// What is wrong, as a sentence without a full stop.
  public var message: String {
    switch code {
    case .unreadable(let reason): reason
    case .severalDocuments: "the configuration must be a single YAML document"
    case .unknownKey(let key, let place, let suggestion):
      "unknown key '\(key)' in \(place)" + Self.meant(suggestion)
    case .missingKey(let key, let place): "\(place) needs the key '\(key)'"
    case .wrongType(let key, let wanted): "\(key) must be \(wanted)"
    case .unknownValue(let text, let key, let allowed, let suggestion):
      "\(key) cannot be '\(text)': it is one of \(allowed.joined(separator: ", "))" + Self.meant(suggestion)
    case .badFormat(let text, let key, let wanted): "\(key) '\(text)' must be \(wanted)"
    case .tooSmall(let key, let minimum): "\(key) must be at least \(minimum)"
    case .tooLarge(let key, let maximum): "\(key) must be at most \(maximum)"
    case .blank(let key): "\(key) must not be empty"
    case .needsOneOf(let keys, let place): "\(place) needs \(keys.joined(separator: " or "))"
    case .missingFolder(let path, let key): "\(key): there is no folder '\(path)'"
    case .unknownPack(let name, let suggestion): "there is no pack '\(name)'" + Self.meant(suggestion)
    case .unknownRule(let id, let suggestion): "there is no rule '\(id)'" + Self.meant(suggestion)
    }
  }

  private static func meant(_ suggestion: String?) -> String {
    suggestion.map { "; did you mean '\($0)'?" } ?? ""
  }
}
