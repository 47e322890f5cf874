import Diagnostics

/// What the API server would refuse about a field of one of Flux's objects.
public struct FieldProblem: PlacedError, Hashable {
  /// What is wrong with the field.
  public enum Code: Sendable, Hashable {
    /// The API has no such field; with the one that is probably meant.
    case unknown(suggestion: String?)
    /// Versions of the API before this one had it.
    case dropped(goneIn: String)
    /// A later Flux brings it.
    case unavailable(since: FluxVersion)
    /// A later Flux takes the text.
    case valueUnavailable(String, since: FluxVersion)
    /// It must be there.
    case missing
    /// It has another type.
    case wrongType(wanted: String, found: String)
    /// The text is none of those that are allowed; with the one that is probably meant.
    case notAllowed(String, allowed: [String], suggestion: String?)
    /// The text does not match the regular expression.
    case mismatch(String, pattern: String)
    /// The text has fewer characters, or the list fewer items.
    case tooShort(minimum: Int)
    /// The text has more characters, or the list more items.
    case tooLong(maximum: Int)
    /// The number is higher.
    case tooHigh(maximum: Int)
    /// The name of the object is none that Kubernetes takes.
    case badName(String)
    /// The name of the namespace is none that Kubernetes takes.
    case badNamespace(String)
    /// The key of a label or an annotation is none that Kubernetes takes.
    case badKey(String)
    /// The value of a label is none that Kubernetes takes.
    case badLabel(String)
    /// Another item of the list has the same text in the field that tells them apart.
    case duplicate(String, key: String)
    /// A rule between fields is broken; the rule as a sentence.
    case rule(String)
    /// It holds an expression that the controller cannot compile: why, and how much more is wrong with it. The object is
    /// either stalled, or fails with each event.
    case expression(String, others: Int, stalls: Bool)
    /// An item of `healthCheckExprs` is about the same objects as one before it.
    case repeatedHealthCheck(String)
  }

  /// What is wrong with the field.
  public var code: Code
  /// The field, such as `spec.sourceRef.kind` or `spec.dependsOn[0].name`.
  public var path: String
  /// The value; the key of an unknown field; what should hold a missing one.
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
    case .unknown(let suggestion): "unknown field '\(path)'" + Self.hint(suggestion)
    case .dropped(let version): "field '\(path)' is not in \(version)"
    case .unavailable(let since): "field '\(path)' needs Flux \(since)"
    case .valueUnavailable(let text, let since): "'\(text)' in \(path) needs Flux \(since)"
    case .missing: "field '\(path)' is missing"
    case .wrongType(let wanted, let found): "\(path) must be \(wanted), not \(found)"
    case .notAllowed(let text, let allowed, let suggestion):
      "\(path) cannot be '\(text)', only \(allowed.joined(separator: ", "))" + Self.hint(suggestion)
    case .mismatch(let text, let pattern): "\(path) '\(text)' does not match \(pattern)"
    case .tooShort(let minimum): "\(path) must have \(minimum) or more"
    case .tooLong(let maximum): "\(path) must have \(maximum) at most"
    case .tooHigh(let maximum): "\(path) must be \(maximum) at most"
    case .badName(let name): "'\(name)' is no name for an object: lower case letters, digits, '-' and '.' only"
    case .badNamespace(let name): "'\(name)' is no name for a namespace: lower case letters, digits and '-' only"
    case .badKey(let key): "'\(key)' is no key for a label or an annotation"
    case .badLabel(let text):
      "'\(text)' is no value for a label: up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"
    case .duplicate(let text, let key): "\(path) has the same \(key) as an item before it: '\(text)'"
    case .rule(let text): text
    case .expression(let reason, let others, let stalls):
      "\(path) does not compile, at \(reason)"
        + (others > 0 ? " (and \(others) more)" : "")
        + (stalls
          ? "; the controller stalls the object until it is changed" : "; no event gets a commit status")
    case .repeatedHealthCheck(let objects):
      "\(path) is the second for \(objects); the controller stalls the object until it is changed"
    }
  }

  private static func hint(_ suggestion: String?) -> String { suggestion.map { "; did you mean '\($0)'?" } ?? "" }

  /// Where.
  public var location: Location? { origin.location }
  /// The steps that brought the value there.
  public var trace: [RelatedLocation] { origin.trace }
}
