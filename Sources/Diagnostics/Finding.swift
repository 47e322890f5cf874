/// One thing wrong, at one place, with all that a reader needs to act on it.
public struct Finding: Sendable, Hashable {
  /// The id of the rule, such as `dependency-cycle`.
  public var rule: String
  /// How bad it is, after configuration.
  public var severity: Severity
  /// What is wrong, with the names. No full stop.
  public var message: String
  /// What to do about it.
  public var help: String
  /// Where: tight on the key or value.
  public var location: Location
  /// The render trace and other places that tell the story, in the order of reading.
  public var related: [RelatedLocation]
  /// The object it is about; nil for a file.
  public var object: ObjectReference?
  /// The names of all clusters it appears in, sorted.
  public var clusters: [String]
  /// What tells it apart from every other finding: no line numbers in it, so that it survives edits elsewhere.
  public var fingerprint: String
  /// The same for findings that only their places tell apart: what is written once for each of several clusters.
  /// Baselines count these, so that it does not matter which of them comes first.
  public var commonFingerprint: String
  /// Why it does not count, when something in the repository says so.
  public var suppression: Suppression?
  /// How it compares with the baseline or the base revision; nil when there is none.
  public var baseline: BaselineState?
  /// Whether the lines it points at hold secret values, which no report may show.
  public var isSensitive: Bool

  /// A finding of `rule`.
  public init(
    rule: String, severity: Severity, message: String, help: String, location: Location,
    related: [RelatedLocation] = [], object: ObjectReference? = nil, clusters: [String] = [],
    fingerprint: String = "", commonFingerprint: String? = nil, suppression: Suppression? = nil,
    baseline: BaselineState? = nil, isSensitive: Bool = false
  ) {
    self.rule = rule
    self.severity = severity
    self.message = message
    self.help = help
    self.location = location
    self.related = related
    self.object = object
    self.clusters = clusters
    self.fingerprint = fingerprint
    self.commonFingerprint = commonFingerprint ?? fingerprint
    self.suppression = suppression
    self.baseline = baseline
    self.isSensitive = isSensitive
  }

  /// Whether it counts: neither suppressed nor known from before.
  public var isActive: Bool {
    suppression == nil && baseline != .unchanged
  }

  /// How a finding compares with an earlier state (the names are SARIF's).
  public enum BaselineState: String, Sendable, Hashable {
    /// Not known before.
    case new
    /// Known before.
    case unchanged
  }

  /// Something in the repository that says a finding is accepted.
  public struct Suppression: Sendable, Hashable {
    /// Where it stands.
    public var kind: Kind
    /// Why it is accepted.
    public var reason: String
    /// The place that says so.
    public var location: Location?

    /// A suppression with its reason.
    public init(kind: Kind, reason: String, location: Location? = nil) {
      self.kind = kind
      self.reason = reason
      self.location = location
    }

    /// Where a suppression stands (the names are SARIF's).
    public enum Kind: String, Sendable, Hashable {
      /// A comment or an annotation beside the object.
      case inSource
      /// An entry of the configuration.
      case external
    }
  }
}

/// The name of a Kubernetes object as a reader knows it.
public struct ObjectReference: Sendable, Hashable, CustomStringConvertible {
  /// Group and version, such as `apps/v1`.
  public var apiVersion: String
  /// Such as `Deployment`.
  public var kind: String
  /// Empty for an object of the cluster scope.
  public var namespace: String
  /// The name.
  public var name: String

  /// An object's name in full.
  public init(apiVersion: String, kind: String, namespace: String, name: String) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  /// `Kind/namespace/name`, or `Kind/name` in the cluster scope.
  public var description: String {
    namespace.isEmpty ? "\(kind)/\(name)" : "\(kind)/\(namespace)/\(name)"
  }
}
